package dev.autograd.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number that is not what the golden files say.
 *
 * @param quantity what was computed
 * @param index its place in row-major order
 * @param size the number of places
 */
record Mismatch(Quantity quantity, int index, int size, double expected, double actual) {

  /** What is compared: of a result, or with respect to an operand. */
  record Quantity(String kind, String name) {

    /** The value of a tensor. */
    static Quantity value(String name) {
      return new Quantity("value", name);
    }

    /** A first derivative. */
    static Quantity gradient(String name) {
      return new Quantity("gradient", name);
    }

    @Override
    public String toString() {
      return kind + " of " + name;
    }
  }

  /**
   * Returns the places at which two arrays are further apart than what the golden files' README
   * suggests, 1e-12 + 1e-11 M with the largest finite expected magnitude M, times a factor.
   */
  static List<Mismatch> between(
      Quantity quantity, double[] expected, double[] actual, double factor) {
    double largest =
        Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    return beyond(quantity, expected, actual, factor * (1e-12 + 1e-11 * largest));
  }

  /** Returns the places at which two arrays are further apart than a tolerance. */
  static List<Mismatch> beyond(
      Quantity quantity, double[] expected, double[] actual, double tolerance) {
    List<Mismatch> found = new ArrayList<>();
    if (expected.length != actual.length) {
      throw new AssertionError(
          quantity + ": " + expected.length + " numbers expected, there are " + actual.length);
    }
    for (int i = 0; i < expected.length; i++) {
      if (!close(expected[i], actual[i], tolerance)) {
        found.add(new Mismatch(quantity, i, expected.length, expected[i], actual[i]));
      }
    }
    return found;
  }

  /** NaN only equals NaN, and an infinity only itself; 0 and -0 are equal. */
  private static boolean close(double expected, double actual, double tolerance) {
    return (Double.isFinite(expected) && Double.isFinite(actual))
        ? Math.abs(expected - actual) <= tolerance
        : Double.compare(expected, actual) == 0;
  }

  @Override
  public String toString() {
    return quantity + "[" + index + "]: expected " + expected + ", was " + actual;
  }
}
