package dev.autograd;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The decimals that stand for a finite binary floating-point number: as few digits as tell it from
 * its neighbours, and among those the ones nearest to it. {@link Double#toString} is no substitute,
 * for it prints a digit too many for some numbers before JDK 19.
 *
 * @param value the number; a float is given as the double of the same value
 * @param single whether the neighbours are those among the floats
 */
record ShortestDecimal(double value, boolean single) {

  /**
   * Returns the shortest magnitude, but rounded if it has more than so many digits after the point.
   */
  BigDecimal magnitude(int mostFractionDigits) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal exact = exact();
    int scale = -exponent(exact);
    // At 17 digits one of the two is the number's at the latest.
    while (scale < mostFractionDigits
        && !standsFor(below(exact, scale))
        && !standsFor(above(exact, scale))) {
      scale++;
    }
    return rounded(Math.min(scale, mostFractionDigits));
  }

  /**
   * Returns the shortest magnitude, but rounded if it has more than so many digits after the first.
   */
  BigDecimal significant(int mostDigitsAfterFirst) {
    return value == 0 ? BigDecimal.ZERO : magnitude(mostDigitsAfterFirst - exponent(exact()));
  }

  /** Returns the magnitude with exactly so many digits after the first, rounded or filled up. */
  BigDecimal filled(int digitsAfterFirst) {
    return value == 0 ? BigDecimal.ZERO : rounded(digitsAfterFirst - exponent(exact()));
  }

  /** Returns the power of ten of a decimal's first digit; 0 for 0. */
  static int exponent(BigDecimal decimal) {
    return decimal.signum() == 0 ? 0 : decimal.precision() - decimal.scale() - 1;
  }

  private BigDecimal exact() {
    return new BigDecimal(Math.abs(value));
  }

  /**
   * Returns the neighbour at a scale that reads back as the number; the nearer if none or both do.
   */
  private BigDecimal rounded(int scale) {
    BigDecimal exact = exact();
    BigDecimal below = below(exact, scale);
    BigDecimal above = above(exact, scale);
    // Under a power of two floats lie closer, so the nearer neighbour may be the wrong one.
    boolean down = standsFor(below);
    if (down != standsFor(above)) {
      return down ? below : above;
    }
    return exact.setScale(scale, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal below(BigDecimal exact, int scale) {
    return exact.setScale(scale, RoundingMode.DOWN);
  }

  private static BigDecimal above(BigDecimal exact, int scale) {
    return below(exact, scale).add(BigDecimal.valueOf(1, scale));
  }

  private boolean standsFor(BigDecimal decimal) {
    double magnitude = Math.abs(value);
    return single ? decimal.floatValue() == (float) magnitude : decimal.doubleValue() == magnitude;
  }
}
