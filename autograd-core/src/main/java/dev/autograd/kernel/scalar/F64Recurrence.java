package dev.autograd.kernel.scalar;

/**
 * Linear recurrences of the first order along the middle axis of {@code [outer, length, inner]}.
 */
final class F64Recurrence {

  private F64Recurrence() {}

  static void run(
      boolean fromEnd, double[] b, double[] x, double[] out, int outer, int length, int inner) {
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        int first = o * length * inner + j;
        if (fromEnd) {
          fromEnd(b, x, out, first, inner, length);
        } else {
          fromStart(b, x, out, first, inner, length);
        }
      }
    }
  }

  private static void fromStart(double[] b, double[] x, double[] out, int first, int step, int n) {
    /* wide */ double y = 0;
    for (int i = 0; i < n; i++) {
      int at = first + i * step;
      y = y == 0 ? b[at] : b[at] + x[at] * y;
      out[at] = (double) y;
    }
  }

  private static void fromEnd(double[] b, double[] x, double[] out, int first, int step, int n) {
    /* wide */ double y = 0;
    for (int i = n - 1; i >= 0; i--) {
      int at = first + i * step;
      y = y == 0 ? b[at] : b[at] + x[at + step] * y;
      out[at] = (double) y;
    }
  }
}
