package dev.autograd.kernel.scalar;

/**
 * The smooth functions that {@link Math} lacks or computes slowly, in double precision and accurate
 * at both ends. The single-precision kernels call them too and round the result once.
 */
final class ScalarFunctions {

  /** e⁻¹⁰⁰, above which the logarithm of binary cross-entropy is not clamped. */
  private static final double CLAMP_BORDER = 3.720075976020836e-44;

  private static final double SQRT_HALF = 0.7071067811865476;

  /** 1/√(2π). */
  private static final double NORMAL_DENSITY_AT_0 = 0.3989422804014327;

  private ScalarFunctions() {}

  static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  static double softplus(double x) {
    return Math.max(x, 0) + log1pOfExp(-Math.abs(x));
  }

  static double silu(double x) {
    return x * sigmoid(x);
  }

  static double siluSlope(double x) {
    double s = sigmoid(x);
    return s * (1 + x * sigmoid(-x));
  }

  /** Returns xʸ as IEEE 754 has it: 1 also where {@link Math#pow} has NaN, at 1ʸ and (-1)^±∞. */
  static double pow(double x, double y) {
    boolean one = x == 1 || (x == -1 && Double.isInfinite(y));
    return one ? 1 : Math.pow(x, y);
  }

  /** Returns |x|ʸ, but 0 instead of the pole at 0. */
  static double absolutePow(double x, double y) {
    return x == 0 && y < 0 ? 0 : pow(Math.abs(x), y);
  }

  /** Returns |x|ʸ with the sign of x. */
  static double signedPow(double x, double y) {
    return x == 0 ? 0 : Math.signum(x) * pow(Math.abs(x), y);
  }

  static double elu(double x, double alpha) {
    return x > 0 ? x : alpha * Math.expm1(x);
  }

  /** Returns g times the slope of max(log x, -100). */
  static double logClampedGrad(double g, double x) {
    if (x > CLAMP_BORDER) {
      return g / x;
    }
    return x >= 0 ? 0 : Double.NaN;
  }

  static double bceWithLogits(double x, double label) {
    // Not max(x, 0) - x label, which has no value at x = ∞, label 0.
    double wrong = Math.max(x, 0) * (1 - label) + Math.max(-x, 0) * label;
    return wrong + log1pOfExp(-Math.abs(x));
  }

  /** Returns log(1 + eˣ) for x ≤ 0. */
  private static double log1pOfExp(double x) {
    double e = Math.exp(x);
    double rounded = 1 + e;
    // What the rounding of 1 + e lost comes back to first order: cheaper than Math.log1p.
    return Math.log(rounded) + (e - (rounded - 1)) / rounded;
  }

  /**
   * Returns the hyperbolic tangent. Near 0 by the rational approximation of W. J. Cody and W.
   * Waite, "Software Manual for the Elementary Functions" (1980), chapter 13; elsewhere by the
   * exponential.
   */
  static double tanh(double x) {
    double m = Math.abs(x);
    if (m < 0.625) {
      double s = m * m;
      double p = (-0.9643749277722548 * s - 99.22592967223608) * s - 1613.4119023996227;
      double q = ((s + 112.74474380534949) * s + 2233.7720718962314) * s + 4840.235707198869;
      return Math.copySign(m + m * s * (p / q), x);
    }
    return Math.copySign(1 - 2 / (Math.exp(2 * m) + 1), x);
  }

  static double gelu(double x) {
    return x * normalCdf(x);
  }

  static double geluSlope(double x) {
    return normalCdf(x) + x * NORMAL_DENSITY_AT_0 * expOfMinusHalfSquare(x);
  }

  /**
   * Returns the distribution function of the standard normal, relatively accurate in the left tail.
   */
  static double normalCdf(double x) {
    double z = -SQRT_HALF * x;
    if (z < ErrorFunction.TAIL) {
      return ErrorFunction.erfc(z) / 2;
    }
    // The error of z would be magnified by 2z² in e^(-z²), so that factor is taken from x itself.
    return ErrorFunction.scaledTail(z) * expOfMinusHalfSquare(x) / 2;
  }

  /** Returns e^(-x²/2), to the last place although x² rounds. */
  private static double expOfMinusHalfSquare(double x) {
    return ErrorFunction.expOfMinusSquare(x, 0.5);
  }
}
