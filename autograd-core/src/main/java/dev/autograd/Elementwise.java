package dev.autograd;

import static dev.autograd.Compute.map;
import static dev.autograd.Compute.zip;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * Exponentials, logarithms, trigonometric and error functions, element by element.
 *
 * <p>{@code a} is this tensor, {@code y} the result, {@code g} the upstream gradient.
 */
public sealed interface Elementwise permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns {@code e^a}. Derivative: g y. */
  default Tensor exp() {
    return self().record("exp", map(Unary.EXP, self()), (g, y) -> g.chain(y));
  }

  /** Returns {@code e^a - 1}, exact for small a. Derivative: g (y + 1). */
  default Tensor expm1() {
    return self().record("expm1", map(Unary.EXPM1, self()), (g, y) -> g.chain(y.add(1)));
  }

  /**
   * Returns the natural logarithm; -∞ at 0, NaN below. Derivative: g / a, which is ±∞ at ±0 and NaN
   * below 0, where there is no logarithm.
   */
  @Domain(from = 0)
  default Tensor log() {
    Tensor a = self();
    return a.record("log", map(Unary.LOG, a), g -> logGrad(g, a));
  }

  /** Returns {@code log(1 + a)}, exact for small a. Derivative: g / (1 + a), NaN below -1. */
  @Domain(from = -1)
  default Tensor log1p() {
    Tensor a = self();
    return a.record("log1p", map(Unary.LOG1P, a), g -> logGrad(g, a.add(1)));
  }

  private static Tensor logGrad(Tensor g, Tensor x) {
    return g.record(
        "logGrad",
        zip(Binary.LOG_GRAD, g, x),
        h -> logGrad(h, x),
        x,
        h -> logGrad(logGrad(GradientProduct.of(h, g), x), x).neg());
  }

  /** Returns the sine of a, in radians. Derivative: g cos a. */
  default Tensor sin() {
    Tensor a = self();
    return a.record("sin", map(Unary.SIN, a), g -> g.chain(a.cos()));
  }

  /** Returns the cosine of a, in radians. Derivative: -g sin a. */
  default Tensor cos() {
    Tensor a = self();
    return a.record("cos", map(Unary.COS, a), g -> g.chain(a.sin()).neg());
  }

  /** Returns the hyperbolic tangent. Derivative: g (1 - y²). */
  default Tensor tanh() {
    return self().record("tanh", map(Unary.TANH, self()), (g, y) -> tanhGrad(g, y));
  }

  private static Tensor tanhGrad(Tensor g, Tensor y) {
    return g.record(
        "tanhGrad",
        zip(Binary.TANH_GRAD, g, y),
        h -> tanhGrad(h, y),
        y,
        h -> GradientProduct.of(h, g).chain(y).mul(-2));
  }

  /** Returns the error function {@code erf a = 2/√π ∫₀ᵃ e^(-t²) dt}. Derivative: g 2/√π e^(-a²). */
  default Tensor erf() {
    Tensor a = self();
    return a.record(
        "erf", map(Unary.ERF, a), g -> g.chain(a.square().neg().exp().mul(2 / Math.sqrt(Math.PI))));
  }
}
