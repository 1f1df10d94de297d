package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LN2_HIGH;
import static dev.autograd.kernel.vector.F64Bits.LN2_LOW;
import static dev.autograd.kernel.vector.F64Bits.LOG2_E;
import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER_BITS;
import static dev.autograd.kernel.vector.F64Bits.SCALE_EXPONENT;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers of e: eˣ = 2ⁿ e^r with |r| ≤ ln 2 / 2. Over all numbers the power of two is multiplied in
 * two halves, neither of which over- or underflows.
 *
 * <p>The Taylor series of e^r - 1 is added in pairs of terms, and pairs of pairs (G. Estrin,
 * "Organization of Computer Systems", 1960): what limits a processor is not how many operations
 * there are, but how long each waits for the one before. Every loop that needs it has it written
 * out. C2 would inline a method of ours only while little stands before it, and a vector that
 * crosses a real call becomes an object, at ten times the cost; and as long as they are, loops are
 * not inlined into one another.
 */
final class F64Exponentials {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private F64Exponentials() {}

  static void exp(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector shifted = v.fma(LOG2_E, ROUNDER);
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), v);
      r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector q = r.fma((double) (1 / 5040.0), (double) (1 / 720.0));
      if (LONG_SERIES) {
        q = r.fma((double) (1 / 362880.0), (double) (1 / 40320.0)).fma(z, q);
        DoubleVector top = r.fma((double) (1 / 6227020800.0), (double) (1 / 479001600.0));
        top = top.fma(z, r.fma((double) (1 / 39916800.0), (double) (1 / 3628800.0)));
        q = top.fma(z.mul(z), q);
      }
      q = q.fma(z, r.fma((double) (1 / 120.0), (double) (1 / 24.0)));
      q = q.fma(z, r.fma((double) (1 / 6.0), (double) 0.5));
      DoubleVector small = q.fma(z, r);
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
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), v);
      r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector q = r.fma((double) (1 / 5040.0), (double) (1 / 720.0));
      if (LONG_SERIES) {
        q = r.fma((double) (1 / 362880.0), (double) (1 / 40320.0)).fma(z, q);
        DoubleVector top = r.fma((double) (1 / 6227020800.0), (double) (1 / 479001600.0));
        top = top.fma(z, r.fma((double) (1 / 39916800.0), (double) (1 / 3628800.0)));
        q = top.fma(z.mul(z), q);
      }
      q = q.fma(z, r.fma((double) (1 / 120.0), (double) (1 / 24.0)));
      q = q.fma(z, r.fma((double) (1 / 6.0), (double) 0.5));
      DoubleVector small = q.fma(z, r);
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

  /** Computes e^-|f x| times the factor of {@link F64Bits#SCALE_EXPONENT}; 0 far below. */
  static void decay(double[] x, int from, double f, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector m = v.abs().mul(-f);
      DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), m);
      r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector q = r.fma((double) (1 / 5040.0), (double) (1 / 720.0));
      if (LONG_SERIES) {
        q = r.fma((double) (1 / 362880.0), (double) (1 / 40320.0)).fma(z, q);
        DoubleVector top = r.fma((double) (1 / 6227020800.0), (double) (1 / 479001600.0));
        top = top.fma(z, r.fma((double) (1 / 39916800.0), (double) (1 / 3628800.0)));
        q = top.fma(z.mul(z), q);
      }
      q = q.fma(z, r.fma((double) (1 / 120.0), (double) (1 / 24.0)));
      q = q.fma(z, r.fma((double) (1 / 6.0), (double) 0.5));
      DoubleVector small = q.fma(z, r);
      LongVector exponent = shifted.reinterpretAsLongs().add(Double.MAX_EXPONENT + SCALE_EXPONENT);
      DoubleVector scale = exponent.lanewise(LSHL, STORED).reinterpretAsDoubles();
      small
          .fma(scale, scale)
          .blend((double) 0, m.compare(LT, (double) -Double.MAX_EXPONENT))
          .intoArray(e, i);
    }
  }

  /**
   * Computes log(1 + e^-|x|): with p = e^-|x| it is s (1 + s²/12 + s⁴/80 + …) with s = 2p / (2 +
   * p), the series of the inverse hyperbolic tangent of s/2; polynomials of our own, which are off
   * by at most 1.5e-8 (F32) and 5e-18 (F64) of it.
   */
  static void log1pDecay(double[] x, int from, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector m = DoubleVector.fromArray(SPECIES, x, from + i).abs().neg();
      DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), m);
      r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector z = r.mul(r);
      DoubleVector q = r.fma((double) (1 / 5040.0), (double) (1 / 720.0));
      if (LONG_SERIES) {
        q = r.fma((double) (1 / 362880.0), (double) (1 / 40320.0)).fma(z, q);
        DoubleVector top = r.fma((double) (1 / 6227020800.0), (double) (1 / 479001600.0));
        top = top.fma(z, r.fma((double) (1 / 39916800.0), (double) (1 / 3628800.0)));
        q = top.fma(z.mul(z), q);
      }
      q = q.fma(z, r.fma((double) (1 / 120.0), (double) (1 / 24.0)));
      q = q.fma(z, r.fma((double) (1 / 6.0), (double) 0.5));
      DoubleVector small = q.fma(z, r);
      LongVector exponent = shifted.reinterpretAsLongs().add(Double.MAX_EXPONENT + SCALE_EXPONENT);
      DoubleVector scale = exponent.lanewise(LSHL, STORED).reinterpretAsDoubles();
      DoubleVector p = small.fma(scale, scale);
      p = p.blend((double) 0, m.compare(LT, (double) -Double.MAX_EXPONENT));
      DoubleVector s = p.mul(2 * UNSCALE).div(p.fma(UNSCALE, (double) 2));
      DoubleVector s2 = s.mul(s);
      DoubleVector s4 = s2.mul(s2);
      DoubleVector sum = s2.fma((double) 5.2444332075853812e-4, (double) 2.2059859222898814e-3);
      DoubleVector pair = s2.fma((double) 1.2502362701534752e-2, (double) 8.333330042087405e-2);
      if (LONG_SERIES) {
        sum = s2.fma((double) 7.70761757466485e-8, (double) 1.678607651928839e-7);
        pair = s2.fma((double) 9.156091926262446e-7, (double) 4.063154360856609e-6);
        sum = sum.fma(s4, pair);
        pair = s2.fma((double) 1.8781213458201444e-5, (double) 8.877826873711147e-5);
        sum = sum.fma(s4, pair);
        pair = s2.fma((double) 4.34027787447629749e-4, (double) 2.2321428568053717e-3);
        sum = sum.fma(s4, pair);
        pair = s2.fma((double) 1.2500000000004557e-2, (double) 8.333333333333332e-2);
      }
      sum.fma(s4, pair).fma(s2.mul(s), s).intoArray(e, i);
    }
  }
}
