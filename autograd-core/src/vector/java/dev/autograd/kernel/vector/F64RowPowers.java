package dev.autograd.kernel.vector;

import dev.autograd.kernel.AxisMap;

/** Brings rows of elements to {@link RowPowers} and back. */
final class F64RowPowers {

  private F64RowPowers() {}

  static void map(AxisMap op, double[] x, double[] out, int length, int from, int to) {
    RowPowers rows = new RowPowers(to - from, length);
    for (int row = from; row < to; row += rows.rows) {
      int count = Math.min(to - row, rows.rows);
      load(x, row * length, rows.block, count * length);
      rows.map(op, count);
      store(rows.block, out, row * length, count * length);
    }
  }

  static void logSumExp(double[] x, double[] out, int length, int from, int to) {
    RowPowers rows = new RowPowers(to - from, length);
    for (int row = from; row < to; row += rows.rows) {
      int count = Math.min(to - row, rows.rows);
      load(x, row * length, rows.block, count * length);
      rows.logSumExp(count);
      store(rows.block, out, row, count);
    }
  }

  static void crossEntropy(double[] x, int[] classes, double[] out, int length, int from, int to) {
    RowPowers rows = new RowPowers(to - from, length);
    for (int row = from; row < to; row += rows.rows) {
      int count = Math.min(to - row, rows.rows);
      load(x, row * length, rows.block, count * length);
      rows.crossEntropy(classes, row, count);
      store(rows.block, out, row, count);
    }
  }

  static void crossEntropyGrad(
      double[] g,
      int gStep,
      double[] x,
      int[] classes,
      double[] out,
      int length,
      int from,
      int to) {
    RowPowers rows = new RowPowers(to - from, length);
    for (int row = from; row < to; row += rows.rows) {
      int count = Math.min(to - row, rows.rows);
      load(x, row * length, rows.block, count * length);
      rows.map(AxisMap.SOFTMAX, count);
      for (int i = 0; i < count; i++) {
        rows.subtractClass(i, classes[row + i], g[(row + i) * gStep]);
      }
      store(rows.block, out, row * length, count * length);
    }
  }

  private static void load(double[] x, int from, /* wide */ double[] block, int n) {
    for (int i = 0; i < n; i++) {
      block[i] = x[from + i];
    }
  }

  private static void store(/* wide */ double[] block, double[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = (double) block[i];
    }
  }
}
