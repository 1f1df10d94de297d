package dev.autograd.kernel.vector;

import dev.autograd.kernel.Unary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Smooth functions by polynomials and rational functions of our own, in the precision of the
 * element. Only additions, multiplications, divisions, fused multiply-adds and operations on bits
 * are used, all of which round as IEEE 754 says, so that results are the same bits on every
 * processor, interpreted and compiled.
 *
 * <p>Largest errors found against the exact value, in units in the last place, F32 over every 977th
 * number and F64 over a sample: {@code EXP} 1, {@code LOG} 1, {@code SIGMOID} 3, {@code TANH} 2,
 * {@code SILU} 4. Subnormal arguments and results are handled; NaN, ±∞ and ±0 give what {@link
 * Math} gives.
 *
 * <p>Each loop is written out: C2 does not inline our own methods into one of this size, and a
 * vector that crosses a call becomes an object (ten times the cost). What is made of a power of e
 * works on blocks, in three loops.
 */
final class F64Smooth {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** Bits of the significand that are stored. */
  private static final int STORED = Long.numberOfTrailingZeros(bits(Double.MIN_NORMAL));

  /** Added to a number and taken off again it rounds to an integer, which is in the low bits. */
  private static final double ROUNDER = (double) (3L << (STORED - 1));

  private static final /* bits */ long ROUNDER_BITS = bits(ROUNDER);
  private static final /* bits */ long ROOT_HALF = bits((double) Math.sqrt((double) 0.5));
  private static final /* bits */ long SIGNIFICAND = bits(Double.MIN_NORMAL) - 1;

  private static final double LOG2_E = (double) 1.4426950408889634;

  /** ln 2 in two parts, the first with so few bits that its products with exponents are exact. */
  private static final double LN2_HIGH = (double) 0.693359375;

  private static final double LN2_LOW = (double) -2.1219444005469057e-4;

  /** Whether the element needs the terms that F32 does not notice. */
  private static final boolean LONG_SERIES = STORED > Float.SIZE;

  /** Elements per block: few enough for the first cache. */
  private static final int BLOCK = 512;

  private F64Smooth() {}

  private static /* bits */ long bits(double x) {
    return Double.doubleToRawLongBits(x);
  }

  /** Returns whether there is a loop for a function here. */
  static boolean has(Unary op) {
    return switch (op) {
      case EXP, LOG, TANH, SIGMOID -> true;
      // In F64 the loops below have a subnormal factor next to the smallest results, and so less
      // digits.
      case SILU -> !LONG_SERIES;
      default -> false;
    };
  }

  /**
   * Computes {@code out[i] = op(x[i])} for a range of i whose length is a multiple of the lanes.
   */
  static void map(Unary op, double[] x, double[] out, int from, int to) {
    if (op == Unary.EXP) {
      exp(x, from, out, from, to - from);
      return;
    }
    if (op == Unary.LOG) {
      log(x, out, from, to);
      return;
    }
    double[] e = new double[Math.min(to - from, BLOCK)];
    for (int start = from; start < to; start += BLOCK) {
      int count = Math.min(to - start, BLOCK);
      magnitudes(x, start, factor(op), e, count);
      exp(e, 0, e, 0, count);
      switch (op) {
        case TANH -> tanh(x, start, e, out, count);
        case SIGMOID -> sigmoid(x, start, e, out, count);
        case SILU -> silu(x, start, e, out, count);
        default -> throw new IllegalArgumentException(op + " has no loop here");
      }
    }
  }

  /** Returns the factor of |x| in the power of e that a function is made of. */
  private static double factor(Unary op) {
    return switch (op) {
      case TANH -> 2;
      case SILU -> (double) -0.5;
      default -> -1;
    };
  }

