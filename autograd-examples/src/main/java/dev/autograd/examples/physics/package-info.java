/** A differential equation whose rates are fitted by differentiating its solution. */
@NullMarked
package dev.autograd.examples.physics;

import org.jspecify.annotations.NullMarked;
