package dev.autograd.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of two numbers that plain Java computes in two loops, because an exception has to
 * be made of some elements: here a mask makes it in one. The bits are those of the plain loops.
 *
 * <p>Sums, products and the like are not here: C2 vectorises the plain loops just as well. Each
 * computes n results from {@code to} on, of x from {@code xo} and of y from {@code yo} on.
 */
final class F64Exceptions {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private F64Exceptions() {}

  static void chain(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector product = v.mul(w);
      product
          .blend((double) 0, product.compare(NE, product).and(v.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  static void chainBoth(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector product = v.mul(w);
      VectorMask<Double> zero = v.compare(EQ, (double) 0).or(w.compare(EQ, (double) 0));
      product.blend((double) 0, product.compare(NE, product).and(zero)).intoArray(out, to + i);
    }
  }

  static void chainDiv(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector quotient = v.div(w);
      quotient
          .blend((double) 0, quotient.compare(NE, quotient).and(v.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  static void ratio(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      v.div(w).blend((double) 0, w.compare(EQ, (double) 0)).intoArray(out, to + i);
    }
  }

  static void tanhGrad(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector slope = w.neg().fma(w, DoubleVector.broadcast(SPECIES, (double) 1));
      DoubleVector product = v.mul(slope);
      product
          .blend((double) 0, product.compare(NE, product).and(v.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  static void sigmoidGrad(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector product = v.mul(w).mul(DoubleVector.broadcast(SPECIES, (double) 1).sub(w));
      product
          .blend((double) 0, product.compare(NE, product).and(v.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  static void reluGrad(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      VectorMask<Double> invalid = w.compare(NE, w).and(v.compare(NE, (double) 0));
      v.add((double) 0)
          .blend((double) 0, w.compare(EQ, (double) 0))
          .blend(Double.NaN, invalid)
          .intoArray(out, to + i);
    }
  }

  static void logGrad(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector quotient = v.div(w).add((double) 0).blend(Double.NaN, w.compare(LT, (double) 0));
      quotient
          .blend((double) 0, quotient.compare(NE, quotient).and(v.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }

  static void leakyRelu(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector below = v.min((double) 0).mul(w);
      v.max((double) 0).add(below).blend(v, v.compare(GT, (double) 0)).intoArray(out, to + i);
    }
  }

  static void leakyReluSlope(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      w.add((double) 0)
          .blend((double) 1, v.compare(GT, (double) 0))
          .blend(Double.NaN, v.compare(NE, v))
          .intoArray(out, to + i);
    }
  }

  static void atLeast(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
      one.blend((double) 0, v.compare(LT, w))
          .blend(Double.NaN, v.compare(NE, v).or(w.compare(NE, w)))
          .intoArray(out, to + i);
    }
  }

  static void atMost(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
      one.blend((double) 0, v.compare(GT, w))
          .blend(Double.NaN, v.compare(NE, v).or(w.compare(NE, w)))
          .intoArray(out, to + i);
    }
  }

  static void maximumShare(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector half = DoubleVector.broadcast(SPECIES, (double) 0.5);
      VectorMask<Double> leftInvalid = v.compare(NE, v);
      VectorMask<Double> rightInvalid = w.compare(NE, w);
      half.blend((double) 1, v.compare(GT, w).or(leftInvalid.andNot(rightInvalid)))
          .blend((double) 0, v.compare(LT, w).or(rightInvalid.andNot(leftInvalid)))
          .intoArray(out, to + i);
    }
  }

  static void minimumShare(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector half = DoubleVector.broadcast(SPECIES, (double) 0.5);
      VectorMask<Double> leftInvalid = v.compare(NE, v);
      VectorMask<Double> rightInvalid = w.compare(NE, w);
      half.blend((double) 1, v.compare(LT, w).or(leftInvalid.andNot(rightInvalid)))
          .blend((double) 0, v.compare(GT, w).or(rightInvalid.andNot(leftInvalid)))
          .intoArray(out, to + i);
    }
  }
}
