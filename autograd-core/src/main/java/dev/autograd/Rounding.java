package dev.autograd;

import static dev.autograd.Compute.map;

import dev.autograd.kernel.Unary;

/**
 * Functions that are constant between jumps, element by element. Their derivative is 0, at the
 * jumps too, and NaN where the element is; ±∞ and NaN stay, and so does the sign of a zero.
 */
public sealed interface Rounding permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns -1, 0 or 1. Derivative: 0. */
  @Domain(except = 0)
  default Tensor sign() {
    return self().record("sign", map(Unary.SIGN, self()), (g, y) -> none(g, y));
  }

  /** Returns the largest integer not above a. Derivative: 0. */
  @Domain(except = 0, period = 1)
  default Tensor floor() {
    return self().record("floor", map(Unary.FLOOR, self()), (g, y) -> none(g, y));
  }

  /** Returns the smallest integer not below a. Derivative: 0. */
  @Domain(except = 0, period = 1)
  default Tensor ceil() {
    return self().record("ceil", map(Unary.CEIL, self()), (g, y) -> none(g, y));
  }

  /**
   * Returns the nearest integer; of two the even one, so 0.5, 1.5, 2.5 become 0, 2, 2. Derivative:
   * 0.
   */
  @Domain(except = 0.5, period = 1)
  default Tensor round() {
    return self().record("round", map(Unary.ROUND, self()), (g, y) -> none(g, y));
  }

  /** Returns the integer part of a, the nearest integer towards 0. Derivative: 0. */
  @Domain(except = 0, period = 1)
  default Tensor trunc() {
    return self().record("trunc", map(Unary.TRUNC, self()), (g, y) -> none(g, y));
  }

  /** Returns 0, or NaN where y is NaN. */
  private static Tensor none(Tensor g, Tensor y) {
    // The sign, since ∞ - ∞ is no 0.
    Tensor sign = map(Unary.SIGN, y);
    return g.chain(sign.sub(sign));
  }
}
