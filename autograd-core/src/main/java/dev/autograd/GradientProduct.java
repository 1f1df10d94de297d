package dev.autograd;

import dev.autograd.kernel.Binary;

/**
 * The product of two upstream gradients, as derivatives of derivatives contain it: 0 where either
 * is 0, so that a branch not taken sends nothing on, in any order. {@link Tensor#chain} lets 0 win
 * on its left only, for on its right is a slope.
 */
final class GradientProduct {

  private GradientProduct() {}

  static Tensor of(Tensor h, Tensor g) {
    return h.record(
        "gradientProduct", Compute.zip(Binary.CHAIN_BOTH, h, g), k -> of(k, g), g, k -> of(k, h));
  }
}
