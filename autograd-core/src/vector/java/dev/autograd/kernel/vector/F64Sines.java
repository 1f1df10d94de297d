package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ONE_BITS;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sines and cosines: x less the nearest multiple n of π/2, in three parts as in W. J. Cody and W.
 * Waite, "Software Manual for the Elementary Functions" (1980), chapter 8, and the polynomials of
 * fdlibm ({@code k_sin.c}, {@code k_cos.c}, Sun Microsystems 1993) in what is left, r.
 *
 * <p>With fused multiply-adds the first part has all bits of the type: x - n π₁ is a multiple of
 * the last place of π₁ or x, smaller than 1, and so exact. Numbers beyond {@link #BORDER}, for
 * which n is no longer certain, are computed by {@link Math}.
 */
final class F64Sines {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** The magnitude up to which n has few enough bits to be the nearest, or nearly. */
  private static final double BORDER = (double) (1L << (STORED - 6));

  private static final double TWO_BY_PI = (double) 0.6366197723675814;

  /** π/2, the sum of three numbers in double precision. */
  private static final /* wide */ double WIDE_HALF_PI = 1.5707963267948966;

  private static final /* wide */ double WIDE_REST = 6.123233995736766e-17;
  private static final /* wide */ double WIDE_LAST = -1.4973849048591833e-33;

  /** π/2 in three parts, each rounded to the element type. */
  private static final double FIRST = (double) WIDE_HALF_PI;

  private static final double SECOND = (double) (WIDE_HALF_PI - FIRST + WIDE_REST);
  private static final double THIRD =
      (double) (WIDE_HALF_PI - FIRST - SECOND + WIDE_REST + WIDE_LAST);

  private F64Sines() {}

  /** The highest coefficient that the element needs, of the sine and of the cosine. */
  private static final double TOP_OF_SINE =
      LONG_SERIES ? (double) 0 : (double) 2.75573137070700676789e-06;

  private static final double TOP_OF_COSINE =
      LONG_SERIES ? (double) -1.13596475577881948265e-11 : (double) 2.48015872894767294178e-05;

  static void sin(double[] x, int from, double[] out, int to, double[] e, int n) {
    turned(x, from, out, to, e, n, 0);
  }

  static void cos(double[] x, int from, double[] out, int to, double[] e, int n) {
    turned(x, from, out, to, e, n, 1);
  }

  /**
   * Computes the sine of x and some quarter turns: of r or of its cosine, whose polynomials have
   * one form, b + b r² p(r²) with b = r or 1.
   */
  private static void turned(
      double[] x, int from, double[] out, int to, double[] e, int n, int quarters) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector shifted = v.fma(TWO_BY_PI, ROUNDER);
      DoubleVector turns = shifted.sub(ROUNDER);
      DoubleVector r = turns.fma(DoubleVector.broadcast(SPECIES, -FIRST), v);
      r = turns.fma(DoubleVector.broadcast(SPECIES, -SECOND), r);
      r = turns.fma(DoubleVector.broadcast(SPECIES, -THIRD), r);
      LongVector quarter = shifted.add((double) quarters).reinterpretAsLongs();
      LongVector sign = quarter.lanewise(ASHR, 1).lanewise(LSHL, /* sign */ 63);
      LongVector parity = quarter.lanewise(LSHL, /* sign */ 63).lanewise(OR, ONE_BITS);
      VectorMask<Double> odd = parity.reinterpretAsDoubles().compare(LT, (double) 0);
      DoubleVector z = r.mul(r);
      DoubleVector z2 = z.mul(z);
      DoubleVector s3 = DoubleVector.broadcast(SPECIES, (double) -1.98412698298579493134e-04);
      s3 = s3.blend((double) -1.38888888888741095749e-03, odd);
      DoubleVector p = DoubleVector.broadcast(SPECIES, TOP_OF_SINE).blend(TOP_OF_COSINE, odd);
      if (LONG_SERIES) {
        DoubleVector s6 = DoubleVector.broadcast(SPECIES, (double) 1.58969099521155010221e-10);
        s6 = s6.blend((double) 2.08757232129817482790e-09, odd);
        DoubleVector s5 = DoubleVector.broadcast(SPECIES, (double) -2.50507602534068634195e-08);
        s5 = s5.blend((double) -2.75573143513906633035e-07, odd);
        DoubleVector s4 = DoubleVector.broadcast(SPECIES, (double) 2.75573137070700676789e-06);
        s4 = s4.blend((double) 2.48015872894767294178e-05, odd);
        p = p.fma(z2, s6.fma(z, s5)).fma(z2, s4.fma(z, s3));
      } else {
        p = p.fma(z, s3);
      }
      DoubleVector s2 = DoubleVector.broadcast(SPECIES, (double) 8.33333333332248946124e-03);
      s2 = s2.blend((double) 4.16666666666666019037e-02, odd);
      DoubleVector s1 = DoubleVector.broadcast(SPECIES, (double) -1.66666666666666324348e-01);
      s1 = s1.blend((double) -0.5, odd);
      p = p.fma(z2, s2.fma(z, s1));
      DoubleVector b = r.blend((double) 1, odd);
      // The reduction of -0 has lost the sign.
      DoubleVector result = b.mul(z).fma(p, b).blend(v, v.compare(EQ, (double) 0).andNot(odd));
      VectorMask<Double> near = v.abs().compare(LE, BORDER);
      v.intoArray(e, 0);
      result.reinterpretAsLongs().lanewise(XOR, sign).reinterpretAsDoubles().intoArray(out, to + i);
      if (!near.allTrue()) {
        beyond(e, out, to + i, quarters);
      }
    }
  }

  /** Computes again the numbers of a vector that are beyond the border. */
  private static void beyond(double[] e, double[] out, int to, int quarters) {
    for (int i = 0; i < LANES; i++) {
      if (Math.abs(e[i]) > BORDER) {
        out[to + i] = (double) (quarters == 0 ? Math.sin(e[i]) : Math.cos(e[i]));
      }
    }
  }
}
