package dev.autograd.kernel.vector;

import dev.autograd.kernel.Unary;

/** Applies the loops of {@link F64Smooth}, which take whole vectors, to any number of elements. */
final class F64Maps {

  /**
   * Elements from which vectors are used; single numbers and short rows are left to plain loops.
   */
  private static final int LEAST = 64;

  private F64Maps() {}

  /** Returns whether a function of so many elements is computed here. */
  static boolean has(Unary op, int n) {
    return n >= LEAST && F64Smooth.has(op);
  }

  static void map(Unary op, double[] x, double[] out, int n) {
    int whole = n - n % F64Tile.LANES;
    F64Smooth.map(op, x, out, whole);
    if (whole < n) {
      double[] rest = new double[F64Tile.LANES];
      double[] result = new double[F64Tile.LANES];
      System.arraycopy(x, whole, rest, 0, n - whole);
      F64Smooth.map(op, rest, result, F64Tile.LANES);
      System.arraycopy(result, 0, out, whole, n - whole);
    }
  }
}
