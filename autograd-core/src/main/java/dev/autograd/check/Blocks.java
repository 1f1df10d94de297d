package dev.autograd.check;

import dev.autograd.Tensor;
import java.util.Arrays;

/** Tensors held against each other; a difference is told with its place and both numbers. */
final class Blocks {

  private Blocks() {}

  /**
   * Requires equal bits, zeros of either sign being the same number.
   *
   * @param what how messages call the block
   * @param where what distinguishes the other, as in {@code in a second call}
   */
  static void requireSame(String what, Tensor first, Tensor second, String where) {
    requireShape(what, first, second, where);
    double[] a = first.toDoubleArray();
    double[] b = second.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      if (Double.compare(a[i] + 0.0, b[i] + 0.0) != 0) {
        throw new Broken(what + at(first, i) + " is " + a[i] + ", but " + b[i] + " " + where);
      }
    }
  }

  /** Requires numbers closer than a bound; NaN is equal to NaN. */
  static void requireClose(
      String what, Tensor actual, Tensor expected, double bound, String where) {
    requireShape(what, actual, expected, where);
    double[] a = actual.toDoubleArray();
    double[] e = expected.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      if (Double.compare(a[i], e[i]) != 0 && !(Math.abs(a[i] - e[i]) <= bound)) {
        throw new Broken(
            what
                + at(actual, i)
                + " is "
                + a[i]
                + ", but "
                + e[i]
                + " "
                + where
                + "; "
                + bound
                + " is allowed between them");
      }
    }
  }

  private static void requireShape(String what, Tensor first, Tensor second, String where) {
    if (!first.shape().equals(second.shape())) {
      throw new Broken(
          what + " has shape " + first.shape() + ", but " + second.shape() + " " + where);
    }
  }

  /** Returns the place of an element, for messages. */
  static String at(Tensor x, int element) {
    return " " + Block.index(x.shape(), element);
  }

  /** Returns the largest magnitude among finite numbers; the smallest normal number if none is. */
  static double magnitude(Tensor x) {
    return Arrays.stream(x.toDoubleArray())
        .map(Math::abs)
        .filter(Double::isFinite)
        .reduce(Double.MIN_NORMAL, Math::max);
  }
}
