package dev.autograd.kernel;

/**
 * The rules by which {@link Kernels#update} moves a parameter p against its gradient g, with what
 * is remembered of it. With h = g + δ p for the weight decay δ (just g if that is 0), and the rate
 * η: δ and η are the first two coefficients of every rule, and others follow in the order named.
 */
public enum UpdateRule {
  /** p ← p - η h. */
  DESCENT,
  /** v ← κ v + φ h, p ← p - η v. Remembered: v. Coefficients: κ, φ. */
  MOMENTUM,
  /** v ← κ v + φ h, p ← p - η (h + μ v). Remembered: v. Coefficients: κ, φ, μ. */
  NESTEROV,
  /**
   * m ← β m + β' h, s ← γ s + γ' h², p ← p - η (m / b) / (√(s / c) + ε). Remembered: m, s.
   * Coefficients: β, β', γ, γ', b, c, ε.
   */
  ADAM,
  /** As {@link #ADAM}, then l ← max(l, s), which takes the place of s in p. Remembered: m, s, l. */
  AMSGRAD
}
