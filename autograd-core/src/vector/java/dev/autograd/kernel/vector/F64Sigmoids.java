package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.SIGN;
import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Functions made of one power of e, x at {@code from} going to out at {@code to}. */
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

  /** Computes 1 / (1 + e⁻ˣ) from p = e^-|x|. */
  static void sigmoid(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector unscale = DoubleVector.broadcast(SPECIES, UNSCALE);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector p = F64Powers.scaled(v.abs().neg());
      DoubleVector top = one.blend(p.mul(unscale), v.compare(LT, (double) 0));
      top.div(p.fma(unscale, one)).intoArray(out, to + i);
    }
  }

  /** Computes x / (1 + e⁻ˣ) from p = e^-|x|, which is multiplied before it may be subnormal. */
  static void silu(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector unscale = DoubleVector.broadcast(SPECIES, UNSCALE);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector p = F64Powers.scaled(v.abs().neg());
      DoubleVector top = v.blend(v.mul(p).mul(unscale), v.compare(LT, (double) 0));
      top.div(p.fma(unscale, one)).intoArray(out, to + i);
    }
  }

  /** Computes x / (1 + e⁻ᶻ) with the cubic z of x, from the root of e^-|z|. */
  static void geluTanh(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector root = F64Arguments.rootOfCubic(v);
      DoubleVector top = v.blend(v.mul(root).mul(root), v.compare(LT, (double) 0));
      top.div(root.fma(root, one)).intoArray(out, to + i);
    }
  }

  /**
   * Computes the hyperbolic tangent h / (1 + h) from h = (e^2|x| - 1) / 2. It is written as h - h
   * (h / (1 + h)), and as 1 - 1 / (1 + h) where h is above 1: what is rounded is the smaller part.
   * The sign is that of x.
   */
  static void tanh(double[] x, int from, double[] out, int to, int n) {
    DoubleVector minusOne = DoubleVector.broadcast(SPECIES, -1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector m = v.abs();
      DoubleVector h = F64Powers.halfOfLessOne(m.add(m));
      DoubleVector whole = h.blend((double) 1, m.compare(GT, HALF_LN3));
      DoubleVector part = whole.div(minusOne.sub(h));
      DoubleVector result = whole.fma(part, whole).blend((double) 1, m.compare(GT, ONE_FROM));
      LongVector sign = v.reinterpretAsLongs().and(SIGN);
      result.reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(out, to + i);
    }
  }

  /**
   * Computes x tanh(log(1 + eˣ)) from p = e^-|x|. With n = eˣ the tangent is n (n + 2) / (n (n + 2)
   * + 2); where x is not negative, and p = 1/n, both are multiplied by p².
   */
  static void mish(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector scaled = F64Powers.scaled(v.abs().neg());
      DoubleVector p = scaled.mul(UNSCALE);
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector slope = two.blend(one, negative);
      DoubleVector offset = one.blend(two, negative);
      DoubleVector top = v.blend(v.mul(scaled), negative).mul(p.fma(slope, offset));
      top = top.blend(top.mul(UNSCALE), negative);
      top.div(p.fma(p.fma(slope, two), offset)).intoArray(out, to + i);
    }
  }

  /** Computes log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|). */
  static void softplus(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector rest = F64Powers.log1pOf(v.abs().neg());
      v.blend((double) 0, v.compare(LT, (double) 0)).add(rest).intoArray(out, to + i);
    }
  }

  /** Computes -log(1 + e⁻ˣ) = -(max(-x, 0) + log(1 + e^-|x|)). */
  static void logSigmoid(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector rest = F64Powers.log1pOf(v.abs().neg());
      DoubleVector below = v.neg().blend((double) 0, v.compare(GT, (double) 0));
      below.add(rest).neg().intoArray(out, to + i);
    }
  }

  /** Computes λ x where x is not negative, else λ α (eˣ - 1). */
  static void selu(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector below = F64Powers.lessOne(v).mul(SELU_SCALE_ALPHA);
      below.blend(v.mul(SELU_SCALE), v.compare(GE, (double) 0)).intoArray(out, to + i);
    }
  }

  /** Computes x where x is positive, else y (eˣ - 1). */
  static void elu(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector less = F64Powers.lessOne(v).blend(v, v.compare(EQ, (double) 0));
      DoubleVector below = DoubleVector.fromArray(SPECIES, y, yo + i).mul(less);
      below.blend(v, v.compare(GT, (double) 0)).intoArray(out, to + i);
    }
  }

  /** Computes max(x, 0) (1 - y) + max(-x, 0) y + log(1 + e^-|x|). */
  static void bceWithLogits(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector rest = F64Powers.log1pOf(v.abs().neg());
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector above = v.blend((double) 0, v.compare(LT, (double) 0)).mul(one.sub(w));
      DoubleVector below = v.neg().blend((double) 0, v.compare(GT, (double) 0)).mul(w);
      above.add(below).add(rest).intoArray(out, to + i);
    }
  }
}
