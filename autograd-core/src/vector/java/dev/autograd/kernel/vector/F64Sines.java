package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER_BITS;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sines and cosines: x less the nearest multiple n of π/2, in three parts as in W. J. Cody and W.
 * Waite, "Software Manual for the Elementary Functions" (1980), chapter 8, and the polynomials of
 * fdlibm ({@code k_sin.c}, {@code k_cos.c}, Sun Microsystems 1993) in what is left.
 *
 * <p>With fused multiply-adds the first part has all bits of the type: x - n π₁ is a multiple of
 * the last place of π₁ or x, smaller than 1, and so exact. What the second subtraction rounds off
 * is kept beside the rest. Numbers beyond {@link #BORDER}, for which n is no longer certain, are
 * computed by {@link Math}.
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

  static void sin(double[] x, int from, double[] out, int to, double[] e, int n) {
    System.arraycopy(x, from, e, 0, n);
    if (!turned(e, out, to, n, 0)) {
      for (int i = 0; i < n; i++) {
        if (Math.abs(e[i]) > BORDER) {
          out[to + i] = (double) Math.sin(e[i]);
        }
      }
    }
  }

  static void cos(double[] x, int from, double[] out, int to, double[] e, int n) {
    System.arraycopy(x, from, e, 0, n);
    if (!turned(e, out, to, n, 1)) {
      for (int i = 0; i < n; i++) {
        if (Math.abs(e[i]) > BORDER) {
          out[to + i] = (double) Math.cos(e[i]);
        }
      }
    }
  }

  /**
   * Computes the sine of x and some quarter turns; returns whether all numbers were inside of the
   * border.
   */
  private static boolean turned(double[] x, double[] out, int to, int n, int quarters) {
    boolean inside = true;
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      DoubleVector shifted = v.fma(TWO_BY_PI, ROUNDER);
      DoubleVector turns = shifted.sub(ROUNDER);
      DoubleVector exact = turns.fma(DoubleVector.broadcast(SPECIES, -FIRST), v);
      DoubleVector second = turns.mul(SECOND);
      DoubleVector r = exact.sub(second);
      DoubleVector low = turns.fma(DoubleVector.broadcast(SPECIES, -SECOND), second);
      low = exact.sub(r).sub(second).add(low);
      low = turns.fma(DoubleVector.broadcast(SPECIES, -THIRD), low);
      DoubleVector z = r.mul(r);
      DoubleVector cube = z.mul(r);

      DoubleVector s = DoubleVector.broadcast(SPECIES, (double) 2.75573137070700676789e-06);
      if (LONG_SERIES) {
        s = z.fma((double) 1.58969099521155010221e-10, (double) -2.50507602534068634195e-08);
        s = s.fma(z, DoubleVector.broadcast(SPECIES, (double) 2.75573137070700676789e-06));
      }
      s = s.fma(z, DoubleVector.broadcast(SPECIES, (double) -1.98412698298579493134e-04));
      s = s.fma(z, DoubleVector.broadcast(SPECIES, (double) 8.33333333332248946124e-03));
      DoubleVector bend = cube.mul(s).sub(low.mul((double) 0.5)).mul(z).add(low);
      DoubleVector third = DoubleVector.broadcast(SPECIES, (double) -1.66666666666666324348e-01);
      DoubleVector sine = r.add(cube.fma(third, bend)).blend(v, v.compare(EQ, (double) 0));

      DoubleVector c = DoubleVector.broadcast(SPECIES, (double) -2.75573143513906633035e-07);
      if (LONG_SERIES) {
        c = z.fma((double) -1.13596475577881948265e-11, (double) 2.08757232129817482790e-09);
        c = c.fma(z, DoubleVector.broadcast(SPECIES, (double) -2.75573143513906633035e-07));
      }
      c = c.fma(z, DoubleVector.broadcast(SPECIES, (double) 2.48015872894767294178e-05));
      c = c.fma(z, DoubleVector.broadcast(SPECIES, (double) -1.38888888888741095749e-03));
      c = c.fma(z, DoubleVector.broadcast(SPECIES, (double) 4.16666666666666019037e-02)).mul(z);
      DoubleVector half = z.mul((double) 0.5);
      DoubleVector one = DoubleVector.broadcast(SPECIES, (double) 1);
      DoubleVector most = one.sub(half);
      DoubleVector lost = one.sub(most).sub(half);
      DoubleVector cosine = most.add(lost.add(z.mul(c).sub(r.mul(low))));

      LongVector quarter = shifted.reinterpretAsLongs().sub(ROUNDER_BITS).add(quarters);
      LongVector odd = quarter.lanewise(LSHL, /* sign */ 63).lanewise(ASHR, /* sign */ 63);
      LongVector sign = quarter.lanewise(ASHR, 1).lanewise(LSHL, /* sign */ 63);
      LongVector bits = sine.reinterpretAsLongs();
      LongVector other = bits.lanewise(XOR, cosine.reinterpretAsLongs()).lanewise(AND, odd);
      bits.lanewise(XOR, other)
          .lanewise(XOR, sign)
          .reinterpretAsDoubles()
          .intoArray(out, to + i);
      VectorMask<Double> near = v.abs().compare(LE, BORDER);
      inside &= near.allTrue();
    }
    return inside;
  }
}
