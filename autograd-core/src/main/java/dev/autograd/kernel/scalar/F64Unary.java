package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Unary;

/** The loops of {@link Unary}: one method for each cheap function, blocks for the smooth ones. */
final class F64Unary {

  private F64Unary() {}

  static void map(Unary op, double[] x, double[] out, int n) {
    switch (op) {
      case NEG -> neg(x, out, n);
      case ABS -> abs(x, out, n);
      case SIGN -> sign(x, out, n);
      case RECIPROCAL -> reciprocal(x, out, n);
      case SQUARE -> square(x, out, n);
      case SQRT -> sqrt(x, out, n);
      case RSQRT -> rsqrt(x, out, n);
      case RELU -> relu(x, out, n);
      case SOFTSIGN -> softsign(x, out, n);
      case FLOOR -> floor(x, out, n);
      case CEIL -> ceil(x, out, n);
      case ROUND -> round(x, out, n);
      case TRUNC -> trunc(x, out, n);
      default -> smooth(op, x, out, n);
    }
  }

  private static void smooth(Unary op, double[] x, double[] out, int n) {
    /* wide */ double[] block = new /* wide */ double[Math.min(n, SmoothLoops.BLOCK)];
    for (int start = 0; start < n; start += SmoothLoops.BLOCK) {
      int count = Math.min(n - start, SmoothLoops.BLOCK);
      F64Blocks.widen(x, start, block, count);
      SmoothLoops.map(op, block, count);
      F64Blocks.narrow(block, out, start, count);
    }
  }

  private static void neg(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = -x[i];
    }
  }

  private static void abs(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.abs(x[i]);
    }
  }

  /** Scaling twice by the largest number makes even the smallest one at least 1. */
  private static void sign(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(-1, Math.min(1, x[i] * Double.MAX_VALUE * Double.MAX_VALUE));
    }
  }

  private static void reciprocal(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = 1 / x[i];
    }
  }

  private static void square(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] * x[i];
    }
  }

  private static void sqrt(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.sqrt(x[i]);
    }
  }

  private static void rsqrt(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = 1 / (double) Math.sqrt(x[i]);
    }
  }

  private static void relu(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(x[i], 0);
    }
  }

  private static void softsign(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = x[i] / (1 + Math.abs(x[i]));
    }
  }

  private static void floor(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.floor(x[i]);
    }
  }

  private static void ceil(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.ceil(x[i]);
    }
  }

  private static void round(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.rint(x[i]);
    }
  }

  private static void trunc(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.copySign((double) Math.floor(Math.abs(x[i])), x[i]);
    }
  }
}
