/** Generators of shapes, values and random graphs, and a corpus of planted bugs. */
@NullMarked
package dev.autograd.testkit;

import org.jspecify.annotations.NullMarked;
