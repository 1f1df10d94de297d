/**
 * The kernels in plain Java. Each operation has a loop of its own, written in the form that the JIT
 * compiler vectorises: one store per iteration, {@code Math.fma} and {@code Math.max} instead of
 * conditions, masks of bits where a branch would be mispredicted. The classes for {@code double[]}
 * are the source; those for {@code float[]} are derived from them by the build, token by token, so
 * that both are fully typed and neither can drift. What needs more than the element's precision
 * computes in {@code double} for both.
 */
@NullMarked
package dev.autograd.kernel.scalar;

import org.jspecify.annotations.NullMarked;
