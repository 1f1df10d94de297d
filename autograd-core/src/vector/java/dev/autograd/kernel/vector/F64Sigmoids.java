package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LN2_HIGH;
import static dev.autograd.kernel.vector.F64Bits.LN2_LOW;
import static dev.autograd.kernel.vector.F64Bits.LOG2_E;
import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER_BITS;
import static dev.autograd.kernel.vector.F64Bits.SIGN;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions made of a power of e, x at {@code from} going to out at {@code to}. Sigmoid and tanh,
 * which are used most, compute the power in their own loop: written out, since a vector that
 * crosses a call becomes an object. The others find in {@code e}, for each element of a block, what
 * earlier loops made.
 *
 * <p>Where it may be subnormal while x times it is not, {@code e} is its root, multiplied twice.
 */
final class F64Sigmoids {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** The factor λ of selu, and its product with α. */
  static final double SELU_SCALE = (double) 1.0507009873554805;

  static final double SELU_SCALE_ALPHA = (double) 1.7580993408473766;

  /** From here on the hyperbolic tangent is 1 to the last bit, in either type. */
  private static final double ONE_FROM = (double) 20;

  private F64Sigmoids() {}

  /** Computes 1 / (1 + e⁻ˣ) from e^-|x|, which is computed as in {@link F64Exponentials#exp}. */
  static void sigmoid(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector m = v.abs().neg();
      DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), m);
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
      DoubleVector e = q.fma(r.mul(r), r).add((double) 1);
      LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
      LongVector half = exponent.lanewise(ASHR, 1);
      LongVector rest = exponent.sub(half).add(Double.MAX_EXPONENT);
      e = e.mul(half.add(Double.MAX_EXPONENT).lanewise(LSHL, STORED).reinterpretAsDoubles());
      e = e.mul(rest.lanewise(LSHL, STORED).reinterpretAsDoubles());
      e = e.blend((double) 0, m.compare(LT, (double) -Double.MAX_EXPONENT));
      one.blend(e, v.compare(LT, (double) 0)).div(e.add((double) 1)).intoArray(out, to + i);
    }
  }

  /** Computes x / (1 + e⁻ᶻ) from e^-|z/2|, where z has the sign of x. */
  static void silu(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector top = v.blend(v.mul(root).mul(root), v.compare(LT, (double) 0));
      top.div(root.mul(root).add((double) 1)).intoArray(out, to + i);
    }
  }

  /**
   * Computes the hyperbolic tangent h / (1 + h) from h = (e^2|x| - 1) / 2, which is computed as in
   * {@link F64Exponentials#expm1}, so that nothing cancels near 0. It is written as h - h (h / (1 +
   * h)), and as 1 - 1 / (1 + h) from h = 1 on, where what is rounded is the smaller part; x gives
   * the sign.
   */
  static void tanh(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector m = v.abs().min(ONE_FROM).mul((double) 2);
      DoubleVector shifted = m.fma(LOG2_E, ROUNDER);
      DoubleVector power = shifted.sub(ROUNDER);
      DoubleVector r = power.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), m);
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
      DoubleVector small = q.fma(r.mul(r), r);
      LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
      LongVector biased = exponent.add(Double.MAX_EXPONENT - 1).lanewise(LSHL, STORED);
      DoubleVector halfPower = biased.reinterpretAsDoubles();
      DoubleVector h = small.fma(halfPower, halfPower.sub((double) 0.5));
      DoubleVector whole = h.blend((double) 1, h.compare(GE, (double) 1));
      DoubleVector part = whole.div(h.add((double) 1));
      LongVector result = whole.neg().fma(part, whole).reinterpretAsLongs();
      LongVector sign = v.reinterpretAsLongs().and(SIGN);
      result.or(sign).reinterpretAsDoubles().intoArray(out, to + i);
    }
  }

  /**
   * Computes x tanh(log(1 + eˣ)) from e^-|x/2|. With n = eˣ the tangent is n (n + 2) / (n (n + 2) +
   * 2); both are multiplied by e^-2x where x is positive.
   */
  static void mish(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector power = root.mul(root);
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector tall = power.add((double) 2);
      DoubleVector low = power.add(power).add((double) 1);
      DoubleVector bottom =
          low.add(power.mul(power).mul((double) 2))
              .blend(power.mul(tall).add((double) 2), negative);
      DoubleVector top = v.mul(low).blend(v.mul(root).mul(root.mul(tall)), negative);
      top.div(bottom).intoArray(out, to + i);
    }
  }

  /** Computes max(x, 0) + e from e = log(1 + e^-|x|). */
  static void softplus(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      v.max((double) 0).add(DoubleVector.fromArray(SPECIES, e, i)).intoArray(out, to + i);
    }
  }

  /** Computes -(max(-x, 0) + e) from e = log(1 + e^-|x|). */
  static void logSigmoid(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      v.neg()
          .max((double) 0)
          .add(DoubleVector.fromArray(SPECIES, e, i))
          .neg()
          .intoArray(out, to + i);
    }
  }

  /** Computes λ x where x is positive, else λ α e from e = eˣ - 1. */
  static void selu(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector below = DoubleVector.fromArray(SPECIES, e, i).mul(SELU_SCALE_ALPHA);
      below.blend(v.mul(SELU_SCALE), v.compare(GT, (double) 0)).intoArray(out, to + i);
    }
  }

  /** Computes x where x is positive, else y e from e = eˣ - 1. */
  static void elu(double[] x, int xo, double[] y, int yo, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector below = w.mul(DoubleVector.fromArray(SPECIES, e, i));
      below.blend(v, v.compare(GT, (double) 0)).intoArray(out, to + i);
    }
  }

  /** Computes max(x, 0) (1 - y) + max(-x, 0) y + e from e = log(1 + e^-|x|). */
  static void bceWithLogits(
      double[] x, int xo, double[] y, int yo, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector above = v.max((double) 0).mul(DoubleVector.broadcast(SPECIES, 1).sub(w));
      DoubleVector below = v.neg().max((double) 0).mul(w);
      above.add(below).add(DoubleVector.fromArray(SPECIES, e, i)).intoArray(out, to + i);
    }
  }
}
