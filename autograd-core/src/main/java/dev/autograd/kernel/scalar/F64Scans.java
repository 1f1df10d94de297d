package dev.autograd.kernel.scalar;

import dev.autograd.kernel.AxisMap;
import java.util.Arrays;

/**
 * Running sums, products and recurrences along {@link Lines}: those side by side at once, in the
 * order of memory, with one result so far per line.
 */
final class F64Scans {

  private F64Scans() {}

  static boolean isScan(AxisMap op) {
    return switch (op) {
      case CUMULATIVE_SUM, SUM_TO_END, CUMULATIVE_PRODUCT -> true;
      default -> false;
    };
  }

  static void map(AxisMap op, double[] x, double[] out, int length, int inner, int from, int to) {
    /* wide */ double[] soFar = new /* wide */ double[Math.min(inner, to - from)];
    int width;
    for (int line = from; line < to; line += width) {
      width = Lines.neighbours(line, inner, to);
      int start = Lines.start(line, length, inner);
      Arrays.fill(soFar, op == AxisMap.CUMULATIVE_PRODUCT ? 1 : 0);
      for (int i = 0; i < length; i++) {
        int at = start + (op == AxisMap.SUM_TO_END ? length - 1 - i : i) * inner;
        if (op == AxisMap.CUMULATIVE_PRODUCT) {
          multiply(x, out, at, soFar, width);
        } else {
          add(x, out, at, soFar, width);
        }
      }
    }
  }

  private static void add(double[] x, double[] out, int from, /* wide */ double[] soFar, int n) {
    for (int j = 0; j < n; j++) {
      soFar[j] += x[from + j];
      out[from + j] = (double) soFar[j];
    }
  }

  private static void multiply(
      double[] x, double[] out, int from, /* wide */ double[] soFar, int n) {
    for (int j = 0; j < n; j++) {
      soFar[j] *= x[from + j];
      out[from + j] = (double) soFar[j];
    }
  }

  /**
   * Computes {@code y = b + x · y} of the row before; from the end, of x and y of the row behind.
   */
  static void recurrence(
      boolean fromEnd,
      double[] b,
      double[] x,
      double[] out,
      int length,
      int inner,
      int from,
      int to) {
    /* wide */ double[] soFar = new /* wide */ double[Math.min(inner, to - from)];
    int width;
    for (int line = from; line < to; line += width) {
      width = Lines.neighbours(line, inner, to);
      int start = Lines.start(line, length, inner);
      Arrays.fill(soFar, 0);
      for (int i = 0; i < length; i++) {
        int at = start + (fromEnd ? length - 1 - i : i) * inner;
        // Of the last row from the end there is no x behind; with nothing so far none is read.
        step(soFar, width, b, x, fromEnd ? at + inner : at, out, at);
      }
    }
  }

  private static void step(
      /* wide */ double[] soFar,
      int n,
      double[] b,
      double[] x,
      int factors,
      double[] out,
      int from) {
    for (int j = 0; j < n; j++) {
      // What is 0 adds nothing, whatever x is.
      /* wide */ double carried = soFar[j] == 0 ? 0 : x[factors + j] * soFar[j];
      soFar[j] = b[from + j] + carried;
      out[from + j] = (double) soFar[j];
    }
  }
}
