package dev.autograd.kernel.vector;

import dev.autograd.kernel.Unary;
import java.util.Arrays;

/** Applies the loops of {@link F64Smooth}, which take whole vectors, to any number of elements. */
final class F64Maps {

  /**
   * Elements from which vectors are used; single numbers and short rows are left to plain loops.
   */
  private static final int LEAST = 64;

  /** Elements from which a first use is worth a warm-up. */
  static final int LARGE = 1024;

  private static final boolean[] READY = new boolean[Unary.values().length];

  private F64Maps() {}

  /**
   * Has a loop compiled, if this is its first use: until then it would take 3 µs per element. Costs
   * some tenths of a second; results do not depend on it.
   */
  static synchronized void warmUp(Unary op) {
    if (READY[op.ordinal()]) {
      return;
    }
    double[] x = new double[2 * F64Tile.LANES];
    double[] out = new double[2 * F64Tile.LANES];
    Arrays.fill(x, 1);
    for (int call = 0; call < F64WarmUp.CALLS; call++) {
      F64Smooth.map(op, x, out, 0, x.length);
    }
    READY[op.ordinal()] = true;
  }

  /** Returns whether a function of so many elements is computed here. */
  static boolean has(Unary op, int n) {
    return n >= LEAST && F64Smooth.has(op);
  }

  static void map(Unary op, double[] x, double[] out, int from, int to) {
    int n = to - from;
    // Read without the lock: what is not seen yet costs a look under it.
    if (n >= LARGE && !READY[op.ordinal()]) {
      warmUp(op);
    }
    int whole = to - n % F64Tile.LANES;
    F64Smooth.map(op, x, out, from, whole);
    if (whole < to) {
      double[] rest = new double[F64Tile.LANES];
      double[] result = new double[F64Tile.LANES];
      System.arraycopy(x, whole, rest, 0, to - whole);
      F64Smooth.map(op, rest, result, 0, F64Tile.LANES);
      System.arraycopy(result, 0, out, whole, to - whole);
    }
  }
}
