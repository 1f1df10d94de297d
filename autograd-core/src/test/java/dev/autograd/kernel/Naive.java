package dev.autograd.kernel;

import java.math.RoundingMode;

/** The vocabularies by their definitions, in double precision, one number at a time. */
final class Naive {

  private static final double SELU = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private Naive() {}

  static double unary(Unary op, double x) {
    return switch (op) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case RECIPROCAL -> 1 / x;
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case LOG2 -> Math.log(x) / Math.log(2);
      case LOG10 -> Math.log(x) / Math.log(10);
      case EXPM1 -> Math.expm1(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.sin(x) / Math.cos(x);
      case ASIN -> Math.atan2(x, Math.sqrt((1 - x) * (1 + x)));
      case ACOS -> Math.atan2(Math.sqrt((1 - x) * (1 + x)), x);
      case ATAN -> Math.atan2(x, 1);
      case SINH -> NaiveSmooth.sinh(x);
      case COSH -> (Math.exp(x) + Math.exp(-x)) / 2;
      case TANH -> Math.tanh(x);
      case ASINH -> NaiveSmooth.asinh(x);
      case ACOSH -> NaiveSmooth.acosh(x);
      case ATANH -> (Math.log1p(x) - Math.log1p(-x)) / 2;
      case FLOOR -> NaiveSmooth.rounded(x, RoundingMode.FLOOR);
      case CEIL -> NaiveSmooth.rounded(x, RoundingMode.CEILING);
      case ROUND -> NaiveSmooth.rounded(x, RoundingMode.HALF_EVEN);
      case TRUNC -> NaiveSmooth.rounded(x, RoundingMode.DOWN);
      case SIGMOID -> sigmoid(x);
      case RELU -> Math.max(x, 0);
      case SOFTPLUS -> softplus(x);
      case LOG_SIGMOID -> -softplus(-x);
      case GELU -> x * normal(x);
      case GELU_TANH -> x * NaiveSmooth.gate(x);
      case SILU -> x * sigmoid(x);
      case MISH -> x * Math.tanh(softplus(x));
      case SELU -> SELU * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
      case SOFTSIGN -> x < 0 ? x / (1 - x) : x / (1 + x);
      case ERF -> Double.isInfinite(x) ? Math.signum(x) : 2 * normal(x * Math.sqrt(2)) - 1;
      case ERFC -> NaiveSmooth.erfc(x);
      case LOG_CLAMPED -> clampedLog(x);
    };
  }

