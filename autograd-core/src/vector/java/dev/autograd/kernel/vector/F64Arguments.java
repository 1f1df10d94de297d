package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What powers of e are taken of, where it is too large to be rounded: what that loses, which the
 * power would magnify, is computed and multiplied to the power.
 */
final class F64Arguments {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;
  private static final int LANES = F64Tile.LANES;

  /** Beyond ±this, even e^(-x²/4) is 0 in double precision. */
  static final double SQUARE_BORDER = 64;

  /** Beyond ±this, the sigmoid of the cubic is 0 or 1. */
  static final double CUBIC_BORDER = 1000;

  /** √(8/π), and its product with 0.044715; each in two parts. */
  private static final /* wide */ double WIDE_LINEAR = 1.5957691216057308;

  private static final /* wide */ double WIDE_CUBIC = 0.07135481627260025;
  static final double LINEAR = (double) WIDE_LINEAR;
  static final double LINEAR_REST = (double) (WIDE_LINEAR - LINEAR + -9.96930880911092e-17);
  static final double CUBIC = (double) WIDE_CUBIC;
  static final double CUBIC_REST = (double) (WIDE_CUBIC - CUBIC + -6.175149918155315e-19);

  private F64Arguments() {}

  /** Computes |√(8/π) (x + 0.044715 x³)|. */
  static void cubic(double[] x, int from, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector m = DoubleVector.fromArray(SPECIES, x, from + i).abs();
      m = m.blend(CUBIC_BORDER, m.compare(GT, CUBIC_BORDER));
      m.mul(m.mul(m).mul(CUBIC).add(LINEAR)).intoArray(e, i);
    }
  }

  /**
   * Multiplies the root of e⁻ᶜ, {@link F64Exponentials#decay} of c/2 with c of {@link #cubic}, by
   * what the rounding of c lost.
   */
  static void repairCubic(double[] x, int from, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector m = DoubleVector.fromArray(SPECIES, x, from + i).abs();
      m = m.blend(CUBIC_BORDER, m.compare(GT, CUBIC_BORDER));
      DoubleVector square = m.mul(m);
      DoubleVector cubic = square.mul(CUBIC);
      DoubleVector sum = cubic.add(LINEAR);
      DoubleVector addend = sum.sub(LINEAR);
      DoubleVector ofSum = DoubleVector.broadcast(SPECIES, LINEAR).sub(sum.sub(addend));
      ofSum = ofSum.add(cubic.sub(addend));
      DoubleVector coefficient = DoubleVector.broadcast(SPECIES, CUBIC);
      DoubleVector ofProducts =
          m.fma(m, square.neg()).fma(coefficient, square.fma(coefficient, cubic.neg()));
      DoubleVector ofConstants = square.fma(CUBIC_REST, LINEAR_REST);
      DoubleVector lost = ofSum.add(ofProducts.add(ofConstants));
      DoubleVector rest = m.fma(lost, m.fma(sum, m.mul(sum).neg())).mul((double) -0.5);
      DoubleVector root = DoubleVector.fromArray(SPECIES, e, i).mul(UNSCALE);
      root.fma(rest, root).intoArray(e, i);
    }
  }

  /** Computes x². */
  static void square(double[] x, int from, double[] e, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector m = DoubleVector.fromArray(SPECIES, x, from + i).abs();
      m = m.blend(SQUARE_BORDER, m.compare(GT, SQUARE_BORDER));
      m.mul(m).intoArray(e, i);
    }
  }
}
