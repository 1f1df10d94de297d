package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/**
 * The coefficient of determination, the share of the targets' variance that the predictions
 * explain: {@code 1 - Σ(prediction - target)² / Σ(target - mean)²}. 1 is perfect, 0 is as good as
 * the mean of the targets, and below 0 is worse.
 *
 * <pre>{@code
 * R2 r2 = R2.NONE.plus(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 *
 * <p>NaN if all targets are equal, hence also below two rows: there is nothing to explain.
 * (scikit-learn then takes 1 for perfect predictions and 0 for others, unless {@code
 * force_finite=False}.)
 *
 * <p>For models of several numbers take one of these for each.
 */
public final class R2 implements Metric<R2> {

  /** No rows yet. */
  public static final R2 NONE = new R2(Sum.ZERO, Moments.NONE);

  private final Sum squares;
  private final Moments truth;

  private R2(Sum squares, Moments truth) {
    this.squares = squares;
    this.truth = truth;
  }

  /**
   * Returns this with a batch added.
   *
   * @param predictions {@code [rows]} or {@code [rows, 1]}
   * @param targets in the same shape
   * @throws ShapeException if the shapes differ, or there are several numbers per row
   * @throws IllegalArgumentException if a number is NaN or infinite
   */
  @Override
  public R2 plus(Tensor predictions, Tensor targets) {
    double[] errors = Values.errors("R2", predictions, targets);
    double[] actual = Values.onePerRow("R2", "targets", targets);
    return new R2(squares.plus(Values.squares(errors)), truth.plus(actual));
  }

  @Override
  public R2 plus(R2 other) {
    return new R2(squares.plus(other.squares), truth.plus(other.truth));
  }

  @Override
  public long count() {
    return truth.count();
  }

  @Override
  public double value() {
    return truth.deviations() == 0 ? Double.NaN : 1 - squares.value() / truth.deviations();
  }

  /** Returns the value and the number of rows, as in {@code R2(0.9 of 100)}. */
  @Override
  public String toString() {
    return "R2(" + value() + " of " + count() + ")";
  }
}
