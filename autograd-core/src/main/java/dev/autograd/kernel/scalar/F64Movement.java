package dev.autograd.kernel.scalar;

import dev.autograd.array.Runs;
import dev.autograd.array.Strides;
import java.util.Arrays;

/** The loops that move elements, in place of or onto others, along an index plan. */
final class F64Movement {

  private F64Movement() {}

  static void gather(double[] x, double[] out, Strides plan) {
    RowCursor rows = RowCursor.of(plan);
    while (rows.hasRow()) {
      int from = rows.left;
      int to = rows.out;
      int n = rows.length;
      switch (rows.leftStride) {
        case 0 -> Arrays.fill(out, to, to + n, x[from]);
        case 1 -> System.arraycopy(x, from, out, to, n);
        default -> {
          if (rows.leftRowStride == 1 && rows.rowsInLoop() >= 8) {
            gatherEightRows(x, from, rows.leftStride, out, to, n);
            rows.skip(7);
          } else {
            gatherRow(x, from, rows.leftStride, out, to, n);
          }
        }
      }
      rows.advance();
    }
  }

  /** A transpose: what lies side by side is read once, not once per row. */
  private static void gatherEightRows(
      double[] x, int from, int stride, double[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      int at = from + i * stride;
      int row = to + i;
      out[row] = x[at];
      out[row + n] = x[at + 1];
      out[row + 2 * n] = x[at + 2];
      out[row + 3 * n] = x[at + 3];
      out[row + 4 * n] = x[at + 4];
      out[row + 5 * n] = x[at + 5];
      out[row + 6 * n] = x[at + 6];
      out[row + 7 * n] = x[at + 7];
    }
  }

  private static void gatherRow(double[] x, int from, int stride, double[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = x[from + i * stride];
    }
  }

  static void scatter(double[] x, double[] out, Strides plan) {
    for (RowCursor rows = RowCursor.of(plan); rows.hasRow(); rows.advance()) {
      if (rows.leftStride == 1) {
        System.arraycopy(x, rows.out, out, rows.left, rows.length);
      } else {
        scatterRow(x, rows.out, out, rows.left, rows.leftStride, rows.length);
      }
    }
  }

  private static void scatterRow(double[] x, int from, double[] out, int to, int stride, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i * stride] = x[from + i];
    }
  }

  static void scatterAdd(double[] x, double[] target, Strides plan) {
    for (RowCursor rows = RowCursor.of(plan); rows.hasRow(); rows.advance()) {
      if (rows.leftStride == 1) {
        addRow(x, rows.out, target, rows.left, rows.length);
      } else {
        addRow(x, rows.out, target, rows.left, rows.leftStride, rows.length);
      }
    }
  }

  private static void addRow(double[] x, int from, double[] target, int to, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i] += x[from + i];
    }
  }

  private static void addRow(double[] x, int from, double[] target, int to, int stride, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i * stride] += x[from + i];
    }
  }

  static void gather(double[] x, double[] out, Runs plan) {
    int n = plan.length();
    if (n == 1) {
      for (int i = 0; i < plan.count(); i++) {
        out[i] = x[plan.start(i)];
      }
    } else {
      for (int i = 0; i < plan.count(); i++) {
        System.arraycopy(x, plan.start(i), out, i * n, n);
      }
    }
  }

  static void scatter(double[] x, double[] out, Runs plan) {
    int n = plan.length();
    for (int i = 0; i < plan.count(); i++) {
      System.arraycopy(x, i * n, out, plan.start(i), n);
    }
  }

  static void scatterAdd(double[] x, double[] target, Runs plan) {
    int n = plan.length();
    if (n == 1) {
      for (int i = 0; i < plan.count(); i++) {
        target[plan.start(i)] += x[i];
      }
    } else {
      for (int i = 0; i < plan.count(); i++) {
        addRow(x, i * n, target, plan.start(i), n);
      }
    }
  }

  /** Masks of bits: a branch on a random condition would be mispredicted half the time. */
  static void select(boolean[] condition, double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      /* bits */ long left = Double.doubleToRawLongBits(x[i]);
      /* bits */ long right = Double.doubleToRawLongBits(y[i]);
      /* bits */ long mask = -(condition[i] ? 1 : 0);
      out[i] = Double.longBitsToDouble(right ^ ((left ^ right) & mask));
    }
  }
}
