package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradients x times the slope of a function at y, from the root of its power of e. The root is
 * multiplied to x before and after the slope's other factors, so that neither they nor a subnormal
 * power lose digits. A gradient of 0 stays 0, also against NaN.
 */
final class F64Slopes {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** From here on a gradient may overflow that a slope hardly above 1 multiplies. */
  private static final double LARGE = Double.MAX_VALUE / 1024;

  private F64Slopes() {}

  /** Returns whether a gradient is neither large nor NaN. */
  static boolean isModerate(double gradient) {
    return Math.abs(gradient) < LARGE;
  }

  /** Returns whether all of n gradients are {@link #isModerate}. */
  static boolean areModerate(double[] x, int from, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector size = DoubleVector.fromArray(SPECIES, x, from + i).abs();
      if (!size.compare(LT, LARGE).allTrue()) {
        return false;
      }
    }
    return true;
  }

  /** Returns the root of e^-|y|; for loops to call first. */
  private static DoubleVector root(DoubleVector y) {
    return F64Powers.scaled(y.abs().mul((double) -0.5)).mul(UNSCALE);
  }

  /** Computes x s (1 + y (1 - s)) with s = sigmoid(y), from e^-|y/2|. */
  static void silu(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector root = root(v);
      DoubleVector g = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector power = root.mul(root);
      DoubleVector p = one.div(power.add((double) 1));
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector other = power.mul(p).blend(p, negative);
      DoubleVector factor = v.fma(other, one).mul(p);
      DoubleVector outer = one.blend(root, negative);
      DoubleVector result = g.mul(outer).mul(factor).mul(outer);
      result
          .blend((double) 0, result.compare(NE, result).and(g.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  /** The same with the cubic z of y instead of y: x s (1 + y z' (1 - s)), s = sigmoid(z). */
  static void geluTanh(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector linear = DoubleVector.broadcast(SPECIES, F64Arguments.LINEAR);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector root = F64Arguments.rootOfCubic(v);
      DoubleVector g = DoubleVector.fromArray(SPECIES, x, xo + i);
      v = v.max(-F64Arguments.CUBIC_BORDER).min(F64Arguments.CUBIC_BORDER);
      DoubleVector slope = v.mul(v).mul(3 * F64Arguments.CUBIC).add(linear);
      DoubleVector power = root.mul(root);
      DoubleVector p = one.div(power.add((double) 1));
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector other = power.mul(p).blend(p, negative);
      DoubleVector factor = v.mul(slope).fma(other, one).mul(p);
      DoubleVector outer = one.blend(root, negative);
      DoubleVector result = g.mul(outer).mul(factor).mul(outer);
      result
          .blend((double) 0, result.compare(NE, result).and(g.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  /** Computes x times the slope of mish at y, from e^-|y/2|. */
  static void mish(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector root = root(v);
      DoubleVector g = DoubleVector.fromArray(SPECIES, x, xo + i);
      v = v.max(-F64Arguments.CUBIC_BORDER).min(F64Arguments.CUBIC_BORDER);
      DoubleVector power = root.mul(root);
      DoubleVector square = power.mul(power);
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector top = power.add(power).add((double) 1).blend(power.add((double) 2), negative);
      DoubleVector bottom =
          top.add(square.add(square)).blend(power.mul(top).add((double) 2), negative);
      DoubleVector rest =
          v.mul((double) 4).mul(power.add((double) 1)).mul(square.blend(one, negative));
      DoubleVector factor = top.mul(bottom).add(rest).div(bottom.mul(bottom));
      DoubleVector outer = one.blend(root, negative);
      DoubleVector result = g.mul(outer).mul(factor).mul(outer);
      result
          .blend((double) 0, result.compare(NE, result).and(g.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  /** Computes x λ where y is positive, else x λ α eʸ, from e^-|y/2|. */
  static void selu(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector root = root(v);
      DoubleVector g = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector below = g.mul(root).mul(root).mul(F64Sigmoids.SELU_SCALE_ALPHA);
      DoubleVector result = below.blend(g.mul(F64Sigmoids.SELU_SCALE), v.compare(GT, (double) 0));
      result
          .blend((double) 0, result.compare(NE, result).and(g.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }
}
