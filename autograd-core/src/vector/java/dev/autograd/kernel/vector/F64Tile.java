package dev.autograd.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the matrix product: each adds the product of a strip of rows of a and a
 * panel of columns of b to a tile of the result, which stays in registers meanwhile. Both are
 * packed, so that the loop reads them in the order in which they lie.
 *
 * <p>Each element of the tile is one chain of fused multiply-adds in ascending order of depth,
 * which continues what the result held before: the bits do not depend on the size of tiles, panels
 * or vectors, and are those of the plain loops.
 *
 * <p>Written out because the accumulators must be local variables: in an array, or handed to a
 * method that is not inlined, each would be an object. For the same reason they are stored through
 * a receiver whose exact type the compiler knows, and not through the variable of the loop.
 *
 * <p>The counters are {@code long} because C2 of Java 17, with collectors that do not mine loops in
 * strips (serial, parallel), often lays out a loop over an {@code int} with its accumulators in
 * memory, at half the speed.
 */
final class F64Tile {

  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();

  /** Rows of the tall tile, which with two vectors takes 27 registers. */
  static final int TALL = 12;

  /** Rows of the short tile, for what is left, and for processors with 16 registers. */
  static final int SHORT = 4;

  /** What added changes no bit, not even the sign of a zero. */
  private static final double NOTHING = -(double) 0;

  private F64Tile() {}

