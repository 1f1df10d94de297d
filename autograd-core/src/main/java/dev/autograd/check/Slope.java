package dev.autograd.check;

/**
 * An extrapolated difference quotient, with what is known of its error.
 *
 * @param value the quotient
 * @param truncation how far it is from the one extrapolated once less: many times its error on a
 *     smooth function
 * @param rounding how far rounding may have moved it
 */
record Slope(double value, double truncation, double rounding) {

  /**
   * Rounding is allowed for up to this many of its standard deviations: the measured deviation may
   * be off by a factor of three, and the worst of many elements must pass.
   */
  static final double SAFETY = 16;

  /** Returns how far the quotient may be from the derivative of a smooth function. */
  double bound() {
    return truncation + rounding;
  }

  /** Returns the same with a larger bound. */
  Slope widened(double by) {
    return new Slope(value, truncation + by, rounding);
  }

  /** Returns whether a smaller step would be better. */
  boolean tooWide() {
    return truncation > rounding;
  }

  /** Returns the larger magnitude of the quotient and a claimed derivative, if that is finite. */
  double magnitude(double claimed) {
    return Double.isFinite(claimed)
        ? Math.max(Math.abs(value), Math.abs(claimed))
        : Math.abs(value);
  }

  /** Returns whether another slope is the same, as far as the bounds of both tell. */
  boolean agreesWith(Slope other) {
    return Math.abs(value - other.value) <= bound() + other.bound();
  }
}
