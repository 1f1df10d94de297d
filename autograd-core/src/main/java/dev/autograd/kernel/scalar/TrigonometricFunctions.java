package dev.autograd.kernel.scalar;

/**
 * Inverse hyperbolic functions, distances and angles, and the slopes among them that need care: to
 * a few units in the last place everywhere, and without overflow where the result is finite.
 */
final class TrigonometricFunctions {

  private static final double LN2 = 0.6931471805599453;

  /** Beyond, x² + 1 and x² - 1 are x² in double precision. */
  private static final double LARGE = 0x1p27;

  /** Below, the square of a number may have lost digits. */
  private static final double SMALLEST_SQUARE = 0x1p-960;

  private TrigonometricFunctions() {}

  static double asinh(double x) {
    double m = Math.abs(x);
    double value =
        m > LARGE ? Math.log(m) + LN2 : Math.log1p(m + m * m / (1 + Math.sqrt(1 + m * m)));
    return Math.copySign(value, x);
  }

  static double acosh(double x) {
    double above1 = x - 1;
    return x > LARGE
        ? Math.log(x) + LN2
        : Math.log1p(above1 + Math.sqrt(above1) * Math.sqrt(above1 + 2));
  }

  static double atanh(double x) {
    double m = Math.abs(x);
    return Math.copySign(Math.log1p(2 * m / (1 - m)) / 2, x);
  }

  static double rootOfSquarePlus1(double x) {
    double m = Math.abs(x);
    return m > LARGE ? m : Math.sqrt(1 + m * m);
  }

  /** Returns g / (1 - x²), NaN where the inverse hyperbolic tangent has no value. */
  static double atanhGrad(double g, double x) {
    double denominator = (1 - x) * (1 + x);
    return denominator < 0 ? Double.NaN : g / denominator;
  }

  static double hypot(double x, double y) {
    double square = Math.fma(x, x, y * y);
    return square > SMALLEST_SQUARE && square <= Double.MAX_VALUE
        ? Math.sqrt(square)
        : Math.hypot(x, y);
  }

  /** Returns y / (x² + y²), the slope of the angle in x. */
  static double atan2Slope(double x, double y) {
    double square = Math.fma(x, x, y * y);
    return square > SMALLEST_SQUARE && square <= Double.MAX_VALUE
        ? y / square
        : scaledAtan2Slope(x, y);
  }

  private static double scaledAtan2Slope(double x, double y) {
    double scale = Math.max(Math.abs(x), Math.abs(y));
    if (scale == 0 || Double.isInfinite(scale)) {
      return 0;
    }
    int exponent = Math.getExponent(scale);
    double u = Math.scalb(x, -exponent);
    double v = Math.scalb(y, -exponent);
    return Math.scalb(v / (u * u + v * v), -exponent);
  }
}
