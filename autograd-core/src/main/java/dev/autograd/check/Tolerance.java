package dev.autograd.check;

/**
 * How far a claimed derivative may be from a difference quotient.
 *
 * @param relative the part of the larger of the two
 * @param absolute what is allowed on top
 */
record Tolerance(double relative, double absolute) {

  /** Returns the distance allowed, which includes the bound on the quotient's own error. */
  double allowed(double claimed, Quotient quotient) {
    return relative * quotient.magnitude(claimed) + absolute + quotient.bound();
  }

  boolean accepts(double claimed, Quotient quotient) {
    return Math.abs(claimed - quotient.value()) <= allowed(claimed, quotient);
  }
}
