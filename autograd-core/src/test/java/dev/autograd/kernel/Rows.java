package dev.autograd.kernel;

import java.util.Arrays;

/** Rows along the middle axis of {@code [outer, length, inner]}, and functions of them. */
final class Rows {

  private Rows() {}

  static double[] row(double[] x, int outer, int inner, int length, int innerSize) {
    double[] row = new double[length];
    Arrays.setAll(row, i -> x[(outer * length + i) * innerSize + inner]);
    return row;
  }

  static double logSumExp(double... row) {
    double max = Arrays.stream(row).reduce(Double.NEGATIVE_INFINITY, Math::max);
    if (Double.isNaN(max) || Double.isInfinite(max)) {
      return max;
    }
    return max + Math.log(Arrays.stream(row).map(x -> Math.exp(x - max)).sum());
  }

  static double[] map(AxisMap op, double... row) {
    double logSum = logSumExp(row);
    double[] out = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      out[i] =
          switch (op) {
            case SOFTMAX -> Double.isInfinite(logSum) ? Double.NaN : Math.exp(row[i] - logSum);
            case LOG_SOFTMAX -> Double.isInfinite(logSum) ? Double.NaN : row[i] - logSum;
            case LOG_SUM_EXP_WEIGHTS -> weight(row, i, logSum);
            case PRODUCT_OF_OTHERS -> productOfOthers(row, i);
            case CUMULATIVE_SUM -> Arrays.stream(row, 0, i + 1).sum();
            case SUM_TO_END -> Arrays.stream(row, i, row.length).sum();
            case CUMULATIVE_PRODUCT -> Arrays.stream(row, 0, i + 1).reduce(1, (a, b) -> a * b);
            case CENTRED -> Double.isFinite(largest(row)) ? row[i] - mean(row) : Double.NaN;
          };
    }
    return out;
  }

  private static double largest(double... row) {
    return Arrays.stream(row).map(Math::abs).reduce(0, Math::max);
  }

  static double mean(double... row) {
    return Arrays.stream(row).sum() / row.length;
  }

  /** Returns the index of the first largest element times a sign, or of the first NaN. */
  static int firstLargest(int sign, double... row) {
    double largest =
        Arrays.stream(row).map(x -> sign * x).reduce(Double.NEGATIVE_INFINITY, Math::max);
    int i = 0;
    while (Double.isNaN(largest) ? !Double.isNaN(row[i]) : sign * row[i] != largest) {
      i++;
    }
    return i;
  }

  private static double weight(double[] row, int i, double logSum) {
    if (Double.isInfinite(logSum)) {
      long winners = Arrays.stream(row).filter(x -> x == Double.POSITIVE_INFINITY).count();
      return row[i] == Double.POSITIVE_INFINITY ? 1.0 / winners : 0;
    }
    return Math.exp(row[i] - logSum);
  }

  private static double productOfOthers(double[] row, int i) {
    double product = 1;
    for (int j = 0; j < row.length; j++) {
      product *= j == i ? 1 : row[j];
    }
    return product;
  }
}
