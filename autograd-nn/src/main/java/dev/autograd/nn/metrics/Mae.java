package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/**
 * The mean absolute error, {@code Σ|prediction - target| / n} over all numbers, in their unit. NaN
 * without any.
 *
 * <pre>{@code
 * Mae mae = Mae.NONE.plus(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 */
public final class Mae implements Metric<Mae> {

  /** No rows yet. */
  public static final Mae NONE = new Mae(Sum.ZERO, 0);

  private final Sum absolute;
  private final long count;

  private Mae(Sum absolute, long count) {
    this.absolute = absolute;
    this.count = count;
  }

  /**
   * Returns this with a batch added.
   *
   * @param predictions {@code [rows, ...]}
   * @param targets in the same shape
   * @throws ShapeException if the shapes differ
   * @throws IllegalArgumentException if a number is NaN or infinite
   */
  @Override
  public Mae plus(Tensor predictions, Tensor targets) {
    double[] errors = Values.errors("MAE", predictions, targets);
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.abs(errors[i]);
    }
    return new Mae(absolute.plus(errors), count + errors.length);
  }

  @Override
  public Mae plus(Mae other) {
    return new Mae(absolute.plus(other.absolute), count + other.count);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double value() {
    return absolute.value() / count;
  }

  /** Returns the value and the number of numbers, as in {@code Mae(0.5 of 100)}. */
  @Override
  public String toString() {
    return "Mae(" + value() + " of " + count + ")";
  }
}
