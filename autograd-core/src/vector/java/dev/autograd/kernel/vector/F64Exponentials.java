package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LOG2_E;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER_BITS;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers of e of all numbers: eˣ = 2ⁿ e^r with |r| ≤ ln 2 / 2. The power of two is multiplied in
 * two halves, neither of which over- or underflows.
 */
final class F64Exponentials {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private F64Exponentials() {}

  static void exp(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector shifted = v.fma(LOG2_E, ROUNDER);
      DoubleVector small = F64Powers.series(v, shifted);
      LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
      LongVector half = exponent.lanewise(ASHR, 1);
      LongVector rest = exponent.sub(half).add(Double.MAX_EXPONENT);
      LongVector biased = half.add(Double.MAX_EXPONENT).lanewise(LSHL, STORED);
      DoubleVector first = biased.reinterpretAsDoubles();
      DoubleVector second = rest.lanewise(LSHL, STORED).reinterpretAsDoubles();
      small
          .fma(first, first)
          .mul(second)
          .blend((double) 0, v.compare(LT, (double) -Double.MAX_EXPONENT))
          .blend(Double.POSITIVE_INFINITY, v.compare(GT, (double) Double.MAX_EXPONENT))
          .intoArray(out, to + i);
    }
  }

  /** Computes eˣ - 1 = 2ⁿ (e^r - 1 + 1 - 2⁻ⁿ), where nothing cancels. */
  static void expm1(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector shifted = v.fma(LOG2_E, ROUNDER);
      DoubleVector small = F64Powers.series(v, shifted);
      LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
      LongVector half = exponent.lanewise(ASHR, 1);
      LongVector rest = exponent.sub(half);
      LongVector biased = half.add(Double.MAX_EXPONENT).lanewise(LSHL, STORED);
      DoubleVector first = biased.reinterpretAsDoubles();
      LongVector biasedRest = rest.add(Double.MAX_EXPONENT).lanewise(LSHL, STORED);
      DoubleVector second = biasedRest.reinterpretAsDoubles();
      LongVector inverse = rest.neg().add(Double.MAX_EXPONENT).lanewise(LSHL, STORED);
      DoubleVector offset = first.sub(inverse.reinterpretAsDoubles());
      small
          .fma(first, offset)
          .mul(second)
          .blend((double) -1, v.compare(LT, (double) -Double.MAX_EXPONENT))
          .blend(Double.POSITIVE_INFINITY, v.compare(GT, (double) Double.MAX_EXPONENT))
          .blend(v, v.compare(EQ, (double) 0))
          .intoArray(out, to + i);
    }
  }
}
