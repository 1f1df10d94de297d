package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Binary;
import java.util.Arrays;

/**
 * The loops of {@link Binary}, one method each, over a row of pairs. A repeated operand is first
 * expanded, block by block, into a scratch row, so that one loop per operation is enough.
 */
final class F64Binary {

  private static final int BLOCK = 512;
  private static final double[] NO_SCRATCH = {};
  private static final double HALF = (double) 0.5;

  private F64Binary() {}

  static void zip(Binary op, double[] x, double[] y, double[] out, Broadcast plan) {
    int[] dims = plan.dims();
    if (dims.length == 1 && plan.leftStrides()[0] == plan.rightStrides()[0]) {
      row(op, x, 0, y, 0, out, 0, dims[0]);
      return;
    }
    RowCursor rows = RowCursor.of(plan);
    boolean expands = rows.leftStride != rows.rightStride;
    double[] scratch = expands ? new double[Math.min(rows.length, BLOCK)] : NO_SCRATCH;
    for (; rows.hasRow(); rows.advance()) {
      if (rows.leftStride == 0 && expands) {
        repeatLeft(op, x[rows.left], y, rows.right, out, rows.out, rows.length, scratch);
      } else if (expands) {
        repeatRight(op, x, rows.left, y[rows.right], out, rows.out, rows.length, scratch);
      } else {
        row(op, x, rows.left, y, rows.right, out, rows.out, rows.length);
      }
    }
  }

  private static void repeatLeft(
      Binary op, double x, double[] y, int yo, double[] out, int oo, int n, double[] scratch) {
    Arrays.fill(scratch, x);
    for (int start = 0; start < n; start += BLOCK) {
      row(op, scratch, 0, y, yo + start, out, oo + start, Math.min(n - start, BLOCK));
    }
  }

  private static void repeatRight(
      Binary op, double[] x, int xo, double y, double[] out, int oo, int n, double[] scratch) {
    Arrays.fill(scratch, y);
    for (int start = 0; start < n; start += BLOCK) {
      row(op, x, xo + start, scratch, 0, out, oo + start, Math.min(n - start, BLOCK));
    }
  }

