package dev.autograd.kernel.scalar;

import dev.autograd.kernel.AxisMap;

/** The row functions of {@link AxisMap} along the middle axis of {@code [outer, length, inner]}. */
final class F64AxisMap {

  private F64AxisMap() {}

  static void map(AxisMap op, double[] x, double[] out, int outer, int length, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        int from = o * length * inner + j;
        switch (op) {
          case SOFTMAX -> softmax(x, out, from, inner, length);
          case LOG_SOFTMAX -> logSoftmax(x, out, from, inner, length);
          case LOG_SUM_EXP_WEIGHTS -> logSumExpWeights(x, out, from, inner, length);
          case PRODUCT_OF_OTHERS -> productOfOthers(x, out, from, inner, length);
        }
      }
    }
  }

  private static void softmax(double[] x, double[] out, int from, int stride, int n) {
    softmax(x, out, from, stride, n, F64Reduction.maxOfRun(x, from, stride, n));
  }

  private static void softmax(
      double[] x, double[] out, int from, int stride, int n, /* wide */ double max) {
    /* wide */ double sum = 0;
    for (int i = 0; i < n; i++) {
      /* wide */ double power = Math.exp(x[from + i * stride] - max);
      out[from + i * stride] = (double) power;
      sum += power;
    }
    for (int i = 0; i < n; i++) {
      out[from + i * stride] = (double) (out[from + i * stride] / sum);
    }
  }

  private static void logSoftmax(double[] x, double[] out, int from, int stride, int n) {
    /* wide */ double max = F64Reduction.maxOfRun(x, from, stride, n);
    /* wide */ double logSum =
        F64Reduction.isFinite(max)
            ? Math.log(F64Reduction.sumOfExp(x, from, stride, n, max))
            : 0;
    for (int i = 0; i < n; i++) {
      out[from + i * stride] = (double) (x[from + i * stride] - max - logSum);
    }
  }

  private static void logSumExpWeights(double[] x, double[] out, int from, int stride, int n) {
    double max = F64Reduction.maxOfRun(x, from, stride, n);
    if (max == Double.NEGATIVE_INFINITY) {
      for (int i = 0; i < n; i++) {
        out[from + i * stride] = 0;
      }
    } else if (max == Double.POSITIVE_INFINITY) {
      shareEqually(x, out, from, stride, n, max);
    } else {
      softmax(x, out, from, stride, n, max);
    }
  }

  private static void shareEqually(
      double[] x, double[] out, int from, int stride, int n, double winner) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += x[from + i * stride] == winner ? 1 : 0;
    }
    double share = 1 / (double) count;
    for (int i = 0; i < n; i++) {
      out[from + i * stride] = x[from + i * stride] == winner ? share : 0;
    }
  }

  /** Products from the left times products from the right: no division, so zeros are no exception. */
  private static void productOfOthers(double[] x, double[] out, int from, int stride, int n) {
    /* wide */ double[] before = new /* wide */ double[n];
    /* wide */ double product = 1;
    for (int i = 0; i < n; i++) {
      before[i] = product;
      product *= x[from + i * stride];
    }
    product = 1;
    for (int i = n - 1; i >= 0; i--) {
      out[from + i * stride] = (double) (before[i] * product);
      product *= x[from + i * stride];
    }
  }
}
