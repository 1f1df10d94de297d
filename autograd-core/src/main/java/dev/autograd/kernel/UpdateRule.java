package dev.autograd.kernel;

/**
 * The rules by which {@link Kernels#update} moves a parameter p against its gradient g, with what
 * is remembered of it. With the share κ of p that is kept: p ← κ p at first, unless κ is 1. With h
 * = g + δ p for the weight decay δ (just g if that is 0), and the rate η: δ, η and κ are the first
 * three coefficients of every rule, and others follow in the order named.
 */
public enum UpdateRule {
  /** p ← p - η h. */
  DESCENT,
  /** v ← λ v + φ h, p ← p - η v. Remembered: v. Coefficients: λ, φ. */
  MOMENTUM,
  /** v ← λ v + φ h, p ← p - η (h + μ v). Remembered: v. Coefficients: λ, φ, μ. */
  NESTEROV,
  /** s ← s + h², p ← p - η h / (√s + ε). Remembered: s. Coefficients: ε. */
  ADAGRAD,
  /** s ← γ s + γ' h², p ← p - η h / (√s + ε). Remembered: s. Coefficients: ε, γ, γ'. */
  RMSPROP,
  /**
   * s as in {@link #RMSPROP}, then v ← μ v + h / (√s + ε), p ← p - η v. Remembered: s, v.
   * Coefficients: ε, γ, γ', μ.
   */
  RMSPROP_MOMENTUM,
  /**
   * s as in {@link #RMSPROP}, and m ← γ m + γ' h; then s - m², or 0 where rounding makes that
   * negative, takes the place of s. Remembered: s, m. Coefficients: ε, γ, γ'.
   */
  CENTERED_RMSPROP,
  /**
   * As {@link #CENTERED_RMSPROP}, with v as in {@link #RMSPROP_MOMENTUM}. Remembered: s, m, v.
   * Coefficients: ε, γ, γ', μ.
   */
  CENTERED_RMSPROP_MOMENTUM,
  /**
   * m ← β m + β' h, s ← γ s + γ' h², p ← p - η (m / b) / (√(s / c) + ε). Remembered: m, s.
   * Coefficients: ε, β, β', γ, γ', b, c.
   */
  ADAM,
  /** As {@link #ADAM}, then l ← max(l, s), which takes the place of s in p. Remembered: m, s, l. */
  AMSGRAD,
  /**
   * m ← β m + β' h, u ← max(γ u, |h| + ε), p ← p - η (m / b) / u. Remembered: m, u. Coefficients:
   * ε, β, β', γ, b.
   */
  ADAMAX,
  /**
   * m and s as in {@link #ADAM}, then p ← p - η (φ h + μ m) / (√(s / c) + ε). Remembered: m, s.
   * Coefficients: ε, β, β', γ, γ', φ, c, μ.
   */
  NADAM,
  /**
   * p ← p - η sign(β m + β' h), then m ← γ m + γ' h, with the same h. Remembered: m. Coefficients:
   * β, β', γ, γ'.
   */
  LION
}
