package dev.autograd;

import dev.autograd.kernel.Binary;

/**
 * A quotient that is 0 where the divisor is 0, with all its derivatives: the slope of a norm, which
 * has none where all elements are 0 and takes 0 there.
 */
final class Ratio {

  private Ratio() {}

  static Tensor of(Tensor x, Tensor y) {
    return x.record(
        "ratio",
        Compute.zip(Binary.RATIO, x, y),
        h -> h.chain(inverse(y)),
        y,
        (h, ratio) -> h.chain(ratio).chain(inverse(y)).neg());
  }

  private static Tensor inverse(Tensor y) {
    return of(Factories.like(y, 1), y);
  }
}
