package dev.autograd.check;

import java.util.List;

/**
 * The comparison of one partial derivative with its central difference.
 *
 * @param index where the element stands in its input, one number per axis
 * @param analytic what reverse mode computed
 * @param numeric what differences say
 * @param tolerance how far the two may be apart
 * @param smooth false if a kink or jump of the function next to the inputs, where differences say
 *     little, is as large as the disagreement
 */
public record CheckedElement(
    List<Integer> index, double analytic, double numeric, double tolerance, boolean smooth) {

  /** Returns {@code |analytic - numeric|}; +∞ if the analytic derivative is not finite. */
  public double error() {
    double error = Math.abs(analytic - numeric);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  /** Returns whether the two agree within the tolerance. */
  public boolean agrees() {
    return error() <= tolerance;
  }

  /**
   * Returns whether the derivative is smaller than what differences can tell from rounding, so that
   * their agreement means little: not even its sign was verified.
   */
  public boolean undecided() {
    double magnitude = Math.max(Math.abs(analytic), Math.abs(numeric));
    return agrees() && magnitude > 0 && tolerance >= magnitude;
  }

  /** Returns the error as a multiple of the tolerance. */
  double severity() {
    return error() == 0 ? 0 : error() / tolerance;
  }
}
