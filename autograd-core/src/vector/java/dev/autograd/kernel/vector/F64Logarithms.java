package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.LN2_HIGH;
import static dev.autograd.kernel.vector.F64Bits.LN2_LOW;
import static dev.autograd.kernel.vector.F64Bits.LONG_SERIES;
import static dev.autograd.kernel.vector.F64Bits.ROOT_HALF;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER;
import static dev.autograd.kernel.vector.F64Bits.ROUNDER_BITS;
import static dev.autograd.kernel.vector.F64Bits.SIGNIFICAND;
import static dev.autograd.kernel.vector.F64Bits.STORED;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Natural logarithms as in fdlibm ({@code e_log.c}, Sun Microsystems 1993): x = 2ⁿ (1 + f) with 1 +
 * f between √½ and √2, and log(1 + f) by a polynomial in (f / (2 + f))². What is no number of this
 * form is put right afterwards, where there is one.
 */
final class F64Logarithms {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  private F64Logarithms() {}

  static void log(double[] x, int from, double[] out, int to, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      LongVector moved = v.reinterpretAsLongs().sub(ROOT_HALF);
      LongVector significand = moved.lanewise(AND, SIGNIFICAND).add(ROOT_HALF);
      DoubleVector f = significand.reinterpretAsDoubles().sub((double) 1);
      DoubleVector s = f.div(f.add((double) 2));
      DoubleVector z = s.mul(s);
      DoubleVector q = series(z);
      LongVector exponent = moved.lanewise(ASHR, STORED).add(ROUNDER_BITS);
      DoubleVector power = exponent.reinterpretAsDoubles().sub(ROUNDER);
      DoubleVector halfSquare = f.mul(f).mul((double) 0.5);
      DoubleVector rest = q.fma(z, halfSquare).mul(s).add(power.mul(LN2_LOW));
      DoubleVector high = DoubleVector.broadcast(SPECIES, LN2_HIGH);
      power.fma(high, f.sub(halfSquare.sub(rest))).intoArray(out, to + i);
      VectorMask<Double> valid =
          v.compare(GE, Double.MIN_NORMAL).and(v.compare(LE, Double.MAX_VALUE));
      if (!valid.allTrue()) {
        DoubleVector.fromArray(SPECIES, out, to + i)
            .blend(v, valid.not())
            .blend(Double.NaN, v.compare(LT, (double) 0))
            .blend(Double.NEGATIVE_INFINITY, v.compare(EQ, (double) 0))
            .intoArray(out, to + i);
        v.intoArray(e, 0);
        subnormals(e, out, to + i);
      }
    }
  }

  /** Computes again the numbers of a vector that are subnormal. */
  private static void subnormals(double[] e, double[] out, int to) {
    for (int i = 0; i < LANES; i++) {
      if (e[i] > 0 && e[i] < Double.MIN_NORMAL) {
        out[to + i] = (double) StrictMath.log(e[i]);
      }
    }
  }

  /** Returns the polynomial in z = (f / (2 + f))²; for loops to call early. */
  private static DoubleVector series(DoubleVector z) {
    DoubleVector z2 = z.mul(z);
    DoubleVector q = z.fma((double) 2.222219843214978396e-01, (double) 2.857142874366239149e-01);
    if (LONG_SERIES) {
      DoubleVector top =
          z.fma((double) 1.531383769920937332e-01, (double) 1.818357216161805012e-01);
      top = z2.fma(DoubleVector.broadcast(SPECIES, (double) 1.479819860511658591e-01), top);
      q = top.fma(z2, q);
    }
    return q.fma(z2, z.fma((double) 3.999999999940941908e-01, (double) 6.666666666666735130e-01));
  }

  /** Computes log(1 + x); what the rounding of u = 1 + x lost, over u, comes back. */
  static void log1p(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector u = v.add((double) 1);
      LongVector moved = u.reinterpretAsLongs().sub(ROOT_HALF);
      LongVector significand = moved.lanewise(AND, SIGNIFICAND).add(ROOT_HALF);
      DoubleVector f = significand.reinterpretAsDoubles().sub((double) 1);
      DoubleVector s = f.div(f.add((double) 2));
      DoubleVector z = s.mul(s);
      DoubleVector q = series(z);
      LongVector exponent = moved.lanewise(ASHR, STORED).add(ROUNDER_BITS);
      DoubleVector power = exponent.reinterpretAsDoubles().sub(ROUNDER);
      DoubleVector taken = u.sub(v);
      DoubleVector one = DoubleVector.broadcast(SPECIES, (double) 1);
      DoubleVector lost = one.sub(taken).add(v.sub(u.sub(taken)));
      DoubleVector low = power.fma(DoubleVector.broadcast(SPECIES, LN2_LOW), lost.div(u));
      DoubleVector halfSquare = f.mul(f).mul((double) 0.5);
      DoubleVector rest = q.fma(z, halfSquare).mul(s).add(low);
      DoubleVector high = DoubleVector.broadcast(SPECIES, LN2_HIGH);
      power.fma(high, f.sub(halfSquare.sub(rest))).intoArray(out, to + i);
      VectorMask<Double> valid =
          v.compare(GT, (double) -1)
              .and(v.compare(LE, Double.MAX_VALUE))
              .and(v.compare(NE, (double) 0));
      if (!valid.allTrue()) {
        DoubleVector.fromArray(SPECIES, out, to + i)
            .blend(v, valid.not())
            .blend(Double.NaN, v.compare(LT, (double) -1))
            .blend(Double.NEGATIVE_INFINITY, v.compare(EQ, (double) -1))
            .intoArray(out, to + i);
      }
    }
  }

  /** Computes max(x, -100). */
  static void clamp(double[] x, int from, double[] out, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector.fromArray(SPECIES, x, from + i).max((double) -100).intoArray(out, to + i);
    }
  }
}
