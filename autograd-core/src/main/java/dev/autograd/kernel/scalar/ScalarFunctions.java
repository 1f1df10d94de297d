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

  private static final double LN2 = 0.6931471805599453;
  private static final double LOG2_E = 1.4426950408889634;
  private static final double SQRT_2 = 1.4142135623730951;

  /** The factor λ of selu, and its product with α. */
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final double SELU_SCALE_ALPHA = 1.7580993408473766;

  /** √(8/π), and its product with 0.044715; each to twice the precision. */
  private static final double CUBIC_LINEAR = 1.5957691216057308;

  private static final double CUBIC_LINEAR_REST = -9.96930880911092e-17;
  private static final double CUBIC = 0.07135481627260025;
  private static final double CUBIC_REST = -6.175149918155315e-19;

  /** Beyond ±this, the slopes of mish and geluTanh are 0 and 1 in double precision. */
  private static final double SLOPE_BORDER = 1000;

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

  /** Returns the logarithm to base 2, exact where it is an integer. */
  static double log2(double x) {
    if (x > 0 && x < Double.MIN_NORMAL) {
      return log2(x * 0x1p54) - 54;
    }
    // The exponent of x √2: the significand is then between √½ and √2, whose logarithms are small.
    int exponent = Math.getExponent(x * SQRT_2);
    return x > 0 && x <= Double.MAX_VALUE
        ? exponent + Math.log(Math.scalb(x, -exponent)) * LOG2_E
        : Math.log(x);
  }

  static double remainder(double x, double y) {
    double truncated = x % y;
    boolean otherSide = truncated != 0 && (truncated < 0) != (y < 0);
    return otherSide ? truncated + y : truncated;
  }

  static double logAddExp(double x, double y) {
    // The difference of equal infinities has no value.
    return x == y ? x + LN2 : Math.max(x, y) + log1pOfExp(-Math.abs(x - y));
  }

  static double logAddExpShare(double x, double y) {
    return x == y ? 0.5 : sigmoid(x - y);
  }

  static double selu(double x) {
    return x > 0 ? SELU_SCALE * x : SELU_SCALE_ALPHA * Math.expm1(x);
  }

  static double seluSlope(double x) {
    return x > 0 ? SELU_SCALE : SELU_SCALE_ALPHA * Math.exp(x);
  }

  /**
   * Returns x tanh(log(1 + eˣ)). With n = eˣ the tangent is n (n + 2) / (n (n + 2) + 2), whose
   * terms are all positive; both are multiplied by e^-2x where x is positive.
   */
  static double mish(double x) {
    double e = Math.exp(-Math.abs(x));
    double top = x < 0 ? e * (e + 2) : 1 + 2 * e;
    return x * (top / (top + (x < 0 ? 2 : 2 * e * e)));
  }

  static double mishSlope(double x) {
    double v = Math.max(-SLOPE_BORDER, Math.min(x, SLOPE_BORDER));
    double e = Math.exp(-Math.abs(v));
    double top = x < 0 ? e + 2 : 1 + 2 * e;
    double bottom = x < 0 ? e * top + 2 : top + 2 * e * e;
    double rest = 4 * v * (1 + e) * (x < 0 ? 1 : e * e);
    return (x < 0 ? e : 1) * (top * bottom + rest) / (bottom * bottom);
  }

  /** Returns x sigmoid(z) with z = √(8/π) (x + 0.044715 x³). */
  static double geluTanh(double x) {
    double e = expOfMinusCubic(x);
    return x * ((x < 0 ? e : 1) / (1 + e));
  }

  static double geluTanhSlope(double x) {
    double v = Math.max(-SLOPE_BORDER, Math.min(x, SLOPE_BORDER));
    double e = expOfMinusCubic(v);
    double slopeOfCubic = CUBIC_LINEAR + 3 * CUBIC * v * v;
    double rest = (x < 0 ? 1 : e) / (1 + e);
    return (x < 0 ? e : 1) / (1 + e) * (1 + v * slopeOfCubic * rest);
  }

  /** Returns e^-|z|, to the last places although z rounds, which a large z would magnify. */
  private static double expOfMinusCubic(double x) {
    double m = Math.min(Math.abs(x), SLOPE_BORDER);
    double square = m * m;
    double cubic = CUBIC * square;
    double sum = CUBIC_LINEAR + cubic;
    double addend = sum - CUBIC_LINEAR;
    double lost = CUBIC_LINEAR - (sum - addend) + (cubic - addend) + CUBIC_LINEAR_REST;
    lost += Math.fma(CUBIC, square, -cubic) + CUBIC * Math.fma(m, m, -square);
    lost += CUBIC_REST * square;
    double z = m * sum;
    double e = Math.exp(-z);
    return e - e * (Math.fma(m, sum, -z) + m * lost);
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

  static double bce(double x, double label) {
    double positive = Math.max(Math.log(x), -100);
    double negative = Math.max(Math.log(1 - x), -100);
    return -(label * positive + (1 - label) * negative);
  }

  static double bceSlope(double x, double label) {
    double positive = label == 0 ? 0 : logClampedGrad(label, x);
    double negative = label == 1 ? 0 : logClampedGrad(1 - label, 1 - x);
    return negative - positive;
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
