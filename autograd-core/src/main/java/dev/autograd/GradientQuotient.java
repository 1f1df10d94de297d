package dev.autograd;

import dev.autograd.kernel.Binary;

/**
 * A gradient divided by a tensor, in one pass: 0 where the gradient is 0, as in {@link
 * Tensor#chain}.
 */
final class GradientQuotient {

  private GradientQuotient() {}

  static Tensor of(Tensor g, Tensor b) {
    return g.record(
        "gradientQuotient",
        Compute.zip(Binary.CHAIN_DIV, g, b),
        h -> of(h, b),
        b,
        h -> of(of(GradientProduct.of(h, g), b), b).neg());
  }
}
