package dev.autograd.check;

import java.util.function.Predicate;

/**
 * Central differences of a projection of a function, {@code Σ weights · value}, element by element.
 */
final class Differences {

  /**
   * Rounding is allowed for up to this many of its standard deviations: the measured deviation may
   * be off by a factor of three, and the worst of many elements must pass.
   */
  private static final double SAFETY = 16;

  private final Derivative function;
  private final double[][] given;
  private final double[] value;
  private final double[] weights;
  private final double[] noise;

  /**
   * Makes the differences around the given inputs.
   *
   * @param value the elements of the function's value there
   * @param noise the standard deviation of the rounding error of each
   */
  Differences(Derivative function, double[] value, double[] weights, double[] noise) {
    this.function = function;
    this.given = Block.valuesOf(function.blocks());
    this.value = value;
    this.weights = weights;
    this.noise = noise;
  }

  /**
   * Returns the quotient of one step, compared with that of twice the step unless it is good enough
   * as it is: that saves half the evaluations.
   *
   * @throws RuntimeException if the function cannot be evaluated there
   */
  Quotient at(int block, int element, double step, Predicate<Quotient> enough) {
    double x = given[block][element];
    double[] up = moved(block, element, x + step);
    double[] down = moved(block, element, x - step);
    // What the additions really made of the step, so that their rounding does not count.
    double span = (x + step) - (x - step);
    double slope = change(down, up) / span;
    double rounding = SAFETY * deviation(down, up) / (span / 2);
    Quotient plain = new Quotient(slope, rounding, 0, 0);
    if (enough.test(plain)) {
      return plain;
    }
    double[] farUp = moved(block, element, x + 2 * step);
    double[] farDown = moved(block, element, x - 2 * step);
    double wide = change(farDown, farUp) / ((x + 2 * step) - (x - 2 * step));
    double curve = change(value, up) + change(value, down);
    double wideCurve = change(value, farUp) + change(value, farDown);
    double bend = Math.abs(wideCurve - 4 * curve) / span;
    return new Quotient(slope, rounding, Math.abs(wide - slope), bend);
  }

  private double[] moved(int block, int element, double to) {
    double[][] at = given.clone();
    at[block] = at[block].clone();
    at[block][element] = to;
    return function.value(at, Place.moved(function.blocks().get(block), element, to));
  }

  private double change(double[] from, double[] to) {
    double sum = 0;
    for (int j = 0; j < from.length; j++) {
      sum += weights[j] * (to[j] - from[j]);
    }
    return sum;
  }

  /**
   * Returns the standard deviation of the rounding error of the projection. Elements that did not
   * move count too: they may have moved by less than their last place.
   */
  private double deviation(double[] down, double[] up) {
    double deviation = 0;
    for (int j = 0; j < up.length; j++) {
      double lastPlace = Math.ulp(Math.max(Math.abs(up[j]), Math.abs(down[j]))) / 2;
      // Squares of tiny deviations would vanish.
      deviation = Math.hypot(deviation, weights[j] * Math.max(noise[j], lastPlace));
    }
    return deviation;
  }
}
