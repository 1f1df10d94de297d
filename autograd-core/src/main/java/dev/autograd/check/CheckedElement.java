package dev.autograd.check;

import java.util.List;

/**
 * The comparison of one derivative with differences of the function.
 *
 * @param index where the element stands in its input, one number per axis; empty along a direction
 * @param direction the number of the random direction; -1 for a single element
 * @param verdict what was found
 * @param analytic what reverse mode computed
 * @param numeric what differences say; at a kink the mean of the slopes on both sides; NaN if they
 *     say nothing
 * @param tolerance how far the two may be apart
 * @param accuracy how far rounding and truncation may have moved the numeric derivative, a part of
 *     the tolerance; +∞ if nothing is known
 * @param left the slope to the left, the numeric derivative itself where the function is smooth;
 *     NaN where it is not defined
 * @param right the slope to the right
 */
public record CheckedElement(
    List<Integer> index,
    int direction,
    Verdict verdict,
    double analytic,
    double numeric,
    double tolerance,
    double accuracy,
    double left,
    double right) {

  /** Copies the index. */
  public CheckedElement {
    index = List.copyOf(index);
  }

  /** Returns {@code |analytic - numeric|}; +∞ if one of them is not finite. */
  public double error() {
    double error = Math.abs(analytic - numeric);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  /** Returns the place in words: the index in brackets, or the direction. */
  public String place() {
    return direction < 0 ? index.toString() : "direction " + direction;
  }

  /** Returns whether the slopes to the left and to the right are one. */
  public boolean smooth() {
    return left == right;
  }

  /**
   * Returns which slope the analytic derivative takes at a kink: {@code left}, {@code right},
   * {@code mean}, {@code between} or {@code outside}.
   */
  public String convention() {
    double mean = left / 2 + right / 2;
    if (near(mean)) {
      return "mean";
    }
    if (near(left)) {
      return "left";
    }
    if (near(right)) {
      return "right";
    }
    return analytic > Math.min(left, right) && analytic < Math.max(left, right)
        ? "between"
        : "outside";
  }

  private boolean near(double slope) {
    return Math.abs(analytic - slope) <= tolerance;
  }

  /** Returns the same with another verdict. */
  CheckedElement with(Verdict other) {
    return new CheckedElement(
        index, direction, other, analytic, numeric, tolerance, accuracy, left, right);
  }

  /** Returns the same in other units. */
  CheckedElement dividedBy(double unit) {
    return new CheckedElement(
        index,
        direction,
        verdict,
        analytic / unit,
        numeric / unit,
        tolerance / Math.abs(unit),
        accuracy / Math.abs(unit),
        left / unit,
        right / unit);
  }

  /** Returns the error as a multiple of the tolerance. */
  double severity() {
    return error() == 0 ? 0 : error() / tolerance;
  }
}
