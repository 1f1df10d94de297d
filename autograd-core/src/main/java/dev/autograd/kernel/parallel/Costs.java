package dev.autograd.kernel.parallel;

import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Unary;
import dev.autograd.kernel.UpdateRule;

/**
 * What kernels cost per element, against one that adds two numbers in a cache, some 0.1 ns: enough
 * to tell which work is worth splitting. Where vectors and plain loops differ much, what holds for
 * vectors.
 */
final class Costs {

  static final int CHEAP = 1;

  /** A sum in double precision, a second pass over the elements. */
  static final int FAIR = 2;

  /** A smooth function, several passes, one element after the other. */
  static final int DEAR = 4;

  /** Powers of e and more around them, in double precision. */
  static final int DEAREST = 16;

  private Costs() {}

  static int of(Unary op) {
    return switch (op) {
      case NEG, ABS, SIGN, RECIPROCAL, SQUARE, SQRT, RSQRT, RELU, SOFTSIGN -> CHEAP;
      case FLOOR, CEIL, ROUND, TRUNC -> CHEAP;
      default -> DEAR;
    };
  }

  static int of(Binary op) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, MAXIMUM, MINIMUM -> CHEAP;
      case CHAIN, CHAIN_BOTH, CHAIN_DIV, RATIO, TANH_GRAD, SIGMOID_GRAD, RELU_GRAD -> CHEAP;
      case LOG_GRAD, LEAKY_RELU, LEAKY_RELU_SLOPE, AT_LEAST, AT_MOST -> FAIR;
      case MAXIMUM_SHARE, MINIMUM_SHARE -> FAIR;
      default -> DEAR;
    };
  }

  static int of(UpdateRule rule) {
    return switch (rule) {
      case DESCENT -> CHEAP;
      case MOMENTUM, NESTEROV, ADAGRAD, RMSPROP -> FAIR;
      default -> DEAR;
    };
  }

  static int of(Reduction op) {
    return switch (op) {
      case SUM, MAX, MIN -> FAIR;
      case PROD -> DEAR;
      case LOG_SUM_EXP -> DEAREST;
    };
  }

  static int of(AxisMap op) {
    return switch (op) {
      case CUMULATIVE_SUM, SUM_TO_END, CUMULATIVE_PRODUCT, CENTRED, PRODUCT_OF_OTHERS -> DEAR;
      case SOFTMAX, LOG_SOFTMAX, LOG_SUM_EXP_WEIGHTS -> DEAREST;
    };
  }
}
