package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The normal distribution function and what is made of it. The tail of the distribution beyond |x|
 * is e^(-x²/2) h with h = e^(s²) erfc(s) / 2, s = |x| / √2, and this is smooth everywhere: one
 * polynomial in t = (s - k) / (s + k), divided by s + k, serves all numbers (after M. M. Shepherd
 * and J. G. Laframboise, "Chebyshev Approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞", 1981; k
 * and coefficients of our own).
 */
final class F64Normal {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private static final double SQRT_HALF = (double) 0.7071067811865476;

  /** 1/√(2π). */
  private static final double DENSITY_AT_0 = (double) 0.3989422804014327;

  private static final double K = (double) 2.5;

  private F64Normal() {}

  /** Computes h. */
  static void ratio(double[] x, int from, double[] out, int to, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector m = F64Arguments.clamped(DoubleVector.fromArray(SPECIES, x, from + i));
      DoubleVector w = one.div(m.fma(SQRT_HALF, K));
      // This is (s - k) / (s + k), without another division.
      DoubleVector t = w.fma(DoubleVector.broadcast(SPECIES, -2 * K), one);
      DoubleVector z = t.mul(t);
      DoubleVector z2 = z.mul(z);
      DoubleVector q;
      DoubleVector pair;
      if (LONG_SERIES) {
        DoubleVector top = t.fma((double) 2.0491098271490377e-09, (double) -1.634982084225321e-08);
        q = z.fma(DoubleVector.broadcast(SPECIES, (double) 1.719975157988509e-09), top);
        pair = t.fma((double) -3.280441399271684e-08, (double) 5.4678781732113766e-08);
        q =
            q.fma(
                z2,
                pair.fma(z, t.fma((double) 2.2029273099725837e-07, (double) 9.59056215400054e-09)));
        pair = t.fma((double) -9.779385325071906e-07, (double) -1.1732737826061633e-06);
        q =
            q.fma(
                z2,
                pair.fma(
                    z, t.fma((double) 3.3753138982473886e-06, (double) 9.124847652106153e-06)));
        pair = t.fma((double) -9.765494454984327e-06, (double) -5.6303065586168535e-05);
        q =
            q.fma(
                z2,
                pair.fma(
                    z, t.fma((double) 2.9153773396727456e-05, (double) 0.00035134696223021434)));
        pair = t.fma((double) -0.0002196041166024702, (double) -0.00240939277078126);
        q =
            q.fma(
                z2,
                pair.fma(z, t.fma((double) 0.004196522149987585, (double) 0.014180775066433905)));
        pair = t.fma((double) -0.08562557262298146, (double) 0.22695705832403978);
        q =
            q.fma(
                z2, pair.fma(z, t.fma((double) -0.40232592471957485, (double) 0.527015910152859)));
      } else {
        DoubleVector top = t.fma((double) 3.943129133265187e-05, (double) 0.0003235344478594648);
        q = z.fma(DoubleVector.broadcast(SPECIES, (double) -1.990444477284759e-05), top);
        pair = t.fma((double) -0.00023322510317753755, (double) -0.0024011135760009013);
        q =
            q.fma(
                z2,
                pair.fma(z, t.fma((double) 0.004201040476564467, (double) 0.014179693197876255)));
        pair = t.fma((double) -0.08562610373593549, (double) 0.22695711424722767);
        q =
            q.fma(
                z2, pair.fma(z, t.fma((double) -0.40232590821811387, (double) 0.527015909597031)));
      }
      q.mul(w).intoArray(out, to + i);
    }
  }

  /** Computes x Φ(x), which left of 0 is x times the tail, from h, which stands in {@code e}. */
  static void gelu(double[] x, int from, double[] out, int to, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector power = F64Arguments.scaledOfSquare(v, (double) 0.5);
      DoubleVector tail = power.mul(DoubleVector.fromArray(SPECIES, e, i));
      DoubleVector right = v.mul(tail.fma(-UNSCALE, (double) 1));
      right.blend(v.mul(tail).mul(UNSCALE), v.compare(LT, (double) 0)).intoArray(out, to + i);
    }
  }

  /** Computes x (Φ(y) + y φ(y)) from h of y, which stands in {@code e}; 0 where x is 0. */
  static void geluGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, y, yo + i);
      DoubleVector root = F64Arguments.scaledOfSquare(v, (double) 0.25).mul(UNSCALE);
      DoubleVector g = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector h = DoubleVector.fromArray(SPECIES, e, i);
      VectorMask<Double> negative = v.compare(LT, (double) 0);
      DoubleVector factor = v.mul(DENSITY_AT_0).add(h.neg().blend(h, negative));
      DoubleVector right = g.mul(root.mul(root).fma(factor, one));
      DoubleVector result = right.blend(g.mul(root).mul(factor).mul(root), negative);
      result
          .blend((double) 0, result.compare(NE, result).and(g.compare(EQ, (double) 0)))
          .intoArray(out, to + i);
    }
  }
}
