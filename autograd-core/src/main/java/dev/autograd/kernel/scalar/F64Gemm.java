package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Gemm;
import java.util.Arrays;

/**
 * The matrix product, as rows of b times numbers of a added to a row of the result. The rows are
 * copied to arrays of their own first: only where all arrays are read and written at the same
 * index, with one store, does the JIT compiler vectorise. Small products, for which copying does
 * not pay, run in registers.
 *
 * <p>Each element is summed in ascending order of k.
 */
final class F64Gemm {

  /** Rows copied at a time; with {@link #WIDTH} they fit the second cache. */
  private static final int DEPTH = 64;

  /** Columns copied at a time. */
  private static final int WIDTH = 512;

  /** Below this many columns a vector loop does not get going. */
  private static final int NARROW = 32;

  /** Below this many results copying does not pay. */
  private static final int FEW = 256;

  /** Nor does it below this many rows of a, if it means to transpose. */
  private static final int FLAT = 4;

  private static final ThreadLocal<double[][]> WORKSPACE =
      ThreadLocal.withInitial(() -> new double[DEPTH + 1][0]);

  private F64Gemm() {}

  static void multiply(Gemm sizes, double[] a, int ao, double[] b, int bo, double[] out, int oo) {
    int m = sizes.m();
    int n = sizes.n();
    int k = sizes.k();
    if (k == 0) {
      clear(sizes, out, oo);
      return;
    }
    F64Matrix left = F64Matrix.of(a, ao, sizes.lda(), sizes.transposeA());
    F64Matrix right = F64Matrix.of(b, bo, sizes.ldb(), sizes.transposeB());
    F64Matrix result = F64Matrix.of(out, oo, sizes.ldc(), false);
    // The columns make the inner loop: where they are few, the transposed product has more.
    if (n < NARROW && m >= 4 * n) {
      multiply(n, m, k, right.transpose(), left.transpose(), result.transpose());
    } else {
      multiply(m, n, k, left, right, result);
    }
  }

  private static void clear(Gemm sizes, double[] out, int from) {
    for (int i = 0; i < sizes.m(); i++) {
      int row = from + i * sizes.ldc();
      Arrays.fill(out, row, row + sizes.n(), 0);
    }
  }

  private static void multiply(int m, int n, int k, F64Matrix a, F64Matrix b, F64Matrix out) {
    boolean cheapToCopy = b.columnStep == 1 || m >= FLAT;
    if (n >= NARROW && (long) m * n >= FEW && cheapToCopy) {
      inRows(m, n, k, a, b, out);
    } else {
      inRegisters(m, n, k, a, b, out);
    }
  }

  private static void inRegisters(int m, int n, int k, F64Matrix a, F64Matrix b, F64Matrix out) {
    int fours = n - n % 4;
    int pairs = m - m % 2;
    for (int j = 0; j < fours; j += 4) {
      for (int i = 0; i < pairs; i += 2) {
        eightDots(a, i, b, j, k, out);
      }
      if (pairs < m) {
        fourDots(a, pairs, b, j, k, out);
      }
    }
    for (int j = fours; j < n; j++) {
      for (int i = 0; i < m; i++) {
        oneDot(a, i, b, j, k, out);
      }
    }
  }

  private static void eightDots(F64Matrix a, int i, F64Matrix b, int j, int k, F64Matrix out) {
    double[] left = a.data;
    double[] right = b.data;
    int l0 = a.index(i, 0);
    int l1 = a.index(i + 1, 0);
    int r0 = b.index(0, j);
    int r1 = b.index(0, j + 1);
    int r2 = b.index(0, j + 2);
    int r3 = b.index(0, j + 3);
    int leftStep = a.columnStep;
    int rightStep = b.rowStep;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double t0 = 0;
    double t1 = 0;
    double t2 = 0;
    double t3 = 0;
    for (int p = 0; p < k; p++) {
      double f = left[l0 + p * leftStep];
      double g = left[l1 + p * leftStep];
      int r = p * rightStep;
      double b0 = right[r0 + r];
      double b1 = right[r1 + r];
      double b2 = right[r2 + r];
      double b3 = right[r3 + r];
      s0 = Math.fma(f, b0, s0);
      s1 = Math.fma(f, b1, s1);
      s2 = Math.fma(f, b2, s2);
      s3 = Math.fma(f, b3, s3);
      t0 = Math.fma(g, b0, t0);
      t1 = Math.fma(g, b1, t1);
      t2 = Math.fma(g, b2, t2);
      t3 = Math.fma(g, b3, t3);
    }
    out.set(i, j, s0, s1, s2, s3);
    out.set(i + 1, j, t0, t1, t2, t3);
  }

