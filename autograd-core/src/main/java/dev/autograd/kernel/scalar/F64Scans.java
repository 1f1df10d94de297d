package dev.autograd.kernel.scalar;

import dev.autograd.kernel.AxisMap;
import java.util.Arrays;

/**
 * Running sums, products and recurrences along the middle axis of {@code [outer, length, inner]}:
 * in the order of memory, one result so far per column.
 */
final class F64Scans {

  private F64Scans() {}

  static boolean isScan(AxisMap op) {
    return switch (op) {
      case CUMULATIVE_SUM, SUM_TO_END, CUMULATIVE_PRODUCT -> true;
      default -> false;
    };
  }

  static void map(AxisMap op, double[] x, double[] out, int outer, int length, int inner) {
    /* wide */ double[] soFar = new /* wide */ double[inner];
    for (int o = 0; o < outer; o++) {
      Arrays.fill(soFar, op == AxisMap.CUMULATIVE_PRODUCT ? 1 : 0);
      for (int i = 0; i < length; i++) {
        int row = o * length + (op == AxisMap.SUM_TO_END ? length - 1 - i : i);
        if (op == AxisMap.CUMULATIVE_PRODUCT) {
          multiply(x, out, row * inner, soFar);
        } else {
          add(x, out, row * inner, soFar);
        }
      }
    }
  }

  private static void add(double[] x, double[] out, int from, /* wide */ double[] soFar) {
    for (int j = 0; j < soFar.length; j++) {
      soFar[j] += x[from + j];
      out[from + j] = (double) soFar[j];
    }
  }

  private static void multiply(double[] x, double[] out, int from, /* wide */ double[] soFar) {
    for (int j = 0; j < soFar.length; j++) {
      soFar[j] *= x[from + j];
      out[from + j] = (double) soFar[j];
    }
  }

  /**
   * Computes {@code y = b + x · y} of the row before; from the end, of x and y of the row behind.
   */
  static void recurrence(
      boolean fromEnd, double[] b, double[] x, double[] out, int outer, int length, int inner) {
    /* wide */ double[] soFar = new /* wide */ double[inner];
    for (int o = 0; o < outer; o++) {
      Arrays.fill(soFar, 0);
      for (int i = 0; i < length; i++) {
        int row = o * length + (fromEnd ? length - 1 - i : i);
        // Of the last row from the end there is no x behind; with nothing so far none is read.
        step(b, x, (fromEnd ? row + 1 : row) * inner, out, row * inner, soFar);
      }
    }
  }

  private static void step(
      double[] b, double[] x, int factors, double[] out, int from, /* wide */ double[] soFar) {
    for (int j = 0; j < soFar.length; j++) {
      // What is 0 adds nothing, whatever x is.
      /* wide */ double carried = soFar[j] == 0 ? 0 : x[factors + j] * soFar[j];
      soFar[j] = b[from + j] + carried;
      out[from + j] = (double) soFar[j];
    }
  }
}
