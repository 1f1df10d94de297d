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
  /** Logarithm to base 2, exact at powers of two. */
  LOG2,
  /** Logarithm to base 10. */
  LOG10,
  /** log(1 + x), exact for small x. */
  LOG1P,
  /** eˣ - 1, exact for small x. */
  EXPM1,
  /** Sine. */
  SIN,
  /** Cosine. */
  COS,
  /** Tangent. */
  TAN,
  /** Inverse sine; NaN outside [-1, 1]. */
  ASIN,
  /** Inverse cosine; NaN outside [-1, 1]. */
  ACOS,
  /** Inverse tangent. */
  ATAN,
  /** Hyperbolic sine. */
  SINH,
  /** Hyperbolic cosine. */
  COSH,
  /** Hyperbolic tangent. */
  TANH,
  /** Inverse hyperbolic sine. */
  ASINH,
  /** Inverse hyperbolic cosine; NaN below 1. */
  ACOSH,
  /** Inverse hyperbolic tangent; ±∞ at ±1, NaN outside. */
  ATANH,
  /** The largest integer not above x; ±0, ±∞ and NaN stay, here and below. */
  FLOOR,
  /** The smallest integer not below x. */
  CEIL,
  /** The nearest integer, the even one of two. */
  ROUND,
  /** The integer part: the nearest integer towards 0. */
  TRUNC,
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
  /** x where x &gt; 0, else α (eˣ - 1), times λ, with the two constants of selu. */
  SELU,
  /** x tanh(log(1 + eˣ)). */
  MISH,
  /** x / (1 + |x|). */
  SOFTSIGN,
  /** x sigmoid(√(8/π) (x + 0.044715 x³)), the approximation of gelu by a hyperbolic tangent. */
  GELU_TANH,
  /** The error function. */
  ERF,
  /** Its complement 1 - erf x, relatively accurate where it is small. */
  ERFC,
  /** max(log x, -100), the logarithm of the binary cross-entropy; NaN below 0. */
  LOG_CLAMPED
}
