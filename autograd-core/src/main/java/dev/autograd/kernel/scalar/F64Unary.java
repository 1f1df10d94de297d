package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Unary;

/** The loops of {@link Unary}: one method for each cheap function, blocks for the smooth ones. */
final class F64Unary {

  private F64Unary() {}

  static void map(Unary op, double[] x, double[] out, int from, int to) {
    switch (op) {
      case NEG -> neg(x, out, from, to);
      case ABS -> abs(x, out, from, to);
      case SIGN -> sign(x, out, from, to);
      case RECIPROCAL -> reciprocal(x, out, from, to);
      case SQUARE -> square(x, out, from, to);
      case SQRT -> sqrt(x, out, from, to);
      case RSQRT -> rsqrt(x, out, from, to);
      case RELU -> relu(x, out, from, to);
      case SOFTSIGN -> softsign(x, out, from, to);
      case FLOOR -> floor(x, out, from, to);
      case CEIL -> ceil(x, out, from, to);
      case ROUND -> round(x, out, from, to);
      case TRUNC -> trunc(x, out, from, to);
      default -> smooth(op, x, out, from, to);
    }
  }

  private static void smooth(Unary op, double[] x, double[] out, int from, int to) {
    /* wide */ double[] block = new /* wide */ double[Math.min(to - from, SmoothLoops.BLOCK)];
    for (int start = from; start < to; start += SmoothLoops.BLOCK) {
      int count = Math.min(to - start, SmoothLoops.BLOCK);
      F64Blocks.widen(x, start, block, count);
      SmoothLoops.map(op, block, count);
      F64Blocks.narrow(block, out, start, count);
    }
  }

  private static void neg(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = -x[i];
    }
  }

  private static void abs(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.abs(x[i]);
    }
  }

  /** Scaling twice by the largest number makes even the smallest one at least 1. */
  private static void sign(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.max(-1, Math.min(1, x[i] * Double.MAX_VALUE * Double.MAX_VALUE));
    }
  }

  private static void reciprocal(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = 1 / x[i];
    }
  }

  private static void square(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] * x[i];
    }
  }

  private static void sqrt(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (double) Math.sqrt(x[i]);
    }
  }

  private static void rsqrt(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = 1 / (double) Math.sqrt(x[i]);
    }
  }

  private static void relu(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.max(x[i], 0);
    }
  }

  private static void softsign(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] / (1 + Math.abs(x[i]));
    }
  }

  private static void floor(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (double) Math.floor(x[i]);
    }
  }

  private static void ceil(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (double) Math.ceil(x[i]);
    }
  }

  private static void round(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (double) Math.rint(x[i]);
    }
  }

  private static void trunc(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.copySign((double) Math.floor(Math.abs(x[i])), x[i]);
    }
  }
}
