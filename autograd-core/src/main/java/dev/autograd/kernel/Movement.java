package dev.autograd.kernel;

import dev.autograd.array.Runs;
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

  /**
   * Reads run by run: run i of out is the run of x that begins at {@code plan.start(i)}.
   *
   * @param x not modified
   * @param out overwritten in its first {@code plan.count() · plan.length()} elements
   */
  void gather(A x, A out, Runs plan);

  /**
   * Writes run by run, in order, so that of several writings to one place the last stays.
   *
   * @param x not modified
   * @param out modified at the planned places only
   */
  void scatter(A x, A out, Runs plan);
}
