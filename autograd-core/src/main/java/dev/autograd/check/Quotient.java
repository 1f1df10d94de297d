package dev.autograd.check;

/**
 * A central difference quotient, with what is known of its error.
 *
 * @param value {@code (f(x + h) - f(x - h)) / 2h}
 * @param rounding how far rounding may have moved it
 * @param spread how far it is from the quotient of twice the step: three times its truncation error
 *     on a smooth function; 0 where that was not needed
 * @param bend the fourth difference as a change of slope: next to nothing on a smooth function; 0
 *     where that was not needed
 */
record Quotient(double value, double rounding, double spread, double bend) {

  /** The part of the derivative below which a bound on the error is good enough. */
  private static final double SHARP = 1e-6;

  /** Returns how far the quotient may be from the derivative of a smooth function. */
  double bound() {
    return rounding + spread;
  }

  /**
   * Returns how much there is to say against this quotient; a bend counts, but widens no tolerance.
   */
  double doubt() {
    return bound() + bend;
  }

  /** Returns whether this decides about a claimed derivative to six digits. */
  boolean sharpFor(double claimed) {
    return doubt() <= SHARP * magnitude(claimed);
  }

  /** Returns whether a smaller step would be better. */
  boolean tooWide() {
    return spread > rounding;
  }

  /** Returns the larger magnitude of the quotient and a claimed derivative, if that is finite. */
  double magnitude(double claimed) {
    double own = Math.abs(value);
    return Double.isFinite(claimed) ? Math.max(own, Math.abs(claimed)) : own;
  }

  /**
   * Returns whether a kink or a jump of the function next to the inputs is as large as the
   * difference to a claimed derivative.
   */
  boolean bendsAsMuchAs(double difference) {
    return 1.5 * (bend + spread) >= difference;
  }
}
