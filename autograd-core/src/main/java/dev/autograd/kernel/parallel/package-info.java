/**
 * Splits the work of large kernels among threads: a back end that computes nothing itself, on top
 * of those that do, which in turn know nothing of threads.
 *
 * <p>Which part a thread gets is left to chance, what the parts are follows from sizes, and no
 * result depends on either: the contract of {@code Kernels} says which parts keep the bits.
 */
@NullMarked
package dev.autograd.kernel.parallel;

import org.jspecify.annotations.NullMarked;
