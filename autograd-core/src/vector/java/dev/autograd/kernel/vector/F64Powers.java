package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LN2_HIGH;
import static dev.autograd.kernel.vector.F64Bits.LN2_LOW;
import static dev.autograd.kernel.vector.F64Bits.LOG2_E;
import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.SCALE_EXPONENT;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers of e of one vector: eᵐ = 2ⁿ e^r with |r| ≤ ln 2 / 2.
 *
 * <p>These methods are for loops that {@link F64Loop} calls, one each, before other operations: C2
 * inlines them there, but no method of ours behind some thirty operations of the Vector API, and a
 * vector that crosses a real call becomes an object, at ten times the cost.
 */
final class F64Powers {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;

  /** From here down eᵐ - 1 is -1 to the last bit, in either type. */
  private static final double MINUS_ONE_BELOW = (double) -40;

  private F64Powers() {}

  /**
   * Returns e^r - 1 for the r of m, by its Taylor series; {@code shifted} is m {@link
   * F64Bits#LOG2_E} + {@link F64Bits#ROUNDER}, in whose low bits n stands. Terms are added in
   * pairs, and pairs of pairs (G. Estrin, "Organization of Computer Systems", 1960): what limits a
   * processor here is not how many operations there are, but how long each waits for the one
   * before.
   */
  static DoubleVector series(DoubleVector m, DoubleVector shifted) {
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
    return q.fma(z, r);
  }

  /**
   * Returns eᵐ for m ≤ 0 times the factor of {@link F64Bits#SCALE_EXPONENT}; 0 far below. For
   * positive m the result is meaningless.
   */
  static DoubleVector scaled(DoubleVector m) {
    DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
    DoubleVector scale = powerOf2(shifted, SCALE_EXPONENT);
    DoubleVector result = series(m, shifted).fma(scale, scale);
    return result.blend((double) 0, m.compare(LT, (double) -Double.MAX_EXPONENT));
  }

  /** Returns eᵐ - 1 for m ≤ 0, where nothing cancels. For positive m the result is meaningless. */
  static DoubleVector lessOne(DoubleVector m) {
    DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
    DoubleVector scale = powerOf2(shifted, 0);
    DoubleVector result = series(m, shifted).fma(scale, scale.sub((double) 1));
    return result.blend((double) -1, m.compare(LT, MINUS_ONE_BELOW));
  }

  /** Returns (eᵐ - 1) / 2 for 0 ≤ m ≤ 80; beyond, the result is meaningless. */
  static DoubleVector halfOfLessOne(DoubleVector m) {
    DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
    DoubleVector scale = powerOf2(shifted, -1);
    return series(m, shifted).fma(scale, scale.sub((double) 0.5));
  }

  /** Returns 2 to the integer in the low bits of {@code shifted}, plus another. */
  private static DoubleVector powerOf2(DoubleVector shifted, int plus) {
    LongVector biased = shifted.reinterpretAsLongs().add(Double.MAX_EXPONENT + plus);
    return biased.lanewise(LSHL, STORED).reinterpretAsDoubles();
  }

  /**
   * Returns log(1 + eᵐ) for m ≤ 0: with p = eᵐ it is s (1 + s²/12 + s⁴/80 + …) with s = 2p / (2 +
   * p), the series of the inverse hyperbolic tangent of s/2; polynomials of our own, which are off
   * by at most 1.7e-8 (F32) and 8e-18 (F64) of it.
   */
  static DoubleVector log1pOf(DoubleVector m) {
    DoubleVector p = scaled(m);
    DoubleVector s = p.mul(2 * UNSCALE).div(p.fma(UNSCALE, (double) 2));
    DoubleVector z = s.mul(s);
    DoubleVector z2 = z.mul(z);
    DoubleVector q;
    if (LONG_SERIES) {
      q = z.fma((double) 7.707617574664846e-8, (double) 1.6786076519288395e-7);
      q = q.fma(z2, z.fma((double) 9.156091926262446e-7, (double) 4.063154360856609e-6));
      q = q.fma(z2, z.fma((double) 1.8781213458201444e-5, (double) 8.877826873111747e-5));
      q = q.fma(z2, z.fma((double) 4.3402778744976295e-4, (double) 2.2321428568053718e-3));
      q = q.fma(z2, z.fma((double) 1.2500000000004558e-2, (double) 8.333333333333333e-2));
    } else {
      q = z.fma((double) 5.2444332075853812e-4, (double) 2.2059859222898814e-3);
      q = q.fma(z2, z.fma((double) 1.2502362701534752e-2, (double) 8.333330042087405e-2));
    }
    return q.fma(z.mul(s), s);
  }
}
