package dev.autograd.kernel;

/**
 * The functions of one number that {@link Kernels#map} applies to every element. {@code x} is the
 * element; special values follow IEEE 754 and {@link Math} unless said otherwise.
 */
public enum Unary {
  /** -x. */
  NEG,
  /** |x|. */
  ABS,
  /** -1, 0 or 1; ±0 stays, NaN stays. */
  SIGN,
  /** 1/x. */
  RECIPROCAL,
  /** x². */
  SQUARE,
  /** √x; NaN below 0. */
  SQRT,
  /** 1/√x; +∞ at 0. */
  RSQRT,
  /** eˣ. */
  EXP,
  /** Natural logarithm; -∞ at 0, NaN below. */
  LOG,
  /** log(1 + x), exact for small x. */
  LOG1P,
  /** eˣ - 1, exact for small x. */
  EXPM1,
  /** Sine. */
  SIN,
  /** Cosine. */
  COS,
  /** Hyperbolic tangent. */
  TANH,
  /** 1 / (1 + e⁻ˣ), without overflow at either end. */
  SIGMOID,
  /** max(x, 0); NaN stays. */
  RELU,
  /** log(1 + eˣ) = max(x, 0) + log1p(e^-|x|), without overflow and without a threshold. */
  SOFTPLUS,
  /** log(sigmoid(x)) = -softplus(-x). */
  LOG_SIGMOID,
  /** x Φ(x) with the normal distribution function Φ(x) = erfc(-x/√2) / 2. */
  GELU,
  /** x sigmoid(x). */
  SILU,
  /** The error function. */
  ERF,
  /** max(log x, -100), the logarithm of the binary cross-entropy; NaN below 0. */
  LOG_CLAMPED
}
