package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Sliding;
import dev.autograd.kernel.Windows;
import java.util.Arrays;

/** The largest element under each window, the sum, and the transpose of the sum. */
final class F64Pooling {

  private F64Pooling() {}

  static void argMax(Windows windows, double[] x, int[] out, int begin, int end) {
    Sliding rows = windows.rows();
    Sliding columns = windows.columns();
    int to = begin * windows.positions();
    for (int plane = begin; plane < end; plane++) {
      int from = plane * windows.plane();
      for (int i = 0; i < rows.positions(); i++) {
        argMaxRow(rows, i, columns, x, from, out, to);
        to += columns.positions();
      }
    }
  }

  private static void argMaxRow(
      Sliding rows, int i, Sliding columns, double[] x, int from, int[] out, int to) {
    int first = rows.firstTap(i);
    int count = rows.endTap(i) - first;
    int top = from + rows.element(i, first) * columns.size();
    int step = rows.dilation() * columns.size();
    for (int j = 0; j < columns.positions(); j++) {
      int left = columns.firstTap(j);
      int corner = top + columns.element(j, left);
      int width = columns.endTap(j) - left;
      out[to + j] = argMax(x, corner, count, step, width, columns.dilation());
    }
  }

  /** Without branches that depend on the elements: they would be mispredicted half the time. */
  private static int argMax(double[] x, int corner, int count, int step, int width, int dilation) {
    int best = corner;
    double largest = x[corner];
    for (int u = 0; u < count; u++) {
      int row = corner + u * step;
      for (int v = 0; v < width; v++) {
        int at = row + v * dilation;
        double element = x[at];
        best = element <= largest ? best : at;
        largest = Math.max(largest, element);
      }
    }
    // After a NaN the comparison always fails.
    return Double.isNaN(largest) ? firstNaN(x, corner, step, width, dilation) : best;
  }

  private static int firstNaN(double[] x, int corner, int step, int width, int dilation) {
    int v = 0;
    int at = corner;
    for (int row = corner; !Double.isNaN(x[at]); at = row + v * dilation) {
      v++;
      if (v == width) {
        v = 0;
        row += step;
      }
    }
    return at;
  }

  static void sum(Windows windows, double[] x, double[] out, int begin, int end) {
    Sliding rows = windows.rows();
    int n = windows.columns().positions();
    /* wide */ double[] sums = new /* wide */ double[n];
    int to = begin * windows.positions();
    for (int plane = begin; plane < end; plane++) {
      for (int i = 0; i < rows.positions(); i++) {
        Arrays.fill(sums, 0);
        int endTap = rows.endTap(i);
        for (int u = rows.firstTap(i); u < endTap; u++) {
          int row = plane * windows.plane() + rows.element(i, u) * windows.columns().size();
          sumRow(windows.columns(), x, row, sums);
        }
        F64Blocks.narrow(sums, out, to, n);
        to += n;
      }
    }
  }

  private static void sumRow(Sliding columns, double[] x, int row, /* wide */ double[] sums) {
    for (int v = 0; v < columns.taps(); v++) {
      int at = row + columns.element(0, v);
      int end = columns.endPosition(v);
      for (int j = columns.firstPosition(v); j < end; j++) {
        sums[j] += x[at + j * columns.stride()];
      }
    }
  }

  static void spread(Windows windows, double[] x, double[] target, int begin, int end) {
    Sliding rows = windows.rows();
    int from = begin * windows.positions();
    for (int plane = begin; plane < end; plane++) {
      for (int i = 0; i < rows.positions(); i++) {
        int endTap = rows.endTap(i);
        for (int u = rows.firstTap(i); u < endTap; u++) {
          int row = plane * windows.plane() + rows.element(i, u) * windows.columns().size();
          spreadRow(windows.columns(), x, from, target, row);
        }
        from += windows.columns().positions();
      }
    }
  }

  private static void spreadRow(Sliding columns, double[] x, int from, double[] target, int row) {
    for (int v = 0; v < columns.taps(); v++) {
      int first = columns.firstPosition(v);
      int n = columns.endPosition(v) - first;
      int to = row + columns.element(first, v);
      F64Windows.add(x, from + first, target, to, columns.stride(), n);
    }
  }
}
