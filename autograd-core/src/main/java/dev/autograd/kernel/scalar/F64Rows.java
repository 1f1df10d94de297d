package dev.autograd.kernel.scalar;

import dev.autograd.kernel.AxisMap;

/** The row functions of {@link AxisMap} along the middle axis of {@code [outer, length, inner]}. */
final class F64Rows {

  private F64Rows() {}

  static void map(AxisMap op, double[] x, double[] out, int outer, int length, int inner) {
    /* wide */ double[] row = new /* wide */ double[length];
    boolean needsScratch = op == AxisMap.PRODUCT_OF_OTHERS;
    /* wide */ double[] scratch = new /* wide */ double[needsScratch ? length : 0];
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        int from = o * length * inner + j;
        load(x, from, inner, row, length);
        RowFunctions.map(op, row, scratch, length);
        store(row, out, from, inner, length);
      }
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