  private static void magnitudes(double[] x, int from, double factor, double[] out, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector.fromArray(SPECIES, x, from + i).abs().mul(factor).intoArray(out, i);
    }
  }

  /**
   * Computes eˣ = 2ⁿ e^r with |r| ≤ ln 2 / 2, and e^r by its Taylor series. The power of two is
   * multiplied in two halves, neither of which over- or underflows.
   */
  static void exp(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector shifted = v.fma(LOG2_E, ROUNDER);
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), v);
      r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
      DoubleVector q = DoubleVector.broadcast(SPECIES, (double) (1 / 5040.0));
      if (LONG_SERIES) {
        q = r.fma((double) (1 / 6227020800.0), (double) (1 / 479001600.0));
        q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 39916800.0)));
        q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 3628800.0)));
        q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 362880.0)));
        q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 40320.0)));
        q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 5040.0)));
      }
      q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 720.0)));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 120.0)));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 24.0)));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) (1 / 6.0)));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, (double) 0.5));
      DoubleVector result = q.fma(r.mul(r), r).add((double) 1);
      LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
      LongVector half = exponent.lanewise(VectorOperators.ASHR, 1);
      LongVector rest = exponent.sub(half).add(Double.MAX_EXPONENT);
      LongVector scale = half.add(Double.MAX_EXPONENT).lanewise(VectorOperators.LSHL, STORED);
      result = result.mul(scale.reinterpretAsDoubles());
      result = result.mul(rest.lanewise(VectorOperators.LSHL, STORED).reinterpretAsDoubles());
      result
          .blend((double) 0, v.compare(VectorOperators.LT, (double) -Double.MAX_EXPONENT))
          .blend(
              Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, (double) Double.MAX_EXPONENT))
          .intoArray(out, to + i);
    }
  }

  /** Computes 1 / (1 + e⁻ˣ) from e^-|x|. */
  private static void sigmoid(double[] x, int from, double[] e, double[] out, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector power = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector top = one.blend(power, v.compare(VectorOperators.LT, (double) 0));
      top.div(power.add((double) 1)).intoArray(out, from + i);
    }
  }

  /**
   * Computes x / (1 + e⁻ˣ) from e^-|x/2|, whose square may be subnormal where x times it is not.
   */
  private static void silu(double[] x, int from, double[] e, double[] out, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector top = v.blend(v.mul(root).mul(root), v.compare(VectorOperators.LT, (double) 0));
      top.div(root.mul(root).add((double) 1)).intoArray(out, from + i);
    }
  }

  /**
   * Computes the hyperbolic tangent from e^2|x|: near 0 by the rational approximation of W. J. Cody
   * and W. Waite, "Software Manual for the Elementary Functions" (1980), chapter 13; elsewhere 1 -
   * 2 / (e^2x + 1).
   */
  private static void tanh(double[] x, int from, double[] e, double[] out, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector m = v.abs();
      DoubleVector s = m.mul(m);
      DoubleVector p = s.fma((double) -0.9643749277722548, (double) -99.22592967223608);
      p = p.fma(s, DoubleVector.broadcast(SPECIES, (double) -1613.4119023996227));
      DoubleVector q = s.add((double) 112.74474380534949);
      q = q.fma(s, DoubleVector.broadcast(SPECIES, (double) 2233.7720718962314));
      q = q.fma(s, DoubleVector.broadcast(SPECIES, (double) 4840.235707198869));
      DoubleVector power = DoubleVector.fromArray(SPECIES, e, i);
      VectorMask<Double> far = m.compare(VectorOperators.GE, (double) 0.625);
      DoubleVector top = m.mul(s).mul(p).blend((double) -2, far);
      DoubleVector bottom = q.blend(power.add((double) 1), far);
      DoubleVector result = m.blend((double) 1, far).add(top.div(bottom));
      VectorMask<Double> negative = v.compare(VectorOperators.LT, (double) 0);
      result
          .blend(result.neg(), negative)
          .blend(v, v.compare(VectorOperators.EQ, (double) 0))
          .intoArray(out, from + i);
    }
  }

  /**
   * Computes the natural logarithm as in fdlibm ({@code e_log.c}, Sun Microsystems 1993): x = 2ⁿ (1
   * + f) with 1 + f between √½ and √2, and log(1 + f) by a polynomial in (f / (2 + f))².
   */
  private static void log(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      VectorMask<Double> small = v.compare(VectorOperators.LT, Double.MIN_NORMAL);
      DoubleVector scaled = v.blend(v.mul((double) (4L << STORED)), small);
      LongVector moved = scaled.reinterpretAsLongs().sub(ROOT_HALF);
      LongVector exponent = moved.lanewise(VectorOperators.ASHR, STORED).add(ROUNDER_BITS);
      DoubleVector power = exponent.reinterpretAsDoubles().sub(ROUNDER);
      power = power.blend(power.sub((double) (STORED + 2)), small);
      LongVector significand = moved.lanewise(VectorOperators.AND, SIGNIFICAND).add(ROOT_HALF);
      DoubleVector f = significand.reinterpretAsDoubles().sub((double) 1);
      DoubleVector s = f.div(f.add((double) 2));
      DoubleVector z = s.mul(s);
      DoubleVector q = DoubleVector.broadcast(SPECIES, (double) 2.222219843214978396e-01);
      if (LONG_SERIES) {
        q = z.fma((double) 1.479819860511658591e-01, (double) 1.531383769920937332e-01);
        q = q.fma(z, DoubleVector.broadcast(SPECIES, (double) 1.818357216161805012e-01));
        q = q.fma(z, DoubleVector.broadcast(SPECIES, (double) 2.222219843214978396e-01));
      }
      q = q.fma(z, DoubleVector.broadcast(SPECIES, (double) 2.857142874366239149e-01));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, (double) 3.999999999940941908e-01));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, (double) 6.666666666666735130e-01)).mul(z);
      DoubleVector halfSquare = f.mul(f).mul((double) 0.5);
      DoubleVector rest = s.mul(halfSquare.add(q)).add(power.mul(LN2_LOW));
      power.mul(LN2_HIGH).sub(halfSquare.sub(rest).sub(f)).intoArray(out, i);
      VectorMask<Double> valid =
          v.compare(VectorOperators.GT, (double) 0)
              .and(v.compare(VectorOperators.LE, Double.MAX_VALUE));
      if (!valid.allTrue()) {
        atTheEdges(x, out, i);
      }
    }
  }

  /** Gives the values at 0, below, at ∞ and at NaN, rare enough for a loop of branches. */
  private static void atTheEdges(double[] x, double[] out, int from) {
    for (int i = from; i < from + LANES; i++) {
      boolean valid = x[i] > 0 && x[i] <= Double.MAX_VALUE;
      if (!valid) {
        out[i] = (double) Math.log(x[i]);
      }
    }
  }
}
