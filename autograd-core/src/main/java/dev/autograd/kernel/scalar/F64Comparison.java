package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Comparison;

/** The loops of {@link Comparison}, one method each. */
final class F64Comparison {

  private F64Comparison() {}

  static void compare(Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan) {
    if (F64Blocks.isDirect(plan)) {
      apply(op, x, y, out, plan.dims()[0]);
      return;
    }
    F64Blocks blocks = new F64Blocks(x, y, plan);
    if (blocks.isSingle()) {
      blocks.next();
      apply(op, blocks.left, blocks.right, out, blocks.count);
      return;
    }
    boolean[] mask = new boolean[F64Blocks.SIZE];
    while (blocks.next()) {
      apply(op, blocks.left, blocks.right, mask, blocks.count);
      System.arraycopy(mask, 0, out, blocks.start, blocks.count);
    }
  }

  private static void apply(Comparison op, double[] x, double[] y, boolean[] out, int n) {
    switch (op) {
      case GT -> gt(x, y, out, n);
      case GE -> ge(x, y, out, n);
      case LT -> lt(x, y, out, n);
      case LE -> le(x, y, out, n);
      case EQ -> eq(x, y, out, n);
      case NE -> ne(x, y, out, n);
    }
  }

  private static void gt(double[] x, double[] y, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] > y[i];
    }
  }

  private static void ge(double[] x, double[] y, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] >= y[i];
    }
  }

  private static void lt(double[] x, double[] y, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] < y[i];
    }
  }

  private static void le(double[] x, double[] y, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] <= y[i];
    }
  }

  private static void eq(double[] x, double[] y, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] == y[i];
    }
  }

  private static void ne(double[] x, double[] y, boolean[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] != y[i];
    }
  }
}
