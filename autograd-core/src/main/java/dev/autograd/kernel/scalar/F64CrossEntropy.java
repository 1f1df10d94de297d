package dev.autograd.kernel.scalar;

import java.util.Arrays;

/**
 * The loops of cross-entropies: of the softmax of rows along the middle axis of {@code [outer,
 * length, inner]}, and what softmax and sigmoid have in common, the difference to a target.
 */
final class F64CrossEntropy {

  private F64CrossEntropy() {}

  static void losses(double[] x, int[] classes, double[] out, int outer, int length, int inner) {
    /* wide */ double[] row = new /* wide */ double[length];
    for (int i = 0; i < outer * inner; i++) {
      if (classes[i] < 0) {
        out[i] = 0;
      } else {
        F64Rows.load(x, start(i, length, inner), inner, row, length);
        out[i] = (double) RowFunctions.crossEntropy(row, length, classes[i]);
      }
    }
  }

  static void gradient(
      double[] g,
      int gStep,
      double[] x,
      int[] classes,
      double[] out,
      int outer,
      int length,
      int inner) {
    /* wide */ double[] row = new /* wide */ double[length];
    for (int i = 0; i < outer * inner; i++) {
      int start = start(i, length, inner);
      if (classes[i] < 0 || g[i * gStep] == 0) {
        Arrays.fill(row, 0);
      } else {
        F64Rows.load(x, start, inner, row, length);
        RowFunctions.crossEntropyGrad(row, length, classes[i], g[i * gStep]);
      }
      F64Rows.store(row, out, start, inner, length);
    }
  }

  /** Returns where the first element of a row is. */
  private static int start(int row, int length, int inner) {
    return row / inner * length * inner + row % inner;
  }

  static void residual(double[] target, double[] g, int gStep, double[] out, int n) {
    if (gStep == 0) {
      scaled(target, g[0], out, n);
    } else {
      chained(target, g, out, n);
    }
  }

  private static void scaled(double[] target, double g, double[] out, int n) {
    if (g == 0) {
      Arrays.fill(out, 0, n, 0);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[i] = (out[i] - target[i]) * g;
    }
  }

  private static void chained(double[] target, double[] g, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = g[i] == 0 ? 0 : (out[i] - target[i]) * g[i];
    }
  }
}
