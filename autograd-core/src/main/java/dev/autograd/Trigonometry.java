package dev.autograd;

import static dev.autograd.Compute.map;
import static dev.autograd.Compute.zip;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * Circular and hyperbolic functions and their inverses, element by element; angles are in radians.
 *
 * <p>{@code a} is this tensor, {@code b} the other operand, {@code y} the result, {@code g} the
 * upstream gradient.
 */
public sealed interface Trigonometry permits Tensor {

  private Tensor self() {
    return (Tensor) this;
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

  /** Returns the tangent of a, in radians. Derivative: g (1 + y²). */
  @Domain(except = Math.PI / 2, period = Math.PI)
  default Tensor tan() {
    return self().record("tan", map(Unary.TAN, self()), (g, y) -> g.chain(y.square().add(1)));
  }

  /**
   * Returns the inverse sine, in [-π/2, π/2]; NaN outside of [-1, 1]. Derivative: {@code g/√(1 -
   * a²)}, ∞ at ±1.
   */
  @Domain(from = -1, to = 1)
  default Tensor asin() {
    Tensor a = self();
    return a.record("asin", map(Unary.ASIN, a), g -> PowerSlope.ASIN.chain(g, a));
  }

  /**
   * Returns the inverse cosine, in [0, π]; NaN outside of [-1, 1]. Derivative: {@code -g/√(1 -
   * a²)}, -∞ at ±1.
   */
  @Domain(from = -1, to = 1)
  default Tensor acos() {
    Tensor a = self();
    return a.record("acos", map(Unary.ACOS, a), g -> PowerSlope.ASIN.chain(g, a).neg());
  }

  /** Returns the inverse tangent, in [-π/2, π/2]. Derivative: {@code g/(1 + a²)}. */
  default Tensor atan() {
    Tensor a = self();
    return a.record("atan", map(Unary.ATAN, a), g -> PowerSlope.ATAN.chain(g, a));
  }

  /**
   * Returns the angle of the point {@code (b, a)}, in [-π, π]: a is the ordinate, as in {@link
   * Math#atan2}.
   *
   * <p>Derivatives: {@code g b/(a² + b²)}, {@code -g a/(a² + b²)}; 0, 0 at the origin, where there
   * is no angle.
   */
  @Domain(except = 0)
  default Tensor atan2(Tensor b) {
    Tensor a = self();
    return a.record(
        "atan2",
        zip(Binary.ATAN2, a, b),
        g -> g.chain(atan2Slope(a, b)),
        b,
        g -> g.chain(atan2Slope(b, a)).neg());
  }

  /** Returns p = b/(a² + b²). With q = a/(a² + b²) its derivatives are -2 p q and q² - p². */
  private static Tensor atan2Slope(Tensor a, Tensor b) {
    return a.record(
        "atan2Slope",
        zip(Binary.ATAN2_SLOPE, a, b),
        h -> h.chain(atan2Slope(a, b)).chain(atan2Slope(b, a)).mul(-2),
        b,
        h -> {
          Tensor p = atan2Slope(a, b);
          Tensor q = atan2Slope(b, a);
          return h.chain(q.sub(p)).chain(q.add(p));
        });
  }

  /**
   * Returns {@code √(a² + b²)}, without overflow or underflow in between.
   *
   * <p>Derivatives: {@code g a/y}, {@code g b/y}; 0, 0 at the origin.
   */
  @Domain(except = 0)
  default Tensor hypot(Tensor b) {
    Tensor a = self();
    return a.record(
        "hypot",
        zip(Binary.HYPOT, a, b),
        (g, y) -> g.chain(GradientQuotient.of(a, y)),
        b,
        (g, y) -> g.chain(GradientQuotient.of(b, y)));
  }

  /** Returns the hyperbolic sine. Derivative: g cosh a. */
  default Tensor sinh() {
    Tensor a = self();
    return a.record("sinh", map(Unary.SINH, a), g -> g.chain(a.cosh()));
  }

  /** Returns the hyperbolic cosine. Derivative: g sinh a. */
  default Tensor cosh() {
    Tensor a = self();
    return a.record("cosh", map(Unary.COSH, a), g -> g.chain(a.sinh()));
  }

  /**
   * Returns the hyperbolic tangent. Derivative: g (1 - y²), which is 0 where y has rounded to ±1.
   */
  default Tensor tanh() {
    return self().record("tanh", map(Unary.TANH, self()), (g, y) -> OutputSlopes.tanh(g, y));
  }

  /** Returns the inverse hyperbolic sine. Derivative: {@code g/√(1 + a²)}. */
  default Tensor asinh() {
    Tensor a = self();
    return a.record("asinh", map(Unary.ASINH, a), g -> PowerSlope.ASINH.chain(g, a));
  }

  /**
   * Returns the inverse hyperbolic cosine, at least 0; NaN below 1. Derivative: {@code g/√(a² -
   * 1)}, ∞ at 1 and NaN below.
   */
  @Domain(from = 1)
  default Tensor acosh() {
    Tensor a = self();
    return a.record("acosh", map(Unary.ACOSH, a), g -> PowerSlope.ACOSH.chain(g, a));
  }

  /**
   * Returns the inverse hyperbolic tangent; ±∞ at ±1, NaN outside. Derivative: {@code g/(1 - a²)},
   * ∞ at ±1 and NaN outside.
   */
  @Domain(from = -1, to = 1)
  default Tensor atanh() {
    Tensor a = self();
    return a.record("atanh", map(Unary.ATANH, a), g -> PowerSlope.ATANH.chain(g, a));
  }
}
