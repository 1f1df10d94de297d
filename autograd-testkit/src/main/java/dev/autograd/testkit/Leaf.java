package dev.autograd.testkit;

import dev.autograd.Tensor;

/**
 * One source of a random graph.
 *
 * @param value its own value, in double precision and untracked
 * @param constant whether nothing is differentiated by it
 */
record Leaf(Tensor value, boolean constant) {}
