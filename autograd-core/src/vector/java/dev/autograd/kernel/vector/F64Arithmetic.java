package dev.autograd.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What C2 vectorises by itself where all operands lie dense, for pairs of which one repeats: here
 * operands may begin anywhere, and nothing has to be copied. The bits are those of the plain loops.
 */
final class F64Arithmetic {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private F64Arithmetic() {}

  static void add(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.add(DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void sub(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.sub(DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void mul(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.mul(DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void div(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.div(DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void maximum(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.max(DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void minimum(double[] x, int xo, double[] y, int yo, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.min(DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }
}
