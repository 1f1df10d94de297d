package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Comparison;

/** The loops of {@link Comparison}, one method each. */
final class F64Comparison {

  private F64Comparison() {}

  static void compare(
      Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan, int from, int to) {
    if (F64Blocks.isDirect(plan)) {
      apply(op, x, y, out, from, to);
      return;
    }
    F64Blocks blocks = new F64Blocks(x, y, plan, from, to);
    if (blocks.isSingle()) {
      blocks.next();
      apply(op, blocks.left, blocks.right, out, 0, blocks.count);
      return;
    }
    boolean[] mask = new boolean[F64Blocks.SIZE];
    while (blocks.next()) {
      apply(op, blocks.left, blocks.right, mask, 0, blocks.count);
      System.arraycopy(mask, 0, out, blocks.start, blocks.count);
    }
  }

  private static void apply(
      Comparison op, double[] x, double[] y, boolean[] out, int from, int to) {
    switch (op) {
      case GT -> gt(x, y, out, from, to);
      case GE -> ge(x, y, out, from, to);
      case LT -> lt(x, y, out, from, to);
      case LE -> le(x, y, out, from, to);
      case EQ -> eq(x, y, out, from, to);
      case NE -> ne(x, y, out, from, to);
    }
  }

  private static void gt(double[] x, double[] y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] > y[i];
    }
  }

  private static void ge(double[] x, double[] y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] >= y[i];
    }
  }

  private static void lt(double[] x, double[] y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] < y[i];
    }
  }

  private static void le(double[] x, double[] y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] <= y[i];
    }
  }

  private static void eq(double[] x, double[] y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] == y[i];
    }
  }

  private static void ne(double[] x, double[] y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] != y[i];
    }
  }
}
