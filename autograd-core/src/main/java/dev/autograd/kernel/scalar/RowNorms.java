package dev.autograd.kernel.scalar;

/**
 * Norms of a {@link Row}, and its variance, which is one of its distances from the mean. Where
 * squares or powers leave the range of doubles they are taken of scaled elements: a norm overflows
 * only if it is itself too large.
 */
final class RowNorms {

  /** A sum of squares from here on has lost nothing to squares that are too small. */
  private static final double SMALLEST_SQUARES = 0x1p-900;

  /** The reciprocal of a power of two is finite from this exponent on. */
  private static final int SMALLEST_EXPONENT = -1000;

  private RowNorms() {}

  static double norm(double p, Row row) {
    if (p == 2) {
      return meanOfSquares(row, RowMean.ZERO, 1, true);
    }
    if (p == 1) {
      return row.sum(RowNorms::magnitudes);
    }
    if (p == 0) {
      return row.sum(RowNorms::nonZeros);
    }
    double unit = p > 0 ? row.largest() : row.smallest();
    if (Double.isInfinite(p) || unit == 0 || !Double.isFinite(unit)) {
      return unit;
    }
    return Math.pow(row.sum((run, n) -> powers(run, n, p, unit)), 1 / p) * unit;
  }

  /** Returns {@code Σ (x - mean)² / divisor}, or its root. */
  static double variance(double divisor, boolean root, Row row) {
    return meanOfSquares(row, RowMean.of(row), divisor, root);
  }

  private static double meanOfSquares(Row row, RowMean point, double divisor, boolean root) {
    double unit = 1;
    double sum = row.sum((run, n) -> squares(run, n, point, 1));
    if (!(sum >= SMALLEST_SQUARES && sum <= Double.MAX_VALUE)) {
      unit = powerOfTwo(row.largest());
      double scale = 1 / unit;
      sum = row.sum((run, n) -> squares(run, n, point, scale));
    }
    double mean = sum / divisor;
    return root ? Math.sqrt(mean) * unit : mean * unit * unit;
  }

  /** Returns a power of two near a number, which scales without rounding; 1 if there is none. */
  private static double powerOfTwo(double x) {
    return x == 0 || !Double.isFinite(x)
        ? 1
        : Math.scalb(1.0, Math.max(Math.getExponent(x), SMALLEST_EXPONENT));
  }

  private static double squares(double[] run, int n, RowMean point, double scale) {
    double high = point.high();
    double low = point.low();
    double even = 0;
    double odd = 0;
    int i = 0;
    // Independent lanes: one running sum would wait for the latency of each addition.
    for (; i + 2 <= n; i += 2) {
      double x = (run[i] - high - low) * scale;
      double y = (run[i + 1] - high - low) * scale;
      even += x * x;
      odd += y * y;
    }
    for (; i < n; i++) {
      double x = (run[i] - high - low) * scale;
      even += x * x;
    }
    return even + odd;
  }

  private static double magnitudes(double[] run, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.abs(run[i]);
    }
    return sum;
  }

  private static double nonZeros(double[] run, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      // A NaN stays.
      sum += Math.abs(Math.signum(run[i]));
    }
    return sum;
  }

  private static double powers(double[] run, int n, double p, double unit) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.pow(Math.abs(run[i]) / unit, p);
    }
    return sum;
  }
}
