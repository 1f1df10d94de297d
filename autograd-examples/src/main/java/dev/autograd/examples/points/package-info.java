/** Problems of one or two dimensions, whose models can be drawn whole. */
@NullMarked
package dev.autograd.examples.points;

import org.jspecify.annotations.NullMarked;