  /** Twelve rows and two vectors of columns. */
  static void tallPair(
      double[] a, int ao, double[] b, int bo, int depth, double[] c, int co, int step) {
    int o0 = co;
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, o0);
    DoubleVector d0 = DoubleVector.fromArray(SPECIES, c, o0 + LANES);
    int o1 = co + step;
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, o1);
    DoubleVector d1 = DoubleVector.fromArray(SPECIES, c, o1 + LANES);
    int o2 = co + 2 * step;
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, o2);
    DoubleVector d2 = DoubleVector.fromArray(SPECIES, c, o2 + LANES);
    int o3 = co + 3 * step;
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, o3);
    DoubleVector d3 = DoubleVector.fromArray(SPECIES, c, o3 + LANES);
    int o4 = co + 4 * step;
    DoubleVector c4 = DoubleVector.fromArray(SPECIES, c, o4);
    DoubleVector d4 = DoubleVector.fromArray(SPECIES, c, o4 + LANES);
    int o5 = co + 5 * step;
    DoubleVector c5 = DoubleVector.fromArray(SPECIES, c, o5);
    DoubleVector d5 = DoubleVector.fromArray(SPECIES, c, o5 + LANES);
    int o6 = co + 6 * step;
    DoubleVector c6 = DoubleVector.fromArray(SPECIES, c, o6);
    DoubleVector d6 = DoubleVector.fromArray(SPECIES, c, o6 + LANES);
    int o7 = co + 7 * step;
    DoubleVector c7 = DoubleVector.fromArray(SPECIES, c, o7);
    DoubleVector d7 = DoubleVector.fromArray(SPECIES, c, o7 + LANES);
    int o8 = co + 8 * step;
    DoubleVector c8 = DoubleVector.fromArray(SPECIES, c, o8);
    DoubleVector d8 = DoubleVector.fromArray(SPECIES, c, o8 + LANES);
    int o9 = co + 9 * step;
    DoubleVector c9 = DoubleVector.fromArray(SPECIES, c, o9);
    DoubleVector d9 = DoubleVector.fromArray(SPECIES, c, o9 + LANES);
    int o10 = co + 10 * step;
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, o10);
    DoubleVector d10 = DoubleVector.fromArray(SPECIES, c, o10 + LANES);
    int o11 = co + 11 * step;
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, o11);
    DoubleVector d11 = DoubleVector.fromArray(SPECIES, c, o11 + LANES);
    for (long p = 0; p < depth; p++) {
      int i = ao + (int) p * 12;
      int j = bo + (int) p * 2 * LANES;
      DoubleVector left = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector right = DoubleVector.fromArray(SPECIES, b, j + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
      c0 = a0.fma(left, c0);
      d0 = a0.fma(right, d0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + 1]);
      c1 = a1.fma(left, c1);
      d1 = a1.fma(right, d1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2]);
      c2 = a2.fma(left, c2);
      d2 = a2.fma(right, d2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3]);
      c3 = a3.fma(left, c3);
      d3 = a3.fma(right, d3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[i + 4]);
      c4 = a4.fma(left, c4);
      d4 = a4.fma(right, d4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[i + 5]);
      c5 = a5.fma(left, c5);
      d5 = a5.fma(right, d5);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[i + 6]);
      c6 = a6.fma(left, c6);
      d6 = a6.fma(right, d6);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[i + 7]);
      c7 = a7.fma(left, c7);
      d7 = a7.fma(right, d7);
      DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[i + 8]);
      c8 = a8.fma(left, c8);
      d8 = a8.fma(right, d8);
      DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[i + 9]);
      c9 = a9.fma(left, c9);
      d9 = a9.fma(right, d9);
      DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[i + 10]);
      c10 = a10.fma(left, c10);
      d10 = a10.fma(right, d10);
      DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[i + 11]);
      c11 = a11.fma(left, c11);
      d11 = a11.fma(right, d11);
    }
    DoubleVector zero = DoubleVector.broadcast(SPECIES, NOTHING);
    zero.add(c0).intoArray(c, o0);
    zero.add(d0).intoArray(c, o0 + LANES);
    zero.add(c1).intoArray(c, o1);
    zero.add(d1).intoArray(c, o1 + LANES);
    zero.add(c2).intoArray(c, o2);
    zero.add(d2).intoArray(c, o2 + LANES);
    zero.add(c3).intoArray(c, o3);
    zero.add(d3).intoArray(c, o3 + LANES);
    zero.add(c4).intoArray(c, o4);
    zero.add(d4).intoArray(c, o4 + LANES);
    zero.add(c5).intoArray(c, o5);
    zero.add(d5).intoArray(c, o5 + LANES);
    zero.add(c6).intoArray(c, o6);
    zero.add(d6).intoArray(c, o6 + LANES);
    zero.add(c7).intoArray(c, o7);
    zero.add(d7).intoArray(c, o7 + LANES);
    zero.add(c8).intoArray(c, o8);
    zero.add(d8).intoArray(c, o8 + LANES);
    zero.add(c9).intoArray(c, o9);
    zero.add(d9).intoArray(c, o9 + LANES);
    zero.add(c10).intoArray(c, o10);
    zero.add(d10).intoArray(c, o10 + LANES);
    zero.add(c11).intoArray(c, o11);
    zero.add(d11).intoArray(c, o11 + LANES);
  }

  /** Four rows and two vectors of columns. */
  static void shortPair(
      double[] a, int ao, double[] b, int bo, int depth, double[] c, int co, int step) {
    int o0 = co;
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, o0);
    DoubleVector d0 = DoubleVector.fromArray(SPECIES, c, o0 + LANES);
    int o1 = co + step;
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, o1);
    DoubleVector d1 = DoubleVector.fromArray(SPECIES, c, o1 + LANES);
    int o2 = co + 2 * step;
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, o2);
    DoubleVector d2 = DoubleVector.fromArray(SPECIES, c, o2 + LANES);
    int o3 = co + 3 * step;
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, o3);
    DoubleVector d3 = DoubleVector.fromArray(SPECIES, c, o3 + LANES);
    for (long p = 0; p < depth; p++) {
      int i = ao + (int) p * 4;
      int j = bo + (int) p * 2 * LANES;
      DoubleVector left = DoubleVector.fromArray(SPECIES, b, j);
      DoubleVector right = DoubleVector.fromArray(SPECIES, b, j + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[i]);
      c0 = a0.fma(left, c0);
      d0 = a0.fma(right, d0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[i + 1]);
      c1 = a1.fma(left, c1);
      d1 = a1.fma(right, d1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[i + 2]);
      c2 = a2.fma(left, c2);
      d2 = a2.fma(right, d2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[i + 3]);
      c3 = a3.fma(left, c3);
      d3 = a3.fma(right, d3);
    }
    DoubleVector zero = DoubleVector.broadcast(SPECIES, NOTHING);
    zero.add(c0).intoArray(c, o0);
    zero.add(d0).intoArray(c, o0 + LANES);
    zero.add(c1).intoArray(c, o1);
    zero.add(d1).intoArray(c, o1 + LANES);
    zero.add(c2).intoArray(c, o2);
    zero.add(d2).intoArray(c, o2 + LANES);
    zero.add(c3).intoArray(c, o3);
    zero.add(d3).intoArray(c, o3 + LANES);
  }

  /** Twelve rows and one vector of columns. */
  static void tall(
      double[] a, int ao, double[] b, int bo, int depth, double[] c, int co, int step) {
    int o0 = co;
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, o0);
    int o1 = co + step;
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, o1);
    int o2 = co + 2 * step;
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, o2);
    int o3 = co + 3 * step;
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, o3);
    int o4 = co + 4 * step;
    DoubleVector c4 = DoubleVector.fromArray(SPECIES, c, o4);
    int o5 = co + 5 * step;
    DoubleVector c5 = DoubleVector.fromArray(SPECIES, c, o5);
    int o6 = co + 6 * step;
    DoubleVector c6 = DoubleVector.fromArray(SPECIES, c, o6);
    int o7 = co + 7 * step;
    DoubleVector c7 = DoubleVector.fromArray(SPECIES, c, o7);
    int o8 = co + 8 * step;
    DoubleVector c8 = DoubleVector.fromArray(SPECIES, c, o8);
    int o9 = co + 9 * step;
    DoubleVector c9 = DoubleVector.fromArray(SPECIES, c, o9);
    int o10 = co + 10 * step;
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, c, o10);
    int o11 = co + 11 * step;
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, c, o11);
    for (long p = 0; p < depth; p++) {
      int i = ao + (int) p * 12;
      int j = bo + (int) p * LANES;
      DoubleVector left = DoubleVector.fromArray(SPECIES, b, j);
      c0 = DoubleVector.broadcast(SPECIES, a[i]).fma(left, c0);
      c1 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(left, c1);
      c2 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(left, c2);
      c3 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(left, c3);
      c4 = DoubleVector.broadcast(SPECIES, a[i + 4]).fma(left, c4);
      c5 = DoubleVector.broadcast(SPECIES, a[i + 5]).fma(left, c5);
      c6 = DoubleVector.broadcast(SPECIES, a[i + 6]).fma(left, c6);
      c7 = DoubleVector.broadcast(SPECIES, a[i + 7]).fma(left, c7);
      c8 = DoubleVector.broadcast(SPECIES, a[i + 8]).fma(left, c8);
      c9 = DoubleVector.broadcast(SPECIES, a[i + 9]).fma(left, c9);
      c10 = DoubleVector.broadcast(SPECIES, a[i + 10]).fma(left, c10);
      c11 = DoubleVector.broadcast(SPECIES, a[i + 11]).fma(left, c11);
    }
    DoubleVector zero = DoubleVector.broadcast(SPECIES, NOTHING);
    zero.add(c0).intoArray(c, o0);
    zero.add(c1).intoArray(c, o1);
    zero.add(c2).intoArray(c, o2);
    zero.add(c3).intoArray(c, o3);
    zero.add(c4).intoArray(c, o4);
    zero.add(c5).intoArray(c, o5);
    zero.add(c6).intoArray(c, o6);
    zero.add(c7).intoArray(c, o7);
    zero.add(c8).intoArray(c, o8);
    zero.add(c9).intoArray(c, o9);
    zero.add(c10).intoArray(c, o10);
    zero.add(c11).intoArray(c, o11);
  }

  /** Four rows and one vector of columns. */
  static void shortOne(
      double[] a, int ao, double[] b, int bo, int depth, double[] c, int co, int step) {
    int o0 = co;
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, o0);
    int o1 = co + step;
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, o1);
    int o2 = co + 2 * step;
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, o2);
    int o3 = co + 3 * step;
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, o3);
    for (long p = 0; p < depth; p++) {
      int i = ao + (int) p * 4;
      int j = bo + (int) p * LANES;
      DoubleVector left = DoubleVector.fromArray(SPECIES, b, j);
      c0 = DoubleVector.broadcast(SPECIES, a[i]).fma(left, c0);
      c1 = DoubleVector.broadcast(SPECIES, a[i + 1]).fma(left, c1);
      c2 = DoubleVector.broadcast(SPECIES, a[i + 2]).fma(left, c2);
      c3 = DoubleVector.broadcast(SPECIES, a[i + 3]).fma(left, c3);
    }
    DoubleVector zero = DoubleVector.broadcast(SPECIES, NOTHING);
    zero.add(c0).intoArray(c, o0);
    zero.add(c1).intoArray(c, o1);
    zero.add(c2).intoArray(c, o2);
    zero.add(c3).intoArray(c, o3);
  }
}
