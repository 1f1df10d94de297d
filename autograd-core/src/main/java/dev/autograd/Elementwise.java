package dev.autograd;

import static dev.autograd.Compute.map;
import static dev.autograd.Compute.zip;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * Exponentials, logarithms and error functions, element by element.
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

  /**
   * Returns the logarithm to base 2, exact at powers of two; -∞ at 0, NaN below. Derivative: g / (a
   * log 2), NaN below 0.
   */
  @Domain(from = 0)
  default Tensor log2() {
    Tensor a = self();
    return a.record("log2", map(Unary.LOG2, a), g -> logGrad(g, a).mul(1 / Math.log(2)));
  }

  /**
   * Returns the logarithm to base 10; -∞ at 0, NaN below. Derivative: g / (a log 10), NaN below 0.
   */
  @Domain(from = 0)
  default Tensor log10() {
    Tensor a = self();
    return a.record("log10", map(Unary.LOG10, a), g -> logGrad(g, a).mul(1 / Math.log(10)));
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

  /**
   * Returns {@code log(e^a + e^b)}, without overflow, exact in both tails.
   *
   * <p>Derivatives: g sigmoid(a - b), g sigmoid(b - a); half each where both are the same infinity.
   */
  default Tensor logAddExp(Tensor b) {
    Tensor a = self();
    return a.record(
        "logAddExp",
        zip(Binary.LOG_ADD_EXP, a, b),
        g -> g.chain(share(a, b)),
        b,
        g -> g.chain(share(b, a)));
  }

  /** Returns the share of e^a in e^a + e^b; its derivatives are this share times the other's. */
  private static Tensor share(Tensor a, Tensor b) {
    return a.record(
        "logAddExpShare",
        zip(Binary.LOG_ADD_EXP_SHARE, a, b),
        h -> h.chain(share(a, b)).chain(share(b, a)),
        b,
        h -> h.chain(share(a, b)).chain(share(b, a)).neg());
  }

  /** Returns the error function {@code erf a = 2/√π ∫₀ᵃ e^(-t²) dt}. Derivative: g 2/√π e^(-a²). */
  default Tensor erf() {
    Tensor a = self();
    return a.record("erf", map(Unary.ERF, a), g -> PowerSlope.ERF.chain(g, a));
  }

  /**
   * Returns the complement {@code 1 - erf a} of the error function, relatively accurate where it is
   * small. Derivative: -g 2/√π e^(-a²).
   */
  default Tensor erfc() {
    Tensor a = self();
    return a.record("erfc", map(Unary.ERFC, a), g -> PowerSlope.ERF.chain(g, a).neg());
  }
}
