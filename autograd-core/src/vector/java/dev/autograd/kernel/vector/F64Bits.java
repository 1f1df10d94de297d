package dev.autograd.kernel.vector;

/** What the bits of an element mean, for functions that take exponents apart. */
final class F64Bits {

  /** Bits of the significand that are stored. */
  static final int STORED = Long.numberOfTrailingZeros(of(Double.MIN_NORMAL));

  /** Added to a number and taken off again it rounds to an integer, which is in the low bits. */
  static final double ROUNDER = (double) (3L << (STORED - 1));

  static final /* bits */ long ROUNDER_BITS = of(ROUNDER);

  static final /* bits */ long ONE_BITS = of((double) 1);

  /** Taken off a number's bits it leaves the exponent of the number times √2. */
  static final /* bits */ long ROOT_HALF = of((double) Math.sqrt((double) 0.5));

  static final /* bits */ long SIGN = of(-(double) 0);

  static final /* bits */ long SIGNIFICAND = of(Double.MIN_NORMAL) - 1;

  /** Whether the element needs the terms that F32 does not notice. */
  static final boolean LONG_SERIES = STORED > Float.SIZE;

  static final double LOG2_E = (double) 1.4426950408889634;

  /** ln 2 in two parts, the first with so few bits that its products with exponents are exact. */
  static final double LN2_HIGH = (double) 0.693359375;

  static final double LN2_LOW = (double) -2.1219444005469057e-4;

  /** A factor with which no power of e that counts is subnormal: 2 to this, 64 or 512. */
  static final int SCALE_EXPONENT = (Double.MAX_EXPONENT + 1) / 2;

  static final double UNSCALE = (double) Math.pow(2, -SCALE_EXPONENT);

  private F64Bits() {}

  private static /* bits */ long of(double x) {
    return Double.doubleToRawLongBits(x);
  }
}
