/** Pictures of trainings and models, written as PNG or SVG. */
@NullMarked
package dev.autograd.examples.plot;

import org.jspecify.annotations.NullMarked;
