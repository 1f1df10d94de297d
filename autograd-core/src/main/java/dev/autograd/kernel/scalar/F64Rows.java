package dev.autograd.kernel.scalar;

import dev.autograd.kernel.AxisMap;

/** The row functions of {@link AxisMap} along {@link Lines}. */
final class F64Rows {

  private F64Rows() {}

  static void map(AxisMap op, double[] x, double[] out, int length, int inner, int from, int to) {
    /* wide */ double[] row = new /* wide */ double[length];
    boolean needsScratch = op == AxisMap.PRODUCT_OF_OTHERS;
    /* wide */ double[] scratch = new /* wide */ double[needsScratch ? length : 0];
    for (int line = from; line < to; line++) {
      int start = Lines.start(line, length, inner);
      load(x, start, inner, row, length);
      RowFunctions.map(op, row, scratch, length);
      store(row, out, start, inner, length);
    }
  }

  /** Copies a row whose elements lie {@code step} apart. */
  static void load(double[] x, int from, int step, /* wide */ double[] row, int n) {
    for (int i = 0; i < n; i++) {
      row[i] = x[from + i * step];
    }
  }

  static void store(/* wide */ double[] row, double[] out, int to, int step, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i * step] = (double) row[i];
    }
  }
}
