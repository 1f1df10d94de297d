/**
 * The five lecture notes on backpropagation that the library is measured by: each gradient as the
 * note's closed formula, and as the library differentiates the cost.
 */
@NullMarked
package dev.autograd.examples.notes;

import org.jspecify.annotations.NullMarked;
