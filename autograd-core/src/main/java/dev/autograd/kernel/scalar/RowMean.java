package dev.autograd.kernel.scalar;

/**
 * The mean of a row as the sum of two numbers, the second being what rounding took from the first.
 * It is measured from the first element, so that the mean of equal elements is exactly that
 * element.
 */
record RowMean(double high, double low) {

  static final RowMean ZERO = new RowMean(0, 0);

  static RowMean of(Row row) {
    if (row.size() == 0) {
      return ZERO;
    }
    double share = 1.0 / row.size();
    double first = row.first();
    // Shares are summed, not elements, so that their sum does not overflow.
    double high = first + row.sum((run, n) -> sum(run, n, share, first * share, 1));
    return new RowMean(high, row.sum((run, n) -> sum(run, n, 1, high, share)));
  }

  /** Returns {@code Σ (x · scale - point) · share}. */
  private static double sum(double[] run, int n, double scale, double point, double share) {
    double even = 0;
    double odd = 0;
    int i = 0;
    // Independent lanes: one running sum would wait for the latency of each addition.
    for (; i + 2 <= n; i += 2) {
      even += (run[i] * scale - point) * share;
      odd += (run[i + 1] * scale - point) * share;
    }
    for (; i < n; i++) {
      even += (run[i] * scale - point) * share;
    }
    return even + odd;
  }

  /** Replaces each element of a row by its distance from the mean. */
  void subtractFrom(double[] row, int n) {
    for (int i = 0; i < n; i++) {
      row[i] = row[i] - high - low;
    }
  }
}
