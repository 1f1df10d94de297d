package dev.autograd.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Binary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of two numbers that plain Java computes in two loops, because an exception has to
 * be made of some elements: here a mask makes it in one. The bits are those of the plain loops.
 *
 * <p>Sums, products and the like are not here: C2 vectorises the plain loops just as well.
 */
final class F64Exceptions {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** Elements from which vectors are used. */
  private static final int LEAST = 64;

  private F64Exceptions() {}

  /** Returns whether a function is computed here: of so many pairs, and none of them broadcast. */
  static boolean has(Binary op, Broadcast plan, int n) {
    return plan.dims().length == 1
        && n >= LEAST
        && plan.leftStrides()[0] == 1
        && plan.rightStrides()[0] == 1
        && switch (op) {
          case CHAIN, CHAIN_BOTH, CHAIN_DIV, RATIO, TANH_GRAD, SIGMOID_GRAD, RELU_GRAD -> true;
          default -> false;
        };
  }

  static void zip(Binary op, double[] x, double[] y, double[] out, int from, int to) {
    int whole = to - (to - from) % LANES;
    apply(op, x, y, out, from, whole);
    if (whole < to) {
      double[] left = new double[LANES];
      double[] right = new double[LANES];
      double[] result = new double[LANES];
      System.arraycopy(x, whole, left, 0, to - whole);
      System.arraycopy(y, whole, right, 0, to - whole);
      apply(op, left, right, result, 0, LANES);
      System.arraycopy(result, 0, out, whole, to - whole);
    }
  }

  private static void apply(Binary op, double[] x, double[] y, double[] out, int from, int to) {
    switch (op) {
      case CHAIN -> chain(x, y, out, from, to);
      case CHAIN_BOTH -> chainBoth(x, y, out, from, to);
      case CHAIN_DIV -> chainDiv(x, y, out, from, to);
      case RATIO -> ratio(x, y, out, from, to);
      case TANH_GRAD -> tanhGrad(x, y, out, from, to);
      case SIGMOID_GRAD -> sigmoidGrad(x, y, out, from, to);
      case RELU_GRAD -> reluGrad(x, y, out, from, to);
      default -> throw new IllegalArgumentException(op + " has no loop here");
    }
  }

  private static void chain(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector product = v.mul(w);
      product
          .blend((double) 0, product.compare(NE, product).and(v.compare(EQ, (double) 0)))
          .intoArray(out, i);
    }
  }

  private static void chainBoth(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector product = v.mul(w);
      VectorMask<Double> zero = v.compare(EQ, (double) 0).or(w.compare(EQ, (double) 0));
      product.blend((double) 0, product.compare(NE, product).and(zero)).intoArray(out, i);
    }
  }

  private static void chainDiv(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector quotient = v.div(w);
      quotient
          .blend((double) 0, quotient.compare(NE, quotient).and(v.compare(EQ, (double) 0)))
          .intoArray(out, i);
    }
  }

  private static void ratio(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      v.div(w).blend((double) 0, w.compare(EQ, (double) 0)).intoArray(out, i);
    }
  }

  private static void tanhGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector slope = w.neg().fma(w, DoubleVector.broadcast(SPECIES, (double) 1));
      DoubleVector product = v.mul(slope);
      product
          .blend((double) 0, product.compare(NE, product).and(v.compare(EQ, (double) 0)))
          .intoArray(out, i);
    }
  }

  private static void sigmoidGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      DoubleVector product = v.mul(w).mul(DoubleVector.broadcast(SPECIES, (double) 1).sub(w));
      product
          .blend((double) 0, product.compare(NE, product).and(v.compare(EQ, (double) 0)))
          .intoArray(out, i);
    }
  }

  private static void reluGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, i);
      VectorMask<Double> invalid = w.compare(NE, w).and(v.compare(NE, (double) 0));
      v.add((double) 0)
          .blend((double) 0, w.compare(EQ, (double) 0))
          .blend(Double.NaN, invalid)
          .intoArray(out, i);
    }
  }
}
