package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Unary;

/** The loops of {@link Unary}, one method each: a shared loop would call its operation per element. */
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
      case EXP -> exp(x, out, n);
      case LOG -> log(x, out, n);
      case LOG1P -> log1p(x, out, n);
      case EXPM1 -> expm1(x, out, n);
      case SIN -> sin(x, out, n);
      case COS -> cos(x, out, n);
      case TANH -> tanh(x, out, n);
      case SIGMOID -> sigmoid(x, out, n);
      case RELU -> relu(x, out, n);
      case SOFTPLUS -> softplus(x, out, n);
      case LOG_SIGMOID -> logSigmoid(x, out, n);
      case GELU -> gelu(x, out, n);
      case SILU -> silu(x, out, n);
      case ERF -> erf(x, out, n);
      case LOG_CLAMPED -> logClamped(x, out, n);
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

  private static void sign(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.signum(x[i]);
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

  private static void exp(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.exp(x[i]);
    }
  }

  private static void log(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.log(x[i]);
    }
  }

  private static void log1p(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.log1p(x[i]);
    }
  }

  private static void expm1(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.expm1(x[i]);
    }
  }

  private static void sin(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.sin(x[i]);
    }
  }

  private static void cos(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.cos(x[i]);
    }
  }

  private static void tanh(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) ScalarFunctions.tanh(x[i]);
    }
  }

  private static void sigmoid(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) ScalarFunctions.sigmoid(x[i]);
    }
  }

  private static void relu(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.max(x[i], 0);
    }
  }

  private static void softplus(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) ScalarFunctions.softplus(x[i]);
    }
  }

  private static void logSigmoid(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) -ScalarFunctions.softplus(-x[i]);
    }
  }

  private static void gelu(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) ScalarFunctions.gelu(x[i]);
    }
  }

  private static void silu(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) ScalarFunctions.silu(x[i]);
    }
  }

  private static void erf(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) ErrorFunction.erf(x[i]);
    }
  }

  private static void logClamped(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = (double) Math.max(Math.log(x[i]), -100);
    }
  }
}