  static double binary(Binary op, double x, double y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case POW -> x == 1 || y == 0 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
      case RATIO -> y == 0 ? 0 : x / y;
      case ABSOLUTE_POW -> x == 0 && y < 0 ? 0 : binary(Binary.POW, Math.abs(x), y);
      case SIGNED_POW -> x == 0 ? 0 : Math.signum(x) * binary(Binary.POW, Math.abs(x), y);
      case REMAINDER -> NaiveSmooth.remainder(x, y);
      case HYPOT -> Math.hypot(x, y);
      case ATAN2 -> Math.atan2(x, y);
      case LOG_ADD_EXP ->
          x == y
              ? x + Math.log(2)
              : Math.max(x, y) + Math.log1p(Math.exp(Math.min(x, y) - Math.max(x, y)));
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      case CHAIN -> x == 0 ? 0 : x * y;
      case CHAIN_BOTH -> x == 0 || y == 0 ? 0 : x * y;
      case CHAIN_DIV -> x == 0 ? 0 : x / y;
      case TANH_GRAD -> x == 0 ? 0 : x * ((1 - y) * (1 + y));
      case SIGMOID_GRAD -> x == 0 ? 0 : x * y * (1 - y);
      case RELU_GRAD -> x == 0 || y == 0 ? 0 : y > 0 ? x : Double.NaN;
      case LOG_GRAD -> x == 0 ? 0 : y < 0 ? Double.NaN : x / y;
      case LOG_CLAMPED_GRAD ->
          x == 0 || (y >= 0 && Math.log(y) <= -100) ? 0 : y > 0 ? x / y : Double.NaN;
      case ASIN_GRAD -> x == 0 ? 0 : x / Math.sqrt((1 - y) * (1 + y));
      case ATAN_GRAD -> x == 0 ? 0 : x / (1 + y * y);
      case ASINH_GRAD -> x == 0 ? 0 : x / Math.hypot(1, y);
      case ACOSH_GRAD -> x == 0 ? 0 : x / (Math.sqrt(y - 1) * Math.sqrt(y + 1));
      case ATANH_GRAD -> x == 0 ? 0 : Math.abs(y) > 1 ? Double.NaN : x / ((1 - y) * (1 + y));
      case ERF_GRAD -> x == 0 ? 0 : x * NaiveSmooth.erfSlope(y);
      case SELU_GRAD -> x == 0 ? 0 : x * (y > 0 ? SELU : SELU * SELU_ALPHA * Math.exp(y));
      case MISH_GRAD -> x == 0 ? 0 : x * NaiveSmooth.mishSlope(y);
      case GELU_TANH_GRAD -> x == 0 ? 0 : x * NaiveSmooth.geluTanhSlope(y);
      case GELU_GRAD -> x == 0 ? 0 : x * (normal(y) + y * density(y));
      case SILU_GRAD -> x == 0 ? 0 : x * (sigmoid(y) * (1 + y * sigmoid(-y)));
      case LEAKY_RELU -> x > 0 ? x : x * y;
      case LEAKY_RELU_SLOPE -> x > 0 ? 1 : x <= 0 ? y : Double.NaN;
      case ELU -> x > 0 ? x : y * Math.expm1(x);
      case AT_LEAST -> x >= y ? 1 : x < y ? 0 : Double.NaN;
      case AT_MOST -> x <= y ? 1 : x > y ? 0 : Double.NaN;
      case MAXIMUM_SHARE -> share(x, y);
      case MINIMUM_SHARE -> share(-x, -y);
      case LOG_ADD_EXP_SHARE -> x == y ? 0.5 : sigmoid(x - y);
      case ATAN2_SLOPE -> NaiveSmooth.atan2Slope(x, y);
      case BCE_WITH_LOGITS ->
          Math.max(x, 0) * (1 - y) + Math.max(-x, 0) * y + Math.log1p(Math.exp(-Math.abs(x)));
      case BCE -> -y * clampedLog(x) - (1 - y) * clampedLog(1 - x);
      case BCE_SLOPE ->
          binary(Binary.LOG_CLAMPED_GRAD, 1 - y, 1 - x) - binary(Binary.LOG_CLAMPED_GRAD, y, x);
    };
  }

  private static double clampedLog(double x) {
    return Math.max(Math.log(x), -100);
  }

  static boolean comparison(Comparison op, double x, double y) {
    return switch (op) {
      case GT -> x > y;
      case GE -> x >= y;
      case LT -> x < y;
      case LE -> x <= y;
      case EQ -> x == y;
      case NE -> x != y;
    };
  }

  private static double share(double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.isNaN(x) == Double.isNaN(y) ? 0.5 : Double.isNaN(x) ? 1 : 0;
    }
    return x > y ? 1 : x == y ? 0.5 : 0;
  }

  static double sigmoid(double x) {
    return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Returns the normal density; what the rounding of x² lost is given back. */
  private static double density(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    double power = Math.exp(-square / 2);
    return (power == 0 ? 0 : power * (1 - rest / 2)) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Returns the normal distribution function: near 0 by the series ½ + φ(x) (x + x³/3 + x⁵/15 + …),
   * whose terms do not cancel, in the tails by Laplace's continued fraction.
   */
  private static double normal(double x) {
    double z = Math.abs(x);
    if (z < 1) {
      double term = z;
      double sum = 0;
      for (int n = 1; n < 60; n++) {
        sum += term;
        term *= z * z / (2 * n + 1);
      }
      return 0.5 + Math.signum(x) * density(z) * sum;
    }
    double fraction = z;
    for (int n = 400; n > 0; n--) {
      fraction = z + n / fraction;
    }
    double tail = density(z) / fraction;
    return x < 0 ? tail : 1 - tail;
  }
}
