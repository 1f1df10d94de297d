package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/**
 * The root of the mean squared error, {@code √(Σ(prediction - target)² / n)} over all numbers, in
 * their unit. NaN without any.
 *
 * <pre>{@code
 * Rmse rmse = Rmse.NONE.plus(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 */
public final class Rmse implements Metric<Rmse> {

  /** No rows yet. */
  public static final Rmse NONE = new Rmse(Sum.ZERO, 0);

  private final Sum squares;
  private final long count;

  private Rmse(Sum squares, long count) {
    this.squares = squares;
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
  public Rmse plus(Tensor predictions, Tensor targets) {
    double[] errors = Values.errors("RMSE", predictions, targets);
    return new Rmse(squares.plus(Values.squares(errors)), count + errors.length);
  }

  @Override
  public Rmse plus(Rmse other) {
    return new Rmse(squares.plus(other.squares), count + other.count);
  }

  @Override
  public long count() {
    return count;
  }

  /** Returns the mean squared error, the square of {@link #value()}. */
  public double mse() {
    return squares.value() / count;
  }

  @Override
  public double value() {
    return Math.sqrt(mse());
  }

  /** Returns the value and the number of numbers, as in {@code Rmse(0.5 of 100)}. */
  @Override
  public String toString() {
    return "Rmse(" + value() + " of " + count + ")";
  }
}
