package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Binary;

/**
 * The loops of {@link Binary}. All arrays of a loop are read and written at the same index, because
 * the JIT compiler does not vectorise where offsets differ: it cannot tell whether the arrays
 * overlap. What is broadcast is laid out in blocks first.
 *
 * <p>Where an exception would need a branch per element, the loop computes without it, vectorised,
 * and a second one looks for the NaNs that give the exceptions away: they are rare and their branch
 * is predicted, while one on a random sign costs ten times as much.
 */
final class F64Binary {

  private static final double HALF = (double) 0.5;

  private F64Binary() {}

  static void zip(
      Binary op, double[] x, double[] y, double[] out, Broadcast plan, int from, int to) {
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
    double[] result = new double[F64Blocks.SIZE];
    while (blocks.next()) {
      apply(op, blocks.left, blocks.right, result, 0, blocks.count);
      System.arraycopy(result, 0, out, blocks.start, blocks.count);
    }
  }

  private static void apply(Binary op, double[] x, double[] y, double[] out, int from, int to) {
    switch (op) {
      case ADD -> add(x, y, out, from, to);
      case SUB -> sub(x, y, out, from, to);
      case MUL -> mul(x, y, out, from, to);
      case DIV -> div(x, y, out, from, to);
      case MAXIMUM -> maximum(x, y, out, from, to);
      case MINIMUM -> minimum(x, y, out, from, to);
      case CHAIN -> {
        mul(x, y, out, from, to);
        keepZeros(x, out, from, to);
      }
      case CHAIN_BOTH -> {
        mul(x, y, out, from, to);
        keepZeros(x, y, out, from, to);
      }
      case CHAIN_DIV -> {
        div(x, y, out, from, to);
        keepZeros(x, out, from, to);
      }
      case RATIO -> {
        div(x, y, out, from, to);
        clearWhereZero(y, out, from, to);
      }
      case TANH_GRAD -> {
        tanhGrad(x, y, out, from, to);
        keepZeros(x, out, from, to);
      }
      case SIGMOID_GRAD -> {
        sigmoidGrad(x, y, out, from, to);
        keepZeros(x, out, from, to);
      }
      case RELU_GRAD -> {
        reluGrad(x, y, out, from, to);
        keepZeros(x, y, out, from, to);
      }
      case LOG_GRAD -> {
        logGrad(x, y, out, from, to);
        keepZeros(x, out, from, to);
      }
      case ASIN_GRAD,
          ATAN_GRAD,
          ASINH_GRAD,
          ACOSH_GRAD,
          ATANH_GRAD,
          ERF_GRAD,
          LOG_CLAMPED_GRAD,
          SELU_GRAD,
          MISH_GRAD,
          GELU_GRAD,
          GELU_TANH_GRAD,
          SILU_GRAD -> {
        smooth(op, x, y, out, from, to);
        keepZeros(x, out, from, to);
      }
      case LEAKY_RELU -> {
        leakyRelu(x, y, out, from, to);
        keepPositive(x, out, from, to);
      }
      case LEAKY_RELU_SLOPE -> {
        leakyReluSlope(x, y, out, from, to);
        keepSlopeOfPositive(x, out, from, to);
      }
      case AT_LEAST -> {
        atLeast(x, y, out, from, to);
        oneWhereEqual(x, y, out, from, to);
      }
      case AT_MOST -> {
        atLeast(y, x, out, from, to);
        oneWhereEqual(x, y, out, from, to);
      }
      case MAXIMUM_SHARE -> {
        share(x, y, out, from, to);
        shareOfInvalid(x, y, out, from, to);
      }
      case MINIMUM_SHARE -> {
        share(y, x, out, from, to);
        shareOfInvalid(x, y, out, from, to);
      }
      default -> smooth(op, x, y, out, from, to);
    }
  }

  private static void smooth(Binary op, double[] x, double[] y, double[] out, int from, int to) {
    /* wide */ double[] left = new /* wide */ double[Math.min(to - from, SmoothLoops.BLOCK)];
    /* wide */ double[] right = new /* wide */ double[Math.min(to - from, SmoothLoops.BLOCK)];
    for (int start = from; start < to; start += SmoothLoops.BLOCK) {
      int count = Math.min(to - start, SmoothLoops.BLOCK);
      F64Blocks.widen(x, start, left, count);
      F64Blocks.widen(y, start, right, count);
      SmoothLoops.zip(op, left, right, count);
      F64Blocks.narrow(left, out, start, count);
    }
  }

  private static void add(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] + y[i];
    }
  }

  private static void sub(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] - y[i];
    }
  }

  private static void mul(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] * y[i];
    }
  }

  private static void div(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] / y[i];
    }
  }

  private static void maximum(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.max(x[i], y[i]);
    }
  }

  private static void minimum(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.min(x[i], y[i]);
    }
  }

  private static void tanhGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] * Math.fma(-y[i], y[i], 1);
    }
  }

  private static void sigmoidGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] * y[i] * (1 - y[i]);
    }
  }

  /** Clamps x between -∞ and ∞ where y is positive, and between -0 and 0 where it is 0. */
  private static void reluGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      double bound = y[i] * Double.MAX_VALUE * Double.MAX_VALUE * Double.MAX_VALUE;
      out[i] = Math.max(-bound, Math.min(x[i], bound)) + 0;
    }
  }

  /** The root adds nothing but NaN below 0. */
  private static void logGrad(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] / y[i] + (double) Math.sqrt(Math.min(y[i], 0));
    }
  }

  private static void leakyRelu(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.max(x[i], 0) + Math.min(x[i], 0) * y[i];
    }
  }

  private static void leakyReluSlope(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      double positive = isPositive(x[i]);
      out[i] = positive + (1 - positive) * y[i];
    }
  }

  private static void atLeast(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = 1 - isPositive(y[i] - x[i]);
    }
  }

  private static void share(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      double scaled = (x[i] - y[i]) * Double.MAX_VALUE * Double.MAX_VALUE;
      out[i] = (1 + Math.min(1, Math.max(-1, scaled))) * HALF;
    }
  }

  /** Returns 1 for positive, 0 for other numbers and NaN for NaN, without a branch. */
  private static double isPositive(double v) {
    return Math.min(1, Math.max(0, v) * Double.MAX_VALUE * Double.MAX_VALUE);
  }

  /** Lets a gradient x of 0 win against an infinite or NaN slope. */
  private static void keepZeros(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(out[i]) && x[i] == 0) {
        out[i] = 0;
      }
    }
  }

  /** Lets 0 win on either side. */
  private static void keepZeros(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(out[i]) && (x[i] == 0 || y[i] == 0)) {
        out[i] = 0;
      }
    }
  }

  private static void clearWhereZero(double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (y[i] == 0) {
        out[i] = 0;
      }
    }
  }

  /** Lets a positive x win against an infinite or NaN leak. */
  private static void keepPositive(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(out[i]) && x[i] > 0) {
        out[i] = x[i];
      }
    }
  }

  private static void keepSlopeOfPositive(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(out[i]) && x[i] > 0) {
        out[i] = 1;
      }
    }
  }

  /** Equal infinities have no difference. */
  private static void oneWhereEqual(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(out[i]) && x[i] == y[i]) {
        out[i] = 1;
      }
    }
  }

  private static void shareOfInvalid(double[] x, double[] y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(out[i])) {
        boolean tie = Double.isNaN(x[i]) == Double.isNaN(y[i]);
        out[i] = tie ? HALF : Double.isNaN(x[i]) ? 1 : 0;
      }
    }
  }
}
