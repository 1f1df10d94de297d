package dev.autograd.check;

import java.util.Set;

/**
 * How a check is to be made.
 *
 * @param order up to which derivatives are checked
 * @param seed of everything that is random
 * @param tolerance what a derivative may be off beyond the error of the differences
 * @param directions along how many random directions an input is checked; 0 for each of its
 *     elements
 * @param largeDirections the same for an input of more than {@link #LARGE} elements
 * @param failing the verdicts that fail the check
 */
record Settings(
    int order,
    long seed,
    Tolerance tolerance,
    int directions,
    int largeDirections,
    Set<Verdict> failing) {

  /** Inputs of more elements than this are large. */
  static final int LARGE = 1000;

  static final Settings DEFAULT =
      new Settings(
          1,
          42,
          new Tolerance(1e-9, 0),
          0,
          directionsFor(1e-6),
          Set.of(Verdict.WRONG, Verdict.TOO_NOISY));

  /** Copies the verdicts. */
  Settings {
    failing = Set.copyOf(failing);
  }

  /**
   * Returns how many random directions miss an error with at most this probability, if its length,
   * each element taken by its magnitude, is at least twice the tolerance: along one direction the
   * error is a normal number times that length.
   */
  static int directionsFor(double probability) {
    double missedByOne = 0.382924922548026; // a normal number is less than a half
    return (int) Math.ceil(Math.log(probability) / Math.log(missedByOne));
  }

  int directionsFor(Block block) {
    return block.values().length > LARGE ? largeDirections : directions;
  }

  Settings withOrder(int other) {
    return new Settings(other, seed, tolerance, directions, largeDirections, failing);
  }

  Settings withSeed(long other) {
    return new Settings(order, other, tolerance, directions, largeDirections, failing);
  }

  Settings withTolerance(Tolerance other) {
    return new Settings(order, seed, other, directions, largeDirections, failing);
  }

  Settings withDirections(int all, int large) {
    return new Settings(order, seed, tolerance, all, large, failing);
  }

  Settings withFailing(Set<Verdict> other) {
    return new Settings(order, seed, tolerance, directions, largeDirections, other);
  }
}
