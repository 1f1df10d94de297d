package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Reduction;
import java.util.Arrays;

/**
 * The loops of {@link Reduction} over {@link Lines}. The order of every sum follows from the sizes
 * alone: runs of at most {@link #RUN} elements, joined two by two.
 */
final class F64Reduction {

  /** So short that the error of a plain sum does not matter, so long that joining costs nothing. */
  private static final int RUN = 256;

  /** Columns that are summed at a time, so that their sums stay in the first cache. */
  private static final int COLUMNS = 1024;

  private F64Reduction() {}

  static void reduce(
      Reduction op, double[] x, double[] out, int length, int inner, int from, int to) {
    switch (op) {
      case SUM -> sum(x, out, length, inner, from, to);
      case MAX -> max(x, out, length, inner, from, to);
      case MIN -> min(x, out, length, inner, from, to);
      case PROD, LOG_SUM_EXP -> reduceRows(op, x, out, length, inner, from, to);
    }
  }

  private static void sum(double[] x, double[] out, int length, int inner, int from, int to) {
    if (inner == 1) {
      for (int line = from; line < to; line++) {
        out[line] = (double) sumOfRun(x, line * length, length);
      }
      return;
    }
    int columns = Math.min(Math.min(inner, to - from), COLUMNS);
    /* wide */ double[] sums = new /* wide */ double[columns * levels(length)];
    int width;
    for (int line = from; line < to; line += width) {
      width = Math.min(Lines.neighbours(line, inner, to), columns);
      sumRows(x, Lines.start(line, length, inner), inner, length, width, sums, 0);
      F64Blocks.narrow(sums, out, line, width);
    }
  }

  /** Returns how many rows of sums {@link #sumRows} needs. */
  private static int levels(int length) {
    int levels = 1;
    for (int rows = length; rows > RUN; rows -= rows / 2) {
      levels++;
    }
    return levels;
  }

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

  /**
   * Sums rows of {@code width} columns into {@code sums} from {@code into} on; what lies behind is
   * scratch.
   */
  private static void sumRows(
      double[] x, int from, int step, int rows, int width, /* wide */ double[] sums, int into) {
    if (rows > RUN) {
      int half = rows / 2;
      int upper = into + width;
      sumRows(x, from, step, rows - half, width, sums, into);
      sumRows(x, from + (rows - half) * step, step, half, width, sums, upper);
      for (int c = 0; c < width; c++) {
        sums[into + c] += sums[upper + c];
      }
      return;
    }
    Arrays.fill(sums, into, into + width, 0);
    int row = 0;
    for (; row + 8 <= rows; row += 8) {
      addEightRows(x, from + row * step, step, width, sums, into);
    }
    for (; row < rows; row++) {
      addRow(x, from + row * step, width, sums, into);
    }
  }

  private static void addEightRows(
      double[] x, int r0, int step, int width, /* wide */ double[] sums, int into) {
    int r1 = r0 + step;
    int r2 = r1 + step;
    int r3 = r2 + step;
    int r4 = r3 + step;
    int r5 = r4 + step;
    int r6 = r5 + step;
    int r7 = r6 + step;
    for (int c = 0; c < width; c++) {
      /* wide */ double sum = sums[into + c] + x[r0 + c] + x[r1 + c] + x[r2 + c] + x[r3 + c];
      sums[into + c] = sum + x[r4 + c] + x[r5 + c] + x[r6 + c] + x[r7 + c];
    }
  }

  private static void addRow(double[] x, int from, int width, /* wide */ double[] sums, int into) {
    for (int c = 0; c < width; c++) {
      sums[into + c] += x[from + c];
    }
  }

  private static void max(double[] x, double[] out, int length, int inner, int from, int to) {
    int width;
    for (int line = from; line < to; line += width) {
      int start = Lines.start(line, length, inner);
      width = Lines.neighbours(line, inner, to);
      if (inner == 1) {
        out[line] = maxOfRun(x, start, length);
      } else {
        maxOfRows(x, start, length, inner, out, line, width);
      }
    }
  }

  private static double maxOfRun(double[] x, int from, int n) {
    double max = x[from];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[from + i]);
    }
    return max;
  }

  private static void maxOfRows(
      double[] x, int from, int rows, int step, double[] out, int to, int width) {
    System.arraycopy(x, from, out, to, width);
    for (int row = from + step; row < from + rows * step; row += step) {
      for (int c = 0; c < width; c++) {
        out[to + c] = Math.max(out[to + c], x[row + c]);
      }
    }
  }

  private static void min(double[] x, double[] out, int length, int inner, int from, int to) {
    int width;
    for (int line = from; line < to; line += width) {
      int start = Lines.start(line, length, inner);
      width = Lines.neighbours(line, inner, to);
      if (inner == 1) {
        out[line] = minOfRun(x, start, length);
      } else {
        minOfRows(x, start, length, inner, out, line, width);
      }
    }
  }

  private static double minOfRun(double[] x, int from, int n) {
    double min = x[from];
    for (int i = 1; i < n; i++) {
      min = Math.min(min, x[from + i]);
    }
    return min;
  }

  private static void minOfRows(
      double[] x, int from, int rows, int step, double[] out, int to, int width) {
    System.arraycopy(x, from, out, to, width);
    for (int row = from + step; row < from + rows * step; row += step) {
      for (int c = 0; c < width; c++) {
        out[to + c] = Math.min(out[to + c], x[row + c]);
      }
    }
  }

  private static void reduceRows(
      Reduction op, double[] x, double[] out, int length, int inner, int from, int to) {
    /* wide */ double[] row = new /* wide */ double[length];
    for (int line = from; line < to; line++) {
      F64Rows.load(x, Lines.start(line, length, inner), inner, row, length);
      out[line] = (double) RowFunctions.reduce(op, row, length);
    }
  }

  static void argMax(double[] x, long[] out, int length, int inner, int from, int to) {
    for (int line = from; line < to; line++) {
      out[line] = argMaxOfRow(x, Lines.start(line, length, inner), inner, length);
    }
  }

  private static int argMaxOfRow(double[] x, int from, int step, int n) {
    int best = 0;
    double max = x[from];
    for (int i = 1; i < n && !Double.isNaN(max); i++) {
      double value = x[from + i * step];
      if (value > max || Double.isNaN(value)) {
        max = value;
        best = i;
      }
    }
    return best;
  }

  static void argMin(double[] x, long[] out, int length, int inner, int from, int to) {
    for (int line = from; line < to; line++) {
      out[line] = argMinOfRow(x, Lines.start(line, length, inner), inner, length);
    }
  }

  private static int argMinOfRow(double[] x, int from, int step, int n) {
    int best = 0;
    double min = x[from];
    for (int i = 1; i < n && !Double.isNaN(min); i++) {
      double value = x[from + i * step];
      if (value < min || Double.isNaN(value)) {
        min = value;
        best = i;
      }
    }
    return best;
  }
}
