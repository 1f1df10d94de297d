package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The normal distribution function and what is made of it, from r = e^(-x²/4), the root of its
 * power of e. The tail of the distribution beyond |x| is r² h with h = e^(s²) erfc(s) / 2, s = |x|
 * / √2, and this is smooth everywhere: one polynomial in t = (s - 3) / (s + 3), divided by 1 + 2 s,
 * serves all numbers (after M. M. Shepherd and J. G. Laframboise, "Chebyshev Approximation of (1 +
 * 2x) exp(x²) erfc x in 0 ≤ x < ∞", 1981; coefficients of our own).
 */
final class F64Normal {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private static final double SQRT_HALF = (double) 0.7071067811865476;

  /** 1/√(2π). */
  private static final double DENSITY_AT_0 = (double) 0.3989422804014327;

  /** 2/√π. */
  private F64Normal() {}

  /** Computes h. */
  static void tail(double[] x, int from, double[] h, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector s =
          DoubleVector.fromArray(SPECIES, x, from + i)
              .abs()
              .min(F64Arguments.SQUARE_BORDER)
              .mul(SQRT_HALF);
      DoubleVector t = s.sub((double) 3).div(s.add((double) 3));
      DoubleVector q;
      if (LONG_SERIES) {
        q = t.fma((double) -4.210104975119195e-09, (double) -8.500119502115306e-09);
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 3.29163439676632e-08));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 9.186243026143847e-08));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -1.311166137536459e-07));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -6.050048623933503e-07));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 3.4899197889744293e-07));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 3.463997532352904e-06));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -7.275875746667183e-07));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -2.009663087595395e-05));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 4.948147875576539e-06));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.00012509815174864322));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.00010515949033775975));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.0007798320379611115));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.001888690312003782));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.002529391788270445));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.02377051491423367));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.06830802734580459));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.11927366341552853));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.12964515870270552));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.047562294353446374));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.1356211061245807));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 1.2530080582697296));
      } else {
        q = t.fma((double) -0.00026900680224386126, (double) -0.0007758974229633464);
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.002009782326800982));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.0025729044604020654));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.023800059008716082));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.0682927481142939));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.11927094404742608));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 0.12964685753558736));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.04756237295495716));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) -0.13562115555162374));
        q = q.fma(t, DoubleVector.broadcast(SPECIES, (double) 1.2530080586227814));
      }
      q.div(s.fma((double) 4, (double) 2)).intoArray(h, to + i);
    }
  }

  /** Computes x Φ(x) from the root, and h which stands behind it. */
  static void gelu(double[] x, int from, double[] e, int h, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector tail = DoubleVector.fromArray(SPECIES, e, h + i);
      DoubleVector right = v.mul(one.sub(root.mul(root).mul(tail)));
      right
          .blend(v.mul(root).mul(tail).mul(root), v.compare(LT, (double) 0))
          .intoArray(out, to + i);
    }
  }

  /** Computes x (Φ(y) + y φ(y)) from the same; 0 where x is 0. */
  static void geluGrad(
      double[] x, int xo, double[] y, int yo, double[] e, int h, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i);
      DoubleVector tail = DoubleVector.fromArray(SPECIES, e, h + i);
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector factor = v.mul(DENSITY_AT_0).add(tail.neg().blend(tail, negative));
      DoubleVector right = g.mul(root.mul(root).fma(factor, one));
      DoubleVector result = right.blend(g.mul(root).mul(factor).mul(root), negative);
      result
          .blend((double) 0, result.compare(NE, result).and(g.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }
}
