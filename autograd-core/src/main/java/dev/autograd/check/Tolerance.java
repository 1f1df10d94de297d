package dev.autograd.check;

/**
 * How far a claimed number may be from what it is held against.
 *
 * @param relative the part of the larger of the two, or of the largest in a block
 * @param absolute what is allowed on top
 */
record Tolerance(double relative, double absolute) {

  /**
   * Returns the distance allowed between numbers of a magnitude, or in a block with that largest
   * magnitude.
   */
  double of(double magnitude) {
    return relative * magnitude + absolute;
  }
}
