package dev.autograd.nn.optim;

/** The curve of rates that change slowly at both ends. */
final class HalfCosine {

  private HalfCosine() {}

  /** Returns the rate at a share of the way from one to another. */
  static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
