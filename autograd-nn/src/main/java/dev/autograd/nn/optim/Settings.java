package dev.autograd.nn.optim;

/** The ranges of numbers that optimisers are configured with. */
final class Settings {

  private Settings() {}

  /**
   * Returns a setting that is a share.
   *
   * @throws IllegalArgumentException if it is outside [0, 1)
   */
  static double share(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be at least 0 and below 1");
    }
    return value;
  }

  /**
   * Returns a setting that is an amount.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static double amount(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be finite and at least 0");
    }
    return value;
  }

  /**
   * Returns a setting that is a limit.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  static double positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be above 0");
    }
    return value;
  }

  /**
   * Returns a number of steps.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  static long steps(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
    return value;
  }
}
