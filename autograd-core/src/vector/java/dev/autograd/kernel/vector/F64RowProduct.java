package dev.autograd.kernel.vector;

import dev.autograd.kernel.Gemm;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row, or a few, times a matrix whose rows are contiguous, in place: numbers are read so few
 * times that nothing is gained by packing. Four vectors of columns at a time; each element is one
 * chain of fused multiply-adds in ascending order of depth, as in {@link F64Tile}.
 *
 * <p>Where the columns are contiguous instead, each element is a chain of its own along memory, in
 * which no lanes are independent: that is left to the plain loops, as packing costs more.
 */
final class F64RowProduct {

  /** Multiplications from which vectors are used. */
  private static final int LEAST = 4096;

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** What added changes no bit, not even the sign of a zero. */
  private static final double NOTHING = -(double) 0;

  /** A class apart, whose initialisation has the loop compiled. */
  private static final class Compiled {

    static {
      double[] x = new double[8 * LANES];
      double[] out = new double[4 * LANES];
      int depth = WarmUp.VECTORS;
      WarmUp.of(() -> four(x, 0, 1, x, 0, 0, depth, out, 0, 0, LANES, 2 * LANES, 3 * LANES));
    }

    private Compiled() {}

    static void await() {
      // The initialisation of this class has done it.
    }
  }

  private F64RowProduct() {}

  /** Returns whether a product is of this kind. */
  static boolean has(Gemm sizes) {
    return sizes.m() < F64Tile.SHORT
        && !sizes.transposeB()
        && sizes.n() >= LANES
        && (long) sizes.m() * sizes.n() * sizes.k() >= LEAST;
  }

  /** Returns whether the transposed product, with the operands exchanged, is of this kind. */
  static boolean hasTransposed(Gemm sizes) {
    return sizes.n() == 1
        && sizes.ldc() == 1
        && (long) sizes.m() * sizes.k() >= LEAST
        && has(transposed(sizes));
  }

  /** Returns the sizes of (op(a) op(b))ᵀ = op(b)ᵀ op(a)ᵀ, whose column is the row of this. */
  static Gemm transposed(Gemm sizes) {
    return new Gemm(
        sizes.n(),
        sizes.m(),
        sizes.k(),
        !sizes.transposeB(),
        !sizes.transposeA(),
        sizes.ldb(),
        sizes.lda(),
        sizes.m());
  }

  static void multiply(Gemm sizes, double[] a, int ao, double[] b, int bo, double[] out, int oo) {
    Compiled.await();
    for (int i = 0; i < sizes.m(); i++) {
      row(sizes, a, ao + sizes.offsetA(i), b, bo, out, oo + i * sizes.ldc());
    }
  }

  private static void row(
      Gemm sizes, double[] a, int ao, double[] b, int bo, double[] out, int oo) {
    int aStep = sizes.transposeA() ? sizes.lda() : 1;
    int last = sizes.n() - LANES;
    for (int j = 0; j < sizes.n(); j += 4 * LANES) {
      // The last vectors overlap those before, and compute some elements again.
      int j0 = Math.min(j, last);
      int j1 = Math.min(j + LANES, last);
      int j2 = Math.min(j + 2 * LANES, last);
      int j3 = Math.min(j + 3 * LANES, last);
      four(a, ao, aStep, b, bo, sizes.ldb(), sizes.k(), out, oo, j0, j1, j2, j3);
    }
  }

  private static void four(
      double[] a,
      int ao,
      int aStep,
      double[] b,
      int bo,
      int step,
      int depth,
      double[] out,
      int oo,
      int j0,
      int j1,
      int j2,
      int j3) {
    DoubleVector c0 = DoubleVector.broadcast(SPECIES, (double) 0);
    DoubleVector c1 = c0;
    DoubleVector c2 = c0;
    DoubleVector c3 = c0;
    for (int p = 0; p < depth; p++) {
      int row = bo + p * step;
      DoubleVector factor = DoubleVector.broadcast(SPECIES, a[ao + p * aStep]);
      c0 = factor.fma(DoubleVector.fromArray(SPECIES, b, row + j0), c0);
      c1 = factor.fma(DoubleVector.fromArray(SPECIES, b, row + j1), c1);
      c2 = factor.fma(DoubleVector.fromArray(SPECIES, b, row + j2), c2);
      c3 = factor.fma(DoubleVector.fromArray(SPECIES, b, row + j3), c3);
    }
    DoubleVector zero = DoubleVector.broadcast(SPECIES, NOTHING);
    zero.add(c0).intoArray(out, oo + j0);
    zero.add(c1).intoArray(out, oo + j1);
    zero.add(c2).intoArray(out, oo + j2);
    zero.add(c3).intoArray(out, oo + j3);
  }
}
