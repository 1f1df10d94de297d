package dev.autograd.kernel.scalar;

import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Reduction;

/**
 * The functions of a whole row, in double precision for both element types. A row is the first
 * {@code n} elements of its array, and is overwritten.
 */
final class RowFunctions {

  private RowFunctions() {}

  /** Replaces the row by a function of it. */
  static void map(AxisMap op, double[] row, double[] scratch, int n) {
    switch (op) {
      case SOFTMAX -> softmax(row, n, max(row, n));
      case LOG_SOFTMAX -> logSoftmax(row, n);
      case LOG_SUM_EXP_WEIGHTS -> logSumExpWeights(row, n);
      case PRODUCT_OF_OTHERS -> productOfOthers(row, scratch, n);
      case CUMULATIVE_SUM, SUM_TO_END, CUMULATIVE_PRODUCT ->
          throw new IllegalArgumentException(op + " needs no row");
      case CENTRED -> RowMean.of(new F64Row(row, 1, n)).subtractFrom(row, n);
    }
  }

  /** Returns the reduced row. */
  static double reduce(Reduction op, double[] row, int n) {
    return switch (op) {
      case PROD -> product(row, n);
      case LOG_SUM_EXP -> logSumExp(row, n);
      default -> throw new IllegalArgumentException(op + " needs no row");
    };
  }

  /** Returns the cross-entropy of the row's softmax against a class. */
  static double crossEntropy(double[] row, int n, int target) {
    double max = max(row, n);
    double own = row[target] - max;
    return Math.log(exp(row, n, max)) - own;
  }

  /** Replaces the row by g times the slope of that. */
  static void crossEntropyGrad(double[] row, int n, int target, double g) {
    softmax(row, n, max(row, n));
    row[target] -= 1;
    for (int i = 0; i < n; i++) {
      row[i] *= g;
    }
  }

  /** Returns the largest element, NaN if there is one, -∞ of an empty row. */
  private static double max(double[] row, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, row[i]);
    }
    return max;
  }

  private static double product(double[] row, int n) {
    double product = 1;
    for (int i = 0; i < n; i++) {
      product *= row[i];
    }
    return product;
  }

  private static double logSumExp(double[] row, int n) {
    double max = max(row, n);
    return Double.isFinite(max) ? max + Math.log(exp(row, n, max)) : max;
  }

  private static void softmax(double[] row, int n, double max) {
    double sum = exp(row, n, max);
    for (int i = 0; i < n; i++) {
      row[i] /= sum;
    }
  }

  /** Replaces x by e^(x - shift) and returns the sum. */
  private static double exp(double[] row, int n, double shift) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      row[i] = Math.exp(row[i] - shift);
      sum += row[i];
    }
    return sum;
  }

  private static void logSoftmax(double[] row, int n) {
    double max = max(row, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      row[i] -= max;
      sum += Math.exp(row[i]);
    }
    double log = Math.log(sum);
    for (int i = 0; i < n; i++) {
      row[i] -= log;
    }
  }

  private static void logSumExpWeights(double[] row, int n) {
    double max = max(row, n);
    if (Double.isInfinite(max)) {
      shareAmongInfinite(row, n);
    } else {
      softmax(row, n, max);
    }
  }

  /** Shares 1 among the elements that are +∞; all others, or all, are 0. */
  private static void shareAmongInfinite(double[] row, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += row[i] == Double.POSITIVE_INFINITY ? 1 : 0;
    }
    for (int i = 0; i < n; i++) {
      row[i] = row[i] == Double.POSITIVE_INFINITY ? 1.0 / count : 0;
    }
  }

  /** Products from the left times products from the right: no division, so 0 is no exception. */
  private static void productOfOthers(double[] row, double[] before, int n) {
    double product = 1;
    for (int i = 0; i < n; i++) {
      before[i] = product;
      product *= row[i];
    }
    product = 1;
    for (int i = n - 1; i >= 0; i--) {
      double own = row[i];
      row[i] = before[i] * product;
      product *= own;
    }
  }
}
