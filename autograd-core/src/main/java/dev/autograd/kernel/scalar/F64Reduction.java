package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Reduction;
import java.util.Arrays;

/**
 * The loops of {@link Reduction} over {@code [outer, length, inner]}. The order of every sum follows
 * from the sizes alone: runs of at most {@link #RUN} elements, joined two by two.
 */
final class F64Reduction {

  /** So short that the error of a plain sum does not matter, so long that joining costs nothing. */
  private static final int RUN = 256;

  private static final int COLUMNS = 1024;

  private F64Reduction() {}

  static void reduce(Reduction op, double[] x, double[] out, int outer, int length, int inner) {
    switch (op) {
      case SUM -> sum(x, out, outer, length, inner);
      case PROD -> prod(x, out, outer, length, inner);
      case MAX -> max(x, out, outer, length, inner);
      case MIN -> min(x, out, outer, length, inner);
      case LOG_SUM_EXP -> logSumExp(x, out, outer, length, inner);
    }
  }

  private static void sum(double[] x, double[] out, int outer, int length, int inner) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = (double) sumOfRun(x, o * length, length);
      }
      return;
    }
    int columns = Math.min(inner, COLUMNS);
    int levels = levels(length);
    /* wide */ double[] sums = new /* wide */ double[columns * levels];
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j += columns) {
        int width = Math.min(columns, inner - j);
        sumRows(x, o * length * inner + j, inner, length, width, sums, 0);
        for (int c = 0; c < width; c++) {
          out[o * inner + j + c] = (double) sums[c];
        }
      }
    }
  }

  private static int levels(int length) {
    int levels = 1;
    for (int rows = length; rows > RUN; rows -= rows / 2) {
      levels++;
    }
    return levels;
  }

  /** Returns the sum of neighbouring elements. */
  static /* wide */ double sumOfRun(double[] x, int from, int n) {
    if (n > RUN) {
      int half = n / 2;
      return sumOfRun(x, from, n - half) + sumOfRun(x, from + n - half, half);
    }
    /* wide */ double s0 = 0;
    /* wide */ double s1 = 0;
    /* wide */ double s2 = 0;
    /* wide */ double s3 = 0;
    /* wide */ double s4 = 0;
    /* wide */ double s5 = 0;
    /* wide */ double s6 = 0;
    /* wide */ double s7 = 0;
    int end = from + n;
    int i = from;
    // Independent lanes: one running sum would wait for the latency of each addition.
    for (; i + 8 <= end; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < end; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Sums rows of {@code width} columns into {@code sums} at {@code into}; what lies behind is used. */
  private static void sumRows(
      double[] x, int from, int stride, int rows, int width, /* wide */ double[] sums, int into) {
    if (rows > RUN) {
      int half = rows / 2;
      int upper = into + width;
      sumRows(x, from, stride, rows - half, width, sums, into);
      sumRows(x, from + (rows - half) * stride, stride, half, width, sums, upper);
      for (int c = 0; c < width; c++) {
        sums[into + c] += sums[upper + c];
      }
      return;
    }
    Arrays.fill(sums, into, into + width, 0);
    for (int row = 0; row < rows; row++) {
      addRow(x, from + row * stride, width, sums, into);
    }
  }

  private static void addRow(double[] x, int from, int width, /* wide */ double[] sums, int into) {
    for (int c = 0; c < width; c++) {
      sums[into + c] += x[from + c];
    }
  }

  private static void max(double[] x, double[] out, int outer, int length, int inner) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = maxOfRun(x, o * length, 1, length);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      int start = o * length * inner;
      System.arraycopy(x, start, out, o * inner, inner);
      for (int row = 1; row < length; row++) {
        raise(x, start + row * inner, out, o * inner, inner);
      }
    }
  }

  private static void raise(double[] x, int from, double[] out, int into, int n) {
    for (int i = 0; i < n; i++) {
      out[into + i] = Math.max(out[into + i], x[from + i]);
    }
  }

  /** Returns the largest of some elements, NaN if there is one, -∞ of none. */
  static double maxOfRun(double[] x, int from, int stride, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[from + i * stride]);
    }
    return max;
  }

  private static void min(double[] x, double[] out, int outer, int length, int inner) {
    if (inner == 1) {
      for (int o = 0; o < outer; o++) {
        out[o] = minOfRun(x, o * length, length);
      }
      return;
    }
    for (int o = 0; o < outer; o++) {
      int start = o * length * inner;
      System.arraycopy(x, start, out, o * inner, inner);
      for (int row = 1; row < length; row++) {
        lower(x, start + row * inner, out, o * inner, inner);
      }
    }
  }

  private static void lower(double[] x, int from, double[] out, int into, int n) {
    for (int i = 0; i < n; i++) {
      out[into + i] = Math.min(out[into + i], x[from + i]);
    }
  }

  private static double minOfRun(double[] x, int from, int n) {
    double min = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      min = Math.min(min, x[from + i]);
    }
    return min;
  }

  private static void prod(double[] x, double[] out, int outer, int length, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        int from = o * length * inner + j;
        /* wide */ double product = 1;
        for (int i = 0; i < length; i++) {
          product *= x[from + i * inner];
        }
        out[o * inner + j] = (double) product;
      }
    }
  }

  private static void logSumExp(double[] x, double[] out, int outer, int length, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        out[o * inner + j] = (double) logSumExp(x, o * length * inner + j, inner, length);
      }
    }
  }

  private static /* wide */ double logSumExp(double[] x, int from, int stride, int n) {
    /* wide */ double max = maxOfRun(x, from, stride, n);
    return isFinite(max) ? max + Math.log(sumOfExp(x, from, stride, n, max)) : max;
  }

  /** Returns Σ e^(x - shift). */
  static /* wide */ double sumOfExp(
      double[] x, int from, int stride, int n, /* wide */ double shift) {
    /* wide */ double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(x[from + i * stride] - shift);
    }
    return sum;
  }

  /** Returns whether a number is neither infinite nor NaN. */
  static boolean isFinite(/* wide */ double x) {
    return Math.abs(x) < Double.POSITIVE_INFINITY;
  }

  static void argMax(double[] x, long[] out, int outer, int length, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        out[o * inner + j] = argMax(x, o * length * inner + j, inner, length);
      }
    }
  }

  private static int argMax(double[] x, int from, int stride, int n) {
    int best = 0;
    double max = x[from];
    for (int i = 1; i < n && !Double.isNaN(max); i++) {
      double value = x[from + i * stride];
      if (value > max || Double.isNaN(value)) {
        max = value;
        best = i;
      }
    }
    return best;
  }
}
