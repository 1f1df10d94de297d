package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/** The {@link SmoothLoops} over circular and hyperbolic functions and their inverses. */
final class TrigonometricLoops {

  private TrigonometricLoops() {}

  static void map(Unary op, double[] x, int n) {
    switch (op) {
      case SIN -> sin(x, n);
      case COS -> cos(x, n);
      case TAN -> tan(x, n);
      case ASIN -> asin(x, n);
      case ACOS -> acos(x, n);
      case ATAN -> atan(x, n);
      case SINH -> sinh(x, n);
      case COSH -> cosh(x, n);
      case TANH -> tanh(x, n);
      case ASINH -> asinh(x, n);
      case ACOSH -> acosh(x, n);
      case ATANH -> atanh(x, n);
      default -> throw new IllegalArgumentException(op + " is not a smooth function");
    }
  }

  static void zip(Binary op, double[] x, double[] y, int n) {
    switch (op) {
      case ASIN_GRAD -> asinGrad(x, y, n);
      case ATAN_GRAD -> atanGrad(x, y, n);
      case ASINH_GRAD -> asinhGrad(x, y, n);
      case ACOSH_GRAD -> acoshGrad(x, y, n);
      case ATANH_GRAD -> atanhGrad(x, y, n);
      case HYPOT -> hypot(x, y, n);
      case ATAN2 -> atan2(x, y, n);
      case ATAN2_SLOPE -> atan2Slope(x, y, n);
      default -> throw new IllegalArgumentException(op + " is not a smooth function");
    }
  }

  private static void sin(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.sin(x[i]);
    }
  }

  private static void cos(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.cos(x[i]);
    }
  }

  private static void tan(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.tan(x[i]);
    }
  }

  private static void asin(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.asin(x[i]);
    }
  }

  private static void acos(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.acos(x[i]);
    }
  }

  private static void atan(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.atan(x[i]);
    }
  }

  private static void sinh(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.sinh(x[i]);
    }
  }

  private static void cosh(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.cosh(x[i]);
    }
  }

  private static void tanh(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = ScalarFunctions.tanh(x[i]);
    }
  }

  private static void asinh(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = TrigonometricFunctions.asinh(x[i]);
    }
  }

  private static void acosh(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = TrigonometricFunctions.acosh(x[i]);
    }
  }

  private static void atanh(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = TrigonometricFunctions.atanh(x[i]);
    }
  }

  private static void asinGrad(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / Math.sqrt((1 - y[i]) * (1 + y[i]));
    }
  }

  private static void atanGrad(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / (1 + y[i] * y[i]);
    }
  }

  private static void asinhGrad(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / TrigonometricFunctions.rootOfSquarePlus1(y[i]);
    }
  }

  private static void acoshGrad(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / (Math.sqrt(y[i] - 1) * Math.sqrt(y[i] + 1));
    }
  }

  private static void atanhGrad(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = TrigonometricFunctions.atanhGrad(x[i], y[i]);
    }
  }

  private static void hypot(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = TrigonometricFunctions.hypot(x[i], y[i]);
    }
  }

  private static void atan2(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.atan2(x[i], y[i]);
    }
  }

  private static void atan2Slope(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = TrigonometricFunctions.atan2Slope(x[i], y[i]);
    }
  }
}
