package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Comparison;

/** The loops of {@link Comparison}, one method each, over a row of pairs; stride 0 repeats. */
final class F64Comparison {

  private F64Comparison() {}

  static void compare(Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan) {
    int[] dims = plan.dims();
    if (dims.length == 1) {
      row(op, x, 0, plan.leftStrides()[0], y, 0, plan.rightStrides()[0], out, 0, dims[0]);
      return;
    }
    for (RowCursor r = RowCursor.of(plan); r.hasRow(); r.advance()) {
      row(op, x, r.left, r.leftStride, y, r.right, r.rightStride, out, r.out, r.length);
    }
  }

  private static void row(
      Comparison op,
      double[] x,
      int xo,
      int xs,
      double[] y,
      int yo,
      int ys,
      boolean[] out,
      int oo,
      int n) {
    switch (op) {
      case GT -> gt(x, xo, xs, y, yo, ys, out, oo, n);
      case GE -> ge(x, xo, xs, y, yo, ys, out, oo, n);
      case LT -> lt(x, xo, xs, y, yo, ys, out, oo, n);
      case LE -> le(x, xo, xs, y, yo, ys, out, oo, n);
      case EQ -> eq(x, xo, xs, y, yo, ys, out, oo, n);
      case NE -> ne(x, xo, xs, y, yo, ys, out, oo, n);
    }
  }

  private static void gt(
      double[] x, int xo, int xs, double[] y, int yo, int ys, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] > y[yo + i * ys];
    }
  }

  private static void ge(
      double[] x, int xo, int xs, double[] y, int yo, int ys, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] >= y[yo + i * ys];
    }
  }

  private static void lt(
      double[] x, int xo, int xs, double[] y, int yo, int ys, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] < y[yo + i * ys];
    }
  }

  private static void le(
      double[] x, int xo, int xs, double[] y, int yo, int ys, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] <= y[yo + i * ys];
    }
  }

  private static void eq(
      double[] x, int xo, int xs, double[] y, int yo, int ys, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] == y[yo + i * ys];
    }
  }

  private static void ne(
      double[] x, int xo, int xs, double[] y, int yo, int ys, boolean[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] != y[yo + i * ys];
    }
  }
}
