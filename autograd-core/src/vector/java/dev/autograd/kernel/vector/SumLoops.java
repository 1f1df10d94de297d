package dev.autograd.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of sums, in double precision for both element types: four vectors of
 * independent sums, each of elements that lie a step apart, in ascending order. Four, because one
 * alone would wait for the latency of each addition.
 */
final class SumLoops {

  private static final VectorSpecies<Double> WIDE = F64Tile.SPECIES;

  /** Elements that one vector of sums takes at a time. */
  static final int LANES = F64Tile.LANES;

  private SumLoops() {}

  /**
   * Sums {@code x[o + lane + i step]} for i below count, for four o and all lanes.
   *
   * @param sums overwritten, the lanes of the four one behind the other
   */
  static void run(double[] x, int o0, int o1, int o2, int o3, int step, int count, double[] sums) {
    DoubleVector zero = DoubleVector.broadcast(WIDE, 0);
    DoubleVector s0 = zero;
    DoubleVector s1 = zero;
    DoubleVector s2 = zero;
    DoubleVector s3 = zero;
    for (int k = 0; k < count; k++) {
      int i = k * step;
      s0 = s0.add(DoubleVector.fromArray(WIDE, x, o0 + i));
      s1 = s1.add(DoubleVector.fromArray(WIDE, x, o1 + i));
      s2 = s2.add(DoubleVector.fromArray(WIDE, x, o2 + i));
      s3 = s3.add(DoubleVector.fromArray(WIDE, x, o3 + i));
    }
    zero.add(s0).intoArray(sums, 0);
    zero.add(s1).intoArray(sums, LANES);
    zero.add(s2).intoArray(sums, 2 * LANES);
    zero.add(s3).intoArray(sums, 3 * LANES);
  }

  /**
   * Does the same in {@code float[]}. Whole vectors are loaded, of which the lower half is used:
   * floats of half a vector would be a second width, which C2 punishes.
   */
  static void run(float[] x, int o0, int o1, int o2, int o3, int step, int count, double[] sums) {
    DoubleVector zero = DoubleVector.broadcast(WIDE, 0);
    DoubleVector s0 = zero;
    DoubleVector s1 = zero;
    DoubleVector s2 = zero;
    DoubleVector s3 = zero;
    for (int k = 0; k < count; k++) {
      int i = k * step;
      FloatVector f0 = FloatVector.fromArray(F32Tile.SPECIES, x, o0 + i);
      s0 = s0.add(f0.convertShape(VectorOperators.F2D, WIDE, 0));
      FloatVector f1 = FloatVector.fromArray(F32Tile.SPECIES, x, o1 + i);
      s1 = s1.add(f1.convertShape(VectorOperators.F2D, WIDE, 0));
      FloatVector f2 = FloatVector.fromArray(F32Tile.SPECIES, x, o2 + i);
      s2 = s2.add(f2.convertShape(VectorOperators.F2D, WIDE, 0));
      FloatVector f3 = FloatVector.fromArray(F32Tile.SPECIES, x, o3 + i);
      s3 = s3.add(f3.convertShape(VectorOperators.F2D, WIDE, 0));
    }
    zero.add(s0).intoArray(sums, 0);
    zero.add(s1).intoArray(sums, LANES);
    zero.add(s2).intoArray(sums, 2 * LANES);
    zero.add(s3).intoArray(sums, 3 * LANES);
  }
}
