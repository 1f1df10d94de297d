package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LN2_HIGH;
import static dev.autograd.kernel.vector.F64Bits.LN2_LOW;
import static dev.autograd.kernel.vector.F64Bits.LOG2_E;
import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.SCALE_EXPONENT;
import static dev.autograd.kernel.vector.F64Bits.SIGN;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions made of a power of e, x at {@code from} going to out at {@code to}. Sigmoid and tanh,
 * which are used most, compute the power in their own loop; the others find in {@code e}, for each
 * element of a block, what loops of {@link F64Exponentials} made.
 */
final class F64Sigmoids {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** The factor λ of selu, and its product with α. */
  static final double SELU_SCALE = (double) 1.0507009873554805;

  static final double SELU_SCALE_ALPHA = (double) 1.7580993408473766;

  /** From here on the hyperbolic tangent is 1 to the last bit, in either type. */
  private static final double ONE_FROM = (double) 20;

  /** Where (e^2x - 1) / 2 is 1. */
  private static final double HALF_LN3 = (double) 0.5493061443340549;

  private F64Sigmoids() {}

  /** Computes 1 / (1 + e⁻ˣ) from e^-|x|, which is computed as in {@link F64Exponentials#decay}. */
  static void sigmoid(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector unscale = DoubleVector.broadcast(SPECIES, UNSCALE);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector m = v.abs().neg();
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
      DoubleVector top = one.blend(p.mul(unscale), v.compare(LT, (double) 0));
      top.div(p.fma(unscale, one)).intoArray(out, to + i);
    }
  }

  /**
   * Computes the hyperbolic tangent h / (1 + h) from h = (e^2|x| - 1) / 2, which is computed as in
   * {@link F64Exponentials#expm1}, so that nothing cancels near 0. It is written as h - h (h / (1 +
   * h)), and as 1 - 1 / (1 + h) where h is above 1: what is rounded is the smaller part. The sign
   * is that of x.
   */
  static void tanh(double[] x, int from, double[] out, int to, int n) {
    DoubleVector minusOne = DoubleVector.broadcast(SPECIES, -1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector a = v.abs();
      DoubleVector m = a.add(a);
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
      LongVector exponent = shifted.reinterpretAsLongs().add(Double.MAX_EXPONENT - 1);
      DoubleVector halfPower = exponent.lanewise(LSHL, STORED).reinterpretAsDoubles();
      DoubleVector h = small.fma(halfPower, halfPower.sub((double) 0.5));
      DoubleVector whole = h.blend((double) 1, a.compare(GT, HALF_LN3));
      DoubleVector part = whole.div(minusOne.sub(h));
      DoubleVector result = whole.fma(part, whole).blend((double) 1, a.compare(GT, ONE_FROM));
      LongVector sign = v.reinterpretAsLongs().and(SIGN);
      result.reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(out, to + i);
    }
  }

  /** Computes x / (1 + e⁻ˣ) from {@link F64Exponentials#decay} of x. */
  static void silu(double[] x, int from, double[] e, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector unscale = DoubleVector.broadcast(SPECIES, UNSCALE);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector p = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector top = v.blend(v.mul(p).mul(unscale), v.compare(LT, (double) 0));
      top.div(p.fma(unscale, one)).intoArray(out, to + i);
    }
  }

  /** Computes x / (1 + e⁻ᶻ), where z has the sign of x, from the root of e^-|z|. */
  static void geluTanh(double[] x, int from, double[] e, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector top = v.blend(v.mul(root).mul(root), v.compare(LT, (double) 0));
      top.div(root.fma(root, one)).intoArray(out, to + i);
    }
  }

  /**
   * Computes x tanh(log(1 + eˣ)) from {@link F64Exponentials#decay} of x, p. With n = eˣ the
   * tangent is n (n + 2) / (n (n + 2) + 2); where x is not negative, and p = 1/n, both are
   * multiplied by p².
   */
  static void mish(double[] x, int from, double[] e, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector scaled = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector p = scaled.mul(UNSCALE);
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector slope = two.blend(one, negative);
      DoubleVector offset = one.blend(two, negative);
      DoubleVector top = v.blend(v.mul(scaled), negative).mul(p.fma(slope, offset));
      top = top.blend(top.mul(UNSCALE), negative);
      top.div(p.fma(p.fma(slope, two), offset)).intoArray(out, to + i);
    }
  }

  /** Computes max(x, 0) + e from e = log(1 + e^-|x|). */
  static void softplus(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector above = v.blend((double) 0, v.compare(LT, (double) 0));
      above.add(DoubleVector.fromArray(SPECIES, e, i)).intoArray(out, to + i);
    }
  }

  /** Computes -(max(-x, 0) + e) from e = log(1 + e^-|x|). */
  static void logSigmoid(double[] x, int from, double[] e, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector below = v.neg().blend((double) 0, v.compare(GT, (double) 0));
      below.add(DoubleVector.fromArray(SPECIES, e, i)).neg().intoArray(out, to + i);
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
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector above = v.blend((double) 0, v.compare(LT, (double) 0)).mul(one.sub(w));
      DoubleVector below = v.neg().blend((double) 0, v.compare(GT, (double) 0)).mul(w);
      above.add(below).add(DoubleVector.fromArray(SPECIES, e, i)).intoArray(out, to + i);
    }
  }
}
