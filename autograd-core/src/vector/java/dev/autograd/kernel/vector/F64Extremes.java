package dev.autograd.kernel.vector;

import dev.autograd.kernel.Reduction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest and the smallest of contiguous numbers. Plain Java takes them one after the other,
 * waiting for each; here there is one per lane, and then one of those. Which of several NaNs it is
 * aside, the bits do not depend on the order.
 *
 * <p>Sums are not here: the plain loops have eight independent ones in double precision.
 */
final class F64Extremes {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** Elements from which vectors are used. */
  static final int LEAST = 64;

  private F64Extremes() {}

  /** Returns whether a reduction is computed here. */
  static boolean has(Reduction op, int length, int inner) {
    return inner == 1 && length >= LEAST && (op == Reduction.MAX || op == Reduction.MIN);
  }

  static void reduce(Reduction op, double[] x, double[] out, int length, int begin, int end) {
    double[] lanes = new double[LANES];
    for (int row = begin; row < end; row++) {
      int from = row * length;
      out[row] = op == Reduction.MAX ? max(x, from, length, lanes) : min(x, from, length, lanes);
    }
  }

  static double max(double[] x, int from, int n, double[] lanes) {
    DoubleVector least = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    DoubleVector first = least;
    DoubleVector second = least;
    int last = from + n - LANES;
    for (int i = from; i < last; i += 2 * LANES) {
      // The last vectors overlap those before, which changes no extreme.
      first = first.max(DoubleVector.fromArray(SPECIES, x, i));
      second = second.max(DoubleVector.fromArray(SPECIES, x, Math.min(i + LANES, last)));
    }
    least.max(first).max(second).max(DoubleVector.fromArray(SPECIES, x, last)).intoArray(lanes, 0);
    double max = lanes[0];
    for (int lane = 1; lane < LANES; lane++) {
      max = Math.max(max, lanes[lane]);
    }
    return max;
  }

  private static double min(double[] x, int from, int n, double[] lanes) {
    DoubleVector most = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    DoubleVector first = most;
    DoubleVector second = most;
    int last = from + n - LANES;
    for (int i = from; i < last; i += 2 * LANES) {
      first = first.min(DoubleVector.fromArray(SPECIES, x, i));
      second = second.min(DoubleVector.fromArray(SPECIES, x, Math.min(i + LANES, last)));
    }
    most.min(first).min(second).min(DoubleVector.fromArray(SPECIES, x, last)).intoArray(lanes, 0);
    double min = lanes[0];
    for (int lane = 1; lane < LANES; lane++) {
      min = Math.min(min, lanes[lane]);
    }
    return min;
  }
}
