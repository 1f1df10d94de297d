package dev.autograd.nn.train;

import dev.autograd.Tensor;

/**
 * Something that is measured over the batches of a {@link Validation}.
 *
 * @param <B> the class of batches
 */
@FunctionalInterface
public interface Measure<B> {

  /** Returns what takes the batches of one pass over the data. */
  Sum<B> begin();

  /**
   * A measure of the batches so far.
   *
   * @param <B> the class of batches
   */
  interface Sum<B> {

    /**
     * Takes a batch.
     *
     * @param outputs what the model makes of it; dies when this returns, unless it is kept
     * @param rows the number of its rows
     */
    void add(Tensor outputs, B batch, int rows);

    /** Returns the measure of all batches. */
    double value();
  }
}
