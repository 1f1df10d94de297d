package dev.autograd.kernel.vector;

import static dev.autograd.kernel.vector.F64Bits.UNSCALE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers of e of exponents whose rounding error the power would magnify: the error is computed and
 * multiplied to the power. For loops to call first, as the methods of {@link F64Powers}.
 */
final class F64Arguments {

  private static final VectorSpecies<Double> SPECIES = F64Tile.SPECIES;

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

  /** Returns the root of e^-|z| with the cubic z = √(8/π) (x + 0.044715 x³). */
  static DoubleVector rootOfCubic(DoubleVector x) {
    DoubleVector v = x.abs();
    DoubleVector m = v.blend(CUBIC_BORDER, v.compare(GT, CUBIC_BORDER));
    DoubleVector square = m.mul(m);
    DoubleVector cubic = square.mul(CUBIC);
    DoubleVector sum = cubic.add(LINEAR);
    DoubleVector z = m.mul(sum);
    DoubleVector root = F64Powers.scaled(z.mul((double) -0.5)).mul(UNSCALE);
    DoubleVector addend = sum.sub(LINEAR);
    DoubleVector ofSum = DoubleVector.broadcast(SPECIES, LINEAR).sub(sum.sub(addend));
    ofSum = ofSum.add(cubic.sub(addend));
    DoubleVector factor = DoubleVector.broadcast(SPECIES, CUBIC);
    DoubleVector ofCubic = square.fma(factor, cubic.neg());
    ofCubic = m.fma(m, square.neg()).fma(factor, ofCubic);
    DoubleVector ofConstants = square.fma(CUBIC_REST, LINEAR_REST);
    DoubleVector lost = ofSum.add(ofCubic.add(ofConstants));
    DoubleVector rest = m.fma(lost, m.fma(sum, z.neg())).mul((double) -0.5);
    return root.fma(rest, root);
  }

  /** Returns e^(-f x²) times the factor of {@link F64Bits#SCALE_EXPONENT}. */
  static DoubleVector scaledOfSquare(DoubleVector x, double f) {
    DoubleVector m = clamped(x);
    DoubleVector square = m.mul(m);
    DoubleVector power = F64Powers.scaled(square.mul(-f));
    DoubleVector rest = m.fma(m, square.neg()).mul(-f);
    return power.fma(rest, power);
  }

  /** Returns |x|, or {@link #SQUARE_BORDER} beyond it. */
  static DoubleVector clamped(DoubleVector x) {
    DoubleVector m = x.abs();
    return m.blend(SQUARE_BORDER, m.compare(GT, SQUARE_BORDER));
  }
}
