package dev.autograd.kernel;

/**
 * The functions of two numbers that {@link Kernels#zip} applies pair by pair. {@code x} is the
 * left, {@code y} the right element. Those named {@code …_GRAD} are first derivatives fused with
 * the upstream gradient {@code x}: they are 0 wherever {@code x} is 0, also against an infinite or
 * NaN slope.
 */
public enum Binary {
  /** x + y. */
  ADD,
  /** x - y. */
  SUB,
  /** x · y. */
  MUL,
  /** x / y. */
  DIV,
  /** xʸ as in {@link Math#pow}, but 1 also at x = 1 for every y, and at x = -1 for y = ±∞. */
  POW,
  /** x - y ⌊x / y⌋, exact where it is representable: it has the sign of y, and is NaN at y = 0. */
  REMAINDER,
  /** √(x² + y²), without overflow or underflow in between. */
  HYPOT,
  /** The angle of the point (y, x), in (-π, π]. */
  ATAN2,
  /** log(eˣ + eʸ), without overflow; the infinity itself where both are the same. */
  LOG_ADD_EXP,
  /** The larger; NaN if either is NaN. */
  MAXIMUM,
  /** The smaller; NaN if either is NaN. */
  MINIMUM,
  /** 0 where x is 0, else x · y: the product of the chain rule. */
  CHAIN,
  /** 0 where x or y is 0, else x · y: the product of two upstream gradients. */
  CHAIN_BOTH,
  /** 0 where x is 0, else x / y. */
  CHAIN_DIV,
  /** x (1 - y²), y = tanh. */
  TANH_GRAD,
  /** x y (1 - y), y = sigmoid. */
  SIGMOID_GRAD,
  /** x where y &gt; 0, 0 where y = 0, NaN where y is NaN; y = relu, never negative. */
  RELU_GRAD,
  /** x / y, but 0 where y is 0. */
  RATIO,
  /** |x|ʸ, but 0 where that is infinite because x is 0. */
  ABSOLUTE_POW,
  /** |x|ʸ with the sign of x, 0 where x is 0. */
  SIGNED_POW,
  /** x / y, but NaN where y &lt; 0: the slope of the logarithm on its domain. */
  LOG_GRAD,
  /** x / y where log y &gt; -100, 0 where the clamp holds, NaN where y is NaN or negative. */
  LOG_CLAMPED_GRAD,
  /** x / √(1 - y²), NaN outside of [-1, 1]. */
  ASIN_GRAD,
  /** x / (1 + y²). */
  ATAN_GRAD,
  /** x / √(1 + y²). */
  ASINH_GRAD,
  /** x / √(y² - 1), NaN below 1. */
  ACOSH_GRAD,
  /** x / (1 - y²), NaN outside of [-1, 1]. */
  ATANH_GRAD,
  /** x 2/√π e^(-y²), the slope of the error function at y. */
  ERF_GRAD,
  /** x λ where y &gt; 0, else x λ α eʸ, with the two constants of selu. */
  SELU_GRAD,
  /** x times the slope of mish at y. */
  MISH_GRAD,
  /** x times the slope of {@link Unary#GELU_TANH} at y. */
  GELU_TANH_GRAD,
  /** x (Φ(y) + y φ(y)), the slope of gelu at y. */
  GELU_GRAD,
  /** x s (1 + y (1 - s)) with s = sigmoid(y), the slope of silu at y. */
  SILU_GRAD,
  /** x where x &gt; 0, else x · y; NaN stays. */
  LEAKY_RELU,
  /** 1 where x &gt; 0, y where x ≤ 0, NaN where x is NaN. */
  LEAKY_RELU_SLOPE,
  /** x where x &gt; 0, else y (eˣ - 1). */
  ELU,
  /** 1 where x ≥ y, 0 where x &lt; y, NaN where either is NaN. */
  AT_LEAST,
  /** 1 where x ≤ y, 0 where x &gt; y, NaN where either is NaN. */
  AT_MOST,
  /**
   * The share of max(x, y) that is x's: 1 where x is larger, ½ at a tie, else 0. A NaN takes the
   * whole share, two of them half each.
   */
  MAXIMUM_SHARE,
  /** The same for min(x, y). */
  MINIMUM_SHARE,
  /** The share of eˣ in eˣ + eʸ, sigmoid(x - y); ½ where both are equal, also at infinity. */
  LOG_ADD_EXP_SHARE,
  /** y / (x² + y²), the slope of {@link #ATAN2} in x; 0 at 0, 0 and where either is infinite. */
  ATAN2_SLOPE,
  /**
   * max(x, 0) (1 - y) + max(-x, 0) y + log1p(e^-|x|): cross-entropy of label y against the logit x.
   */
  BCE_WITH_LOGITS,
  /**
   * -y log x - (1 - y) log(1 - x), logarithms clamped at -100: cross-entropy of label y against the
   * probability x.
   */
  BCE,
  /** Its slope in x, (1 - y) / (1 - x) - y / x, without the part whose logarithm is clamped. */
  BCE_SLOPE
}
