package dev.autograd.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Comparisons, and choices by what they gave. */
final class F64Masks {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private F64Masks() {}

  static void lt(double[] x, int xo, double[] y, int yo, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.compare(LT, DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void le(double[] x, int xo, double[] y, int yo, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.compare(LE, DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void eq(double[] x, int xo, double[] y, int yo, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.compare(EQ, DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void ne(double[] x, int xo, double[] y, int yo, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.compare(NE, DoubleVector.fromArray(SPECIES, y, yo + i)).intoArray(out, to + i);
    }
  }

  static void select(boolean[] mask, double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      VectorMask<Double> chosen = VectorMask.fromArray(SPECIES, mask, i);
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, i);
      v.blend(DoubleVector.fromArray(SPECIES, x, i), chosen).intoArray(out, i);
    }
  }
}
