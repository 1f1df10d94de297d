package dev.autograd.check;

/**
 * How far a claimed number may be from what it is held against.
 *
 * @param relative the part of the larger of the two, or of the largest in a block
 * @param absolute what is allowed on top
 */
record Tolerance(double relative, double absolute) {

  /** Returns the distance allowed, which includes the bound on the quotient's own error. */
  double allowed(double claimed, Quotient quotient) {
    return relative * quotient.magnitude(claimed) + absolute + quotient.bound();
  }

  /** Returns the distance allowed in a block of numbers with the given largest magnitude. */
  double of(double magnitude) {
    return relative * magnitude + absolute;
  }

  boolean accepts(double claimed, Quotient quotient) {
    return Math.abs(claimed - quotient.value()) <= allowed(claimed, quotient);
  }
}
