package dev.autograd.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The definitions that need more digits than a formula in double precision keeps: by exact decimal
 * arithmetic, a continued fraction, or a step of Newton's method.
 */
final class NaiveSmooth {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal SQRT_OF_8_BY_PI =
      new BigDecimal("1.59576912160573071175978423973752747390343452");
  private static final BigDecimal CUBIC = new BigDecimal("0.044715");

  private NaiveSmooth() {}

  static double sinh(double x) {
    double e = Math.expm1(Math.abs(x));
    return Math.signum(x) * (Double.isInfinite(e) ? e : (e + e / (1 + e)) / 2);
  }

  static double asinh(double x) {
    double m = Math.abs(x);
    if (m > 1e8) {
      return Math.signum(x) * (Math.log(m) + Math.log(2));
    }
    double guess = Math.log(m + Math.sqrt(m * m + 1));
    return Math.signum(x) * (guess - (sinh(guess) - m) / Math.cosh(guess));
  }

  static double acosh(double x) {
    if (!(x > 1 && x < 1e8)) {
      return x == 1 ? 0 : x < 1 ? Double.NaN : Math.log(x) + Math.log(2);
    }
    double guess = Math.log(x + Math.sqrt(x * x - 1));
    double half = sinh(guess / 2);
    return guess - (2 * half * half - (x - 1)) / sinh(guess);
  }

  static double rounded(double x, RoundingMode mode) {
    return Double.isFinite(x) ? new BigDecimal(x).setScale(0, mode).doubleValue() : x;
  }

  static double remainder(double x, double y) {
    if (!Double.isFinite(x) || Double.isNaN(y) || y == 0) {
      return Double.NaN;
    }
    boolean otherSide = x != 0 && x < 0 != y < 0;
    if (Double.isInfinite(y)) {
      return otherSide ? y : x;
    }
    BigDecimal divisor = new BigDecimal(y);
    BigDecimal rest = new BigDecimal(x).remainder(divisor);
    return (rest.signum() != 0 && otherSide ? rest.add(divisor) : rest).doubleValue();
  }

  static double atan2Slope(double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.NaN;
    }
    if ((x == 0 && y == 0) || Double.isInfinite(x) || Double.isInfinite(y)) {
      return 0;
    }
    BigDecimal a = new BigDecimal(x);
    BigDecimal b = new BigDecimal(y);
    return b.divide(a.multiply(a).add(b.multiply(b)), DIGITS).doubleValue();
  }

  static double erfSlope(double x) {
    if (!Double.isFinite(x)) {
      return Double.isNaN(x) ? x : 0;
    }
    return 2 / Math.sqrt(Math.PI) * expOfMinus(square(x));
  }

  /** Near 0 by the series, elsewhere by Laplace's continued fraction. */
  static double erfc(double x) {
    double z = Math.abs(x);
    if (z < 1) {
      double term = x;
      double sum = 0;
      for (int n = 1; n < 60; n++) {
        sum += term;
        term *= 2 * x * x / (2 * n + 1);
      }
      return 1 - erfSlope(x) * sum;
    }
    double fraction = z;
    for (int n = 400; n > 0; n--) {
      fraction = z + n / 2.0 / fraction;
    }
    double tail = erfSlope(z) / 2 / fraction;
    return x < 0 ? 2 - tail : tail;
  }

  static double mishSlope(double x) {
    if (Double.isInfinite(x)) {
      return x > 0 ? 1 : 0;
    }
    double t = Math.tanh(Naive.softplus(x));
    double curve = 1 / Math.pow(Math.cosh(Naive.softplus(x)), 2);
    return t + x * curve * Naive.sigmoid(x);
  }

  static double geluTanhSlope(double x) {
    if (Math.abs(x) > 100) {
      return x > 0 ? 1 : 0;
    }
    double slope = Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    return gate(x) * (1 + x * slope * gate(-x));
  }

  /** Returns sigmoid(√(8/π) (x + 0.044715 x³)). */
  static double gate(double x) {
    if (Double.isNaN(x) || Math.abs(x) > 100) {
      return Double.isNaN(x) ? x : x > 0 ? 1 : 0;
    }
    BigDecimal bracket = CUBIC.multiply(square(x)).add(BigDecimal.ONE);
    BigDecimal z = SQRT_OF_8_BY_PI.multiply(bracket).multiply(new BigDecimal(Math.abs(x)));
    double e = expOfMinus(z);
    return (x < 0 ? e : 1) / (1 + e);
  }

  private static BigDecimal square(double x) {
    return new BigDecimal(x).multiply(new BigDecimal(x));
  }

  /** Returns e^-x, what the rounding of x loses given back. */
  private static double expOfMinus(BigDecimal x) {
    double rounded = x.doubleValue();
    double rest =
        Double.isInfinite(rounded) ? 0 : x.subtract(new BigDecimal(rounded)).doubleValue();
    return Math.exp(-rounded) * (1 - rest);
  }
}
