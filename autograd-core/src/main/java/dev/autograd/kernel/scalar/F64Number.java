package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * {@link Unary} and {@link Binary} on single numbers, without arrays for those that scalar graphs
 * are full of; bit for bit what the loops return.
 */
final class F64Number {

  private F64Number() {}

  static double map(Unary op, double x) {
    return switch (op) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case RECIPROCAL -> 1 / x;
      case SQUARE -> x * x;
      case SQRT -> (double) Math.sqrt(x);
      case RELU -> Math.max(x, 0);
      case EXP -> (double) Math.exp(x);
      case LOG -> (double) Math.log(x);
      case SIN -> (double) Math.sin(x);
      case COS -> (double) Math.cos(x);
      case TANH -> (double) ScalarFunctions.tanh(x);
      case SIGMOID -> (double) ScalarFunctions.sigmoid(x);
      default -> asArray(op, x);
    };
  }

  private static double asArray(Unary op, double x) {
    double[] out = new double[1];
    F64Unary.map(op, new double[] {x}, out, 0, 1);
    return out[0];
  }

  static double zip(Binary op, double x, double y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case CHAIN -> keepZero(x, x * y);
      case CHAIN_DIV -> keepZero(x, x / y);
      case TANH_GRAD -> keepZero(x, x * Math.fma(-y, y, 1));
      case SIGMOID_GRAD -> keepZero(x, x * y * (1 - y));
      default -> asArrays(op, x, y);
    };
  }

  /** Lets a gradient of 0 win against an infinite or NaN slope. */
  private static double keepZero(double gradient, double product) {
    return Double.isNaN(product) && gradient == 0 ? 0 : product;
  }

  private static double asArrays(Binary op, double x, double y) {
    double[] out = new double[1];
    F64Binary.apply(op, new double[] {x}, new double[] {y}, out, 0, 1);
    return out[0];
  }
}
