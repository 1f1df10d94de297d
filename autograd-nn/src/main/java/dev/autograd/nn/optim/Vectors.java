package dev.autograd.nn.optim;

/** Arithmetic of vectors in double precision, each sum in the order of the elements. */
final class Vectors {

  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double total = 0;
    for (int i = 0; i < a.length; i++) {
      total += a[i] * b[i];
    }
    return total;
  }

  /** Returns {@code a + factor · b}. */
  static double[] addScaled(double[] a, double factor, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + factor * b[i];
    }
    return sum;
  }

  /** Adds {@code factor · b} to a, in place. */
  static void add(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  /** Multiplies a by a factor, in place. */
  static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  /** Returns the largest magnitude, NaN if an element is NaN. */
  static double largest(double[] a) {
    double largest = 0;
    for (double element : a) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  /** Returns the sum of the magnitudes. */
  static double length1(double[] a) {
    double total = 0;
    for (double element : a) {
      total += Math.abs(element);
    }
    return total;
  }
}
