package dev.autograd.kernel.scalar;

import java.util.Arrays;

/**
 * The loops of cross-entropies: of the softmax of {@link Lines}, and what softmax and sigmoid have
 * in common, the difference to a target.
 */
final class F64CrossEntropy {

  private F64CrossEntropy() {}

  static void losses(
      double[] x, int[] classes, double[] out, int length, int inner, int from, int to) {
    /* wide */ double[] row = new /* wide */ double[length];
    for (int line = from; line < to; line++) {
      if (classes[line] < 0) {
        out[line] = 0;
      } else {
        F64Rows.load(x, Lines.start(line, length, inner), inner, row, length);
        out[line] = (double) RowFunctions.crossEntropy(row, length, classes[line]);
      }
    }
  }

  static void gradient(
      double[] g,
      int gStep,
      double[] x,
      int[] classes,
      double[] out,
      int length,
      int inner,
      int from,
      int to) {
    /* wide */ double[] row = new /* wide */ double[length];
    for (int line = from; line < to; line++) {
      int start = Lines.start(line, length, inner);
      double upstream = g[line * gStep];
      if (classes[line] < 0 || upstream == 0) {
        Arrays.fill(row, 0);
      } else {
        F64Rows.load(x, start, inner, row, length);
        RowFunctions.crossEntropyGrad(row, length, classes[line], upstream);
      }
      F64Rows.store(row, out, start, inner, length);
    }
  }

  static void residual(double[] target, double[] g, int gStep, double[] out, int from, int to) {
    if (gStep == 1) {
      chained(target, g, out, from, to);
    } else if (g[0] == 0) {
      Arrays.fill(out, from, to, 0);
    } else {
      scaled(target, g[0], out, from, to);
    }
  }

  private static void scaled(double[] target, double g, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (out[i] - target[i]) * g;
    }
  }

  private static void chained(double[] target, double[] g, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = g[i] == 0 ? 0 : (out[i] - target[i]) * g[i];
    }
  }
}
