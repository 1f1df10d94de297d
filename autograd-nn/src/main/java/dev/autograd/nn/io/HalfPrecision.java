package dev.autograd.nn.io;

/** IEEE 754 binary16, which Java knows by itself from version 20 on. */
final class HalfPrecision {

  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;
  private static final int LARGEST_EXPONENT = 31;
  private static final int BIAS = 15;
  private static final int F32_FRACTION_BITS = 23;

  private HalfPrecision() {}

  /** Returns the number with the given bits, exactly; of NaN the payload is kept. */
  static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> FRACTION_BITS) & LARGEST_EXPONENT;
    int fraction = bits & FRACTION;
    if (exponent == 0) {
      // Zero or subnormal: fraction · 2^-24, which has a normal F32.
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int shift = F32_FRACTION_BITS - FRACTION_BITS;
    int wide = exponent == LARGEST_EXPONENT ? 0xff : exponent - BIAS + Float.MAX_EXPONENT;
    return Float.intBitsToFloat(sign | wide << F32_FRACTION_BITS | fraction << shift);
  }
}
