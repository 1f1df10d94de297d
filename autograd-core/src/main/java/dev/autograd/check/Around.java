package dev.autograd.check;

import java.util.Arrays;
import java.util.Random;

/**
 * A function around the given inputs: its value there, how much of it is rounding, and the
 * projection in which changes are looked at.
 */
final class Around {

  /** Weights of elements with little noise exceed the others by at most this factor. */
  private static final double WIDEST = 0x1p10;

  private final double[][] given;
  private final double[] value;
  private final double[] weights;
  private final double[] noise;
  private final Precision precision;

  /**
   * Makes what is known of a function.
   *
   * @param noise the standard deviation of the rounding error of each element of the value
   */
  Around(double[][] given, double[] value, double[] noise, Precision precision, Random random) {
    this.given = given;
    this.value = value;
    this.noise = noise;
    this.precision = precision;
    this.weights = weights(noise, random);
  }

  /**
   * Returns the projection: random signs and sizes, so that no error cancels or hides behind a
   * gradient of ones; and larger where rounding is smaller, so that large elements of the value do
   * not drown the small ones. They are exact in single precision.
   */
  private static double[] weights(double[] noise, Random random) {
    double most = Arrays.stream(noise).max().orElse(1);
    double[] weights = new double[noise.length];
    for (int j = 0; j < weights.length; j++) {
      double size = (0.5 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
      weights[j] = (float) (size * Math.min(WIDEST, most / noise[j]));
    }
    return weights;
  }

  double[][] given() {
    return given;
  }

  double[] value() {
    return value;
  }

  double[] weights() {
    return weights;
  }

  /** Returns the magnitude of the projection at the given inputs, no part cancelling another. */
  double magnitude() {
    double sum = 0;
    for (int j = 0; j < value.length; j++) {
      sum += Math.abs(weights[j] * value[j]);
    }
    return sum;
  }

  /** Returns the change of the projection from the given inputs to another value. */
  double change(double[] to) {
    double sum = 0;
    for (int j = 0; j < to.length; j++) {
      sum += weights[j] * (to[j] - value[j]);
    }
    return sum;
  }

  /**
   * Returns the standard deviation of the rounding error of the projection. Elements that did not
   * move count too: they may have moved by less than their last place.
   */
  double deviation(double[] to) {
    double deviation = 0;
    for (int j = 0; j < to.length; j++) {
      double lastPlace = precision.lastPlace(Math.max(Math.abs(to[j]), Math.abs(value[j]))) / 2;
      // Squares of tiny deviations would vanish.
      deviation = Math.hypot(deviation, weights[j] * Math.max(noise[j], lastPlace));
    }
    return deviation;
  }
}
