package dev.autograd.kernel;

import dev.autograd.array.Strides;

/**
 * Kernels that move elements without looking at them; they exist for every element type.
 *
 * @param <A> the Java array that holds the elements
 */
public interface Movement<A> {

  /**
   * Reads: {@code out[i] = x[plan(i)]} for every element i of the plan, in row-major order.
   *
   * @param x not modified
   * @param out overwritten in its first {@code plan.shape().size()} elements
   */
  void gather(A x, A out, Strides plan);

  /**
   * Writes: {@code out[plan(i)] = x[i]} for every element i of the plan, in row-major order.
   *
   * @param x not modified
   * @param out modified at the planned places only
   */
  void scatter(A x, A out, Strides plan);
}
