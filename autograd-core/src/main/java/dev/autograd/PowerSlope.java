package dev.autograd;

import dev.autograd.kernel.Binary;

/**
 * Slopes s whose own derivative is {@code c a sⁿ} with a number c: every order of derivative is
 * made of them. Each is one kernel, fused with the gradient it multiplies.
 */
enum PowerSlope {
  /** {@code 1/√(1 - a²)}; NaN outside of [-1, 1]. */
  ASIN(Binary.ASIN_GRAD, 1, 3),
  /** {@code 1/(1 + a²)}. */
  ATAN(Binary.ATAN_GRAD, -2, 2),
  /** {@code 1/√(1 + a²)}. */
  ASINH(Binary.ASINH_GRAD, -1, 3),
  /** {@code 1/√(a² - 1)}; NaN below 1. */
  ACOSH(Binary.ACOSH_GRAD, -1, 3),
  /** {@code 1/(1 - a²)}; NaN outside of [-1, 1]. */
  ATANH(Binary.ATANH_GRAD, 2, 2),
  /** {@code 2/√π e^(-a²)}. */
  ERF(Binary.ERF_GRAD, -2, 1);

  private final Binary kernel;
  private final double factor;
  private final int power;
  private final String op;

  PowerSlope(Binary kernel, double factor, int power) {
    this.kernel = kernel;
    this.factor = factor;
    this.power = power;
    this.op = Compute.name(kernel);
  }

  /** Returns g s(a), 0 where g is 0. */
  Tensor chain(Tensor g, Tensor a) {
    return g.record(op, Compute.zip(kernel, g, a), h -> chain(h, a), a, h -> curve(h, g, a));
  }

  private Tensor curve(Tensor h, Tensor g, Tensor a) {
    Tensor product = GradientProduct.of(h, g);
    for (int i = 0; i < power; i++) {
      product = chain(product, a);
    }
    // The slopes first: where they vanish, an infinite a must not matter.
    return product.chain(a).mul(factor);
  }
}
