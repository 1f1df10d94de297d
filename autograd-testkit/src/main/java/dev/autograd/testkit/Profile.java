package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * How large, how steep and how curved a value is, as numbers that decide its normalisation.
 *
 * <p>Bounding the slope alone, by large factors where it is small, would bring up curvature: close
 * to the top of a cosine the slope is nothing and the curvature is not. So factors are bounded, and
 * what stays flat or gets curved is refused.
 *
 * @param low the least element
 * @param high the greatest element
 * @param slope the greatest magnitude of a slope along a direction
 * @param curvature the same of a second derivative
 */
record Profile(double low, double high, double slope, double curvature) {

  private static final double LARGEST = 3;
  private static final double STEEPEST = 2;
  private static final double FLATTEST = 0.25;
  private static final double TOO_FLAT = 0.05;
  private static final double LARGEST_FACTOR = 8;
  private static final double MOST_CURVED = 16;

  /**
   * Returns the profile of a value.
   *
   * @param near the same value a step forwards and a step backwards, in turn
   */
  static Profile of(Tensor value, List<Tensor> near, double step) {
    double[] y = value.toDoubleArray();
    double slope = 0;
    double curvature = 0;
    for (int i = 0; i < near.size(); i += 2) {
      double[] forwards = near.get(i).toDoubleArray();
      double[] backwards = near.get(i + 1).toDoubleArray();
      for (int e = 0; e < y.length; e++) {
        slope = Math.max(slope, Math.abs(forwards[e] - backwards[e]) / (2 * step));
        curvature =
            Math.max(curvature, Math.abs(forwards[e] - 2 * y[e] + backwards[e]) / (step * step));
      }
    }
    return new Profile(
        Arrays.stream(y).min().orElse(0), Arrays.stream(y).max().orElse(0), slope, curvature);
  }

  /** Returns the power of two that the value is multiplied by. */
  double scale(boolean varies) {
    if (!isFinite()) {
      return 1;
    }
    double scale = 1;
    while (slope * scale > STEEPEST || (high - low) / 2 * scale > LARGEST) {
      scale /= 2;
    }
    while (varies
        && slope * scale < FLATTEST
        && scale < LARGEST_FACTOR
        && (high - low) * scale <= LARGEST) {
      scale *= 2;
    }
    return scale;
  }

  /** Returns what is added to the scaled value, a multiple of a quarter. */
  double shift(double scale) {
    boolean centred = Math.max(Math.abs(low), Math.abs(high)) * scale <= LARGEST;
    return centred ? 0 : -Math.rint(2 * (low + high) * scale) / 4;
  }

  /** Returns whether the value, scaled, is neither flat nor too curved. */
  boolean isAcceptable(double scale, boolean varies) {
    return isFinite() && (!varies || slope * scale >= TOO_FLAT) && curvature * scale <= MOST_CURVED;
  }

  private boolean isFinite() {
    return Double.isFinite(low) && Double.isFinite(high) && Double.isFinite(curvature);
  }
}
