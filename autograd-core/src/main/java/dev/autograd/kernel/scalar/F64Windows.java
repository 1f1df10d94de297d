package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Sliding;
import dev.autograd.kernel.Windows;
import java.util.Arrays;

/** Windows laid out as the columns of a matrix, and added back; one tap is one row of it. */
final class F64Windows {

  private F64Windows() {}

  static void unfold(Windows windows, double[] x, int xo, double[] columns, int co, int step) {
    int to = co;
    for (int plane = 0; plane < windows.planes(); plane++) {
      int from = xo + plane * windows.plane();
      for (int u = 0; u < windows.rows().taps(); u++) {
        for (int v = 0; v < windows.columns().taps(); v++) {
          unfoldTap(windows, u, v, x, from, columns, to);
          to += step;
        }
      }
    }
  }

  private static void unfoldTap(
      Windows windows, int u, int v, double[] x, int from, double[] out, int to) {
    Sliding rows = windows.rows();
    Sliding columns = windows.columns();
    int n = columns.positions();
    int first = columns.firstPosition(v);
    int end = columns.endPosition(v);
    int left = from + columns.element(first, v);
    int row = to;
    for (int i = 0; i < rows.positions(); i++) {
      int element = rows.element(i, u);
      if (element < 0 || element >= rows.size() || first == end) {
        Arrays.fill(out, row, row + n, 0);
      } else {
        Arrays.fill(out, row, row + first, 0);
        copy(x, left + element * columns.size(), columns.stride(), out, row + first, end - first);
        Arrays.fill(out, row + end, row + n, 0);
      }
      row += n;
    }
  }

  private static void copy(double[] x, int from, int stride, double[] out, int to, int n) {
    if (stride == 1) {
      System.arraycopy(x, from, out, to, n);
      return;
    }
    for (int j = 0; j < n; j++) {
      out[to + j] = x[from + j * stride];
    }
  }

  static void fold(Windows windows, double[] columns, int co, int step, double[] target, int to) {
    int from = co;
    for (int plane = 0; plane < windows.planes(); plane++) {
      int at = to + plane * windows.plane();
      for (int u = 0; u < windows.rows().taps(); u++) {
        for (int v = 0; v < windows.columns().taps(); v++) {
          foldTap(windows, u, v, columns, from, target, at);
          from += step;
        }
      }
    }
  }

  private static void foldTap(
      Windows windows, int u, int v, double[] x, int from, double[] target, int to) {
    Sliding rows = windows.rows();
    Sliding columns = windows.columns();
    int first = columns.firstPosition(v);
    int n = columns.endPosition(v) - first;
    int left = to + columns.element(first, v);
    int end = rows.endPosition(u);
    for (int i = rows.firstPosition(u); i < end; i++) {
      int row = left + rows.element(i, u) * columns.size();
      add(x, from + i * columns.positions() + first, target, row, columns.stride(), n);
    }
  }

  static void add(double[] x, int from, double[] target, int to, int stride, int n) {
    if (stride == 1) {
      for (int j = 0; j < n; j++) {
        target[to + j] += x[from + j];
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      target[to + j * stride] += x[from + j];
    }
  }
}