  private static void row(
      Binary op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> add(x, xo, y, yo, out, oo, n);
      case SUB -> sub(x, xo, y, yo, out, oo, n);
      case MUL -> mul(x, xo, y, yo, out, oo, n);
      case DIV -> div(x, xo, y, yo, out, oo, n);
      case POW -> pow(x, xo, y, yo, out, oo, n);
      case MAXIMUM -> maximum(x, xo, y, yo, out, oo, n);
      case MINIMUM -> minimum(x, xo, y, yo, out, oo, n);
      case CHAIN -> chain(x, xo, y, yo, out, oo, n);
      case CHAIN_DIV -> chainDiv(x, xo, y, yo, out, oo, n);
      case TANH_GRAD -> tanhGrad(x, xo, y, yo, out, oo, n);
      case SIGMOID_GRAD -> sigmoidGrad(x, xo, y, yo, out, oo, n);
      case RELU_GRAD -> reluGrad(x, xo, y, yo, out, oo, n);
      case LOG_GRAD -> logGrad(x, xo, y, yo, out, oo, n);
      case LOG_CLAMPED_GRAD -> logClampedGrad(x, xo, y, yo, out, oo, n);
      case GELU_GRAD -> geluGrad(x, xo, y, yo, out, oo, n);
      case SILU_GRAD -> siluGrad(x, xo, y, yo, out, oo, n);
      case LEAKY_RELU -> leakyRelu(x, xo, y, yo, out, oo, n);
      case LEAKY_RELU_SLOPE -> leakyReluSlope(x, xo, y, yo, out, oo, n);
      case ELU -> elu(x, xo, y, yo, out, oo, n);
      case AT_LEAST -> atLeast(x, xo, y, yo, out, oo, n);
      case AT_MOST -> atLeast(y, yo, x, xo, out, oo, n);
      case MAXIMUM_SHARE -> maximumShare(x, xo, y, yo, out, oo, n);
      case MINIMUM_SHARE -> minimumShare(x, xo, y, yo, out, oo, n);
      case BCE_WITH_LOGITS -> bceWithLogits(x, xo, y, yo, out, oo, n);
    }
  }

  private static void add(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i] + y[yo + i];
    }
  }

  private static void sub(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i] - y[yo + i];
    }
  }

  private static void mul(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i] * y[yo + i];
    }
  }

  private static void div(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i] / y[yo + i];
    }
  }

  private static void pow(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double base = x[xo + i];
      out[oo + i] = base == 1 ? 1 : (double) Math.pow(base, y[yo + i]);
    }
  }

  private static void maximum(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  private static void minimum(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.min(x[xo + i], y[yo + i]);
    }
  }

  private static void chain(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      out[oo + i] = unlessZero(g, g * y[yo + i]);
    }
  }

  private static void chainDiv(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      out[oo + i] = unlessZero(g, g / y[yo + i]);
    }
  }

  private static void tanhGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      double t = y[yo + i];
      out[oo + i] = unlessZero(g, g * Math.fma(-t, t, 1));
    }
  }

  private static void sigmoidGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      double s = y[yo + i];
      out[oo + i] = unlessZero(g, g * s * (1 - s));
    }
  }

  /** A branch on the sign would be mispredicted half the time; the sign bit of -y is the mask. */
  private static void reluGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      double slope = y[yo + i];
      /* bits */ long bits = Double.doubleToRawLongBits(slope);
      /* bits */ long mask = -bits >> /* sign */ 63;
      double passed = Double.longBitsToDouble(Double.doubleToRawLongBits(g) & mask);
      out[oo + i] = Double.isNaN(slope) ? unlessZero(g, slope) : passed;
    }
  }

  private static void logGrad(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      double v = y[yo + i];
      out[oo + i] = unlessZero(g, v < 0 ? Double.NaN : g / v);
    }
  }

  private static void logClampedGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      double v = y[yo + i];
      if (v > ScalarFunctions.CLAMP_BORDER) {
        out[oo + i] = g / v;
      } else {
        out[oo + i] = v >= 0 ? 0 : unlessZero(g, Double.NaN);
      }
    }
  }

  private static void geluGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      out[oo + i] = unlessZero(g, (double) (g * ScalarFunctions.geluSlope(y[yo + i])));
    }
  }

  private static void siluGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double g = x[xo + i];
      out[oo + i] = unlessZero(g, (double) (g * ScalarFunctions.siluSlope(y[yo + i])));
    }
  }

  private static void leakyRelu(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      double leak = y[yo + i];
      double value = Math.max(v, 0) + Math.min(v, 0) * leak;
      out[oo + i] = Double.isNaN(value) ? (v > 0 ? v : v * leak) : value;
    }
  }

  private static void leakyReluSlope(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      double positive = isPositive(v);
      double leak = y[yo + i];
      double value = positive + (1 - positive) * leak;
      out[oo + i] = Double.isNaN(value) && v > 0 ? 1 : value;
    }
  }

  private static void elu(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      out[oo + i] = v > 0 ? v : (double) (y[yo + i] * Math.expm1(v));
    }
  }

  private static void atLeast(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double a = x[xo + i];
      double b = y[yo + i];
      double value = 1 - isPositive(b - a);
      out[oo + i] = Double.isNaN(value) && a == b ? 1 : value;
    }
  }

  private static void maximumShare(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double a = x[xo + i];
      double b = y[yo + i];
      double share = share(a - b);
      out[oo + i] = Double.isNaN(share) ? shareOfInvalid(a, b) : share;
    }
  }

  private static void minimumShare(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      double a = x[xo + i];
      double b = y[yo + i];
      double share = share(b - a);
      out[oo + i] = Double.isNaN(share) ? shareOfInvalid(a, b) : share;
    }
  }

  private static void bceWithLogits(
      double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (double) ScalarFunctions.bceWithLogits(x[xo + i], y[yo + i]);
    }
  }

  /**
   * Returns the product of the chain rule: zero gradients stay zero, whatever they met. Only a NaN can
   * be wrong, and NaNs are rare, so this branch is predicted where one on {@code g == 0} is not.
   */
  private static double unlessZero(double g, double product) {
    return Double.isNaN(product) && g == 0 ? 0 : product;
  }

  /** Returns 1 for positive, 0 for other numbers and NaN for NaN, without a branch. */
  private static double isPositive(double v) {
    return Math.min(1, Math.max(0, v) * Double.MAX_VALUE * Double.MAX_VALUE);
  }

  /** Returns 1 for a positive difference, ½ for 0, 0 for a negative one, without a branch. */
  private static double share(double difference) {
    double sign = Math.min(1, Math.max(-1, difference * Double.MAX_VALUE * Double.MAX_VALUE));
    return (1 + sign) / 2;
  }

  /** Returns the share of {@code a} where the difference is NaN: equal infinities, or a NaN. */
  private static double shareOfInvalid(double a, double b) {
    if (Double.isNaN(a) == Double.isNaN(b)) {
      return a == b || Double.isNaN(a) ? HALF : 0;
    }
    return Double.isNaN(a) ? 1 : 0;
  }
}
