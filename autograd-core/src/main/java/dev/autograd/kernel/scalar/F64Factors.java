package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Triangle;

/**
 * Factors of square matrices, and the systems they leave to solve. A matrix is worked on as one
 * array per row, and all inner loops add a multiple of a row to another at the same indices: only
 * such loops does the JIT compiler vectorise.
 */
final class F64Factors {

  private F64Factors() {}

  static void lu(double[] x, int xo, double[] out, int oo, int[] order, int orderOffset, int n) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, xo + i * n, rows[i], 0, n);
      order[orderOffset + i] = i;
    }
    for (int k = 0; k < n; k++) {
      int best = pivot(rows, k);
      double[] row = rows[best];
      rows[best] = rows[k];
      rows[k] = row;
      int from = order[orderOffset + best];
      order[orderOffset + best] = order[orderOffset + k];
      order[orderOffset + k] = from;
      if (row[k] == 0) {
        continue; // and so is the column below
      }
      for (int i = k + 1; i < n; i++) {
        double factor = rows[i][k] / row[k];
        rows[i][k] = factor;
        subtract(factor, row, rows[i], k + 1);
      }
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows[i], 0, out, oo + i * n, n);
    }
  }

  /** Returns the row of the largest magnitude in the rest of a column; the first NaN is largest. */
  private static int pivot(double[][] rows, int column) {
    int best = column;
    double largest = Math.abs(rows[column][column]);
    for (int i = column + 1; i < rows.length && !Double.isNaN(largest); i++) {
      double magnitude = Math.abs(rows[i][column]);
      if (magnitude > largest || Double.isNaN(magnitude)) {
        largest = magnitude;
        best = i;
      }
    }
    return best;
  }

  private static void subtract(double factor, double[] row, double[] from, int start) {
    for (int j = start; j < from.length; j++) {
      from[j] = Math.fma(-factor, row[j], from[j]);
    }
  }

  static int cholesky(double[] x, int xo, double[] out, int oo, int n) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        rows[i][j] = x[xo + i * n + j] / 2 + x[xo + j * n + i] / 2;
      }
    }
    for (int k = 0; k < n; k++) {
      double[] row = rows[k];
      if (row[k] <= 0) {
        return k;
      }
      double root = (double) Math.sqrt(row[k]);
      for (int j = k; j < n; j++) {
        row[j] /= root;
      }
      for (int i = k + 1; i < n; i++) {
        subtract(row[i], row, rows[i], i);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[oo + i * n + j] = j > i ? 0 : rows[j][i];
      }
    }
    return -1;
  }

  static void solve(Triangle sizes, double[] t, int to, double[] b, int bo, double[] out, int oo) {
    int n = sizes.n();
    int m = sizes.m();
    boolean backward = sizes.upper() != sizes.transpose();
    F64Matrix factors = F64Matrix.of(t, to, n, sizes.transpose());
    double[][] rows = new double[n][m];
    for (int i = 0; i < n; i++) {
      int row = backward ? n - 1 - i : i;
      System.arraycopy(b, bo + row * m, rows[i], 0, m);
    }
    solve(backward ? factors.reversed(n) : factors, sizes.unit(), rows, m);
    for (int i = 0; i < n; i++) {
      int at = oo + (backward ? n - 1 - i : i) * m;
      for (int c = 0; c < m; c++) {
        out[at + c] = -rows[i][c];
      }
    }
  }

  /** Solves from the first row to the last, and leaves the negative of the result. */
  private static void solve(F64Matrix t, boolean unit, double[][] rows, int m) {
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      F64Gemm.addRows(t, i, 0, i, rows, row, m);
      double divisor = unit ? -1 : -t.data[t.index(i, i)];
      for (int c = 0; c < m; c++) {
        row[c] /= divisor;
      }
    }
  }
}