  private static void fourDots(F64Matrix a, int i, F64Matrix b, int j, int k, F64Matrix out) {
    double[] left = a.data;
    double[] right = b.data;
    int l = a.index(i, 0);
    int r0 = b.index(0, j);
    int r1 = b.index(0, j + 1);
    int r2 = b.index(0, j + 2);
    int r3 = b.index(0, j + 3);
    int leftStep = a.columnStep;
    int rightStep = b.rowStep;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int p = 0; p < k; p++) {
      double factor = left[l + p * leftStep];
      int r = p * rightStep;
      s0 = Math.fma(factor, right[r0 + r], s0);
      s1 = Math.fma(factor, right[r1 + r], s1);
      s2 = Math.fma(factor, right[r2 + r], s2);
      s3 = Math.fma(factor, right[r3 + r], s3);
    }
    out.set(i, j, s0, s1, s2, s3);
  }

  private static void oneDot(F64Matrix a, int i, F64Matrix b, int j, int k, F64Matrix out) {
    int l = a.index(i, 0);
    int r = b.index(0, j);
    double sum = 0;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(a.data[l + p * a.columnStep], b.data[r + p * b.rowStep], sum);
    }
    out.data[out.index(i, j)] = sum;
  }

  /** Returns rows of a width to work in, and at {@link #DEPTH} one more; they hold anything. */
  private static double[][] workspace(int depth, int width) {
    double[][] rows = WORKSPACE.get();
    for (int q = 0; q < depth; q++) {
      rows[q] = wide(rows[q], width);
    }
    rows[DEPTH] = wide(rows[DEPTH], width);
    return rows;
  }

  private static double[] wide(double[] row, int width) {
    return row.length < width ? new double[width] : row;
  }

  private static void inRows(int m, int n, int k, F64Matrix a, F64Matrix b, F64Matrix out) {
    int width = Math.min(n, WIDTH);
    double[][] rows = workspace(Math.min(k, DEPTH), width);
    double[] sums = rows[DEPTH];
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(n - j, WIDTH);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(k - p, DEPTH);
        pack(b, p, depth, j, columns, rows);
        for (int i = 0; i < m; i++) {
          if (p == 0) {
            Arrays.fill(sums, 0, columns, 0);
          } else {
            load(out, i, j, sums, columns);
          }
          addRows(a, i, p, depth, rows, sums, columns);
          store(sums, out, i, j, columns);
        }
      }
    }
  }

  private static void pack(F64Matrix b, int p, int depth, int j, int columns, double[][] rows) {
    if (b.columnStep == 1) {
      for (int q = 0; q < depth; q++) {
        System.arraycopy(b.data, b.index(p + q, j), rows[q], 0, columns);
      }
      return;
    }
    int c = 0;
    for (; c + 8 <= columns; c += 8) {
      packEightColumns(b.data, b.index(p, j + c), b.rowStep, b.columnStep, depth, rows, c);
    }
    for (; c < columns; c++) {
      int from = b.index(p, j + c);
      for (int q = 0; q < depth; q++) {
        rows[q][c] = b.data[from + q * b.rowStep];
      }
    }
  }

  private static void packEightColumns(
      double[] b, int from, int rowStep, int columnStep, int depth, double[][] rows, int c) {
    for (int q = 0; q < depth; q++) {
      double[] row = rows[q];
      int at = from + q * rowStep;
      row[c] = b[at];
      row[c + 1] = b[at + columnStep];
      row[c + 2] = b[at + 2 * columnStep];
      row[c + 3] = b[at + 3 * columnStep];
      row[c + 4] = b[at + 4 * columnStep];
      row[c + 5] = b[at + 5 * columnStep];
      row[c + 6] = b[at + 6 * columnStep];
      row[c + 7] = b[at + 7 * columnStep];
    }
  }

  private static void load(F64Matrix out, int i, int j, double[] sums, int n) {
    int from = out.index(i, j);
    if (out.columnStep == 1) {
      System.arraycopy(out.data, from, sums, 0, n);
      return;
    }
    for (int c = 0; c < n; c++) {
      sums[c] = out.data[from + c * out.columnStep];
    }
  }

  private static void store(double[] sums, F64Matrix out, int i, int j, int n) {
    int to = out.index(i, j);
    if (out.columnStep == 1) {
      System.arraycopy(sums, 0, out.data, to, n);
      return;
    }
    for (int c = 0; c < n; c++) {
      out.data[to + c * out.columnStep] = sums[c];
    }
  }

  /** Adds a row of a, from column p on, times as many rows to the sums. */
  static void addRows(F64Matrix a, int i, int p, int depth, double[][] rows, double[] sums, int n) {
    int from = a.index(i, p);
    int step = a.columnStep;
    int q = 0;
    for (; q + 4 <= depth; q += 4) {
      addFour(a.data, from + q * step, step, rows, q, sums, n);
    }
    for (; q < depth; q++) {
      addOne(a.data[from + q * step], rows[q], sums, n);
    }
  }

  /** Four rows at a time: with eight, JDK 17 gives up vectorising and takes four times as long. */
  private static void addFour(
      double[] a, int from, int step, double[][] rows, int q, double[] sums, int n) {
    double a0 = a[from];
    double a1 = a[from + step];
    double a2 = a[from + 2 * step];
    double a3 = a[from + 3 * step];
    double[] b0 = rows[q];
    double[] b1 = rows[q + 1];
    double[] b2 = rows[q + 2];
    double[] b3 = rows[q + 3];
    for (int j = 0; j < n; j++) {
      sums[j] =
          Math.fma(
              a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
    }
  }

  private static void addOne(double a, double[] row, double[] sums, int n) {
    for (int j = 0; j < n; j++) {
      sums[j] = Math.fma(a, row[j], sums[j]);
    }
  }
}
