package dev.autograd.kernel.vector;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Binary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Functions of two numbers: those of {@link F64Exceptions}, whose bits are those of the plain
 * loops, and smooth ones like those of {@link F64Maps}. Either operand may be one number for all.
 *
 * <p>Largest errors found of smooth ones, in units in the last place of x times the largest term of
 * the slope (which near its zeros is a difference): {@code ELU} 3, {@code BCE_WITH_LOGITS} 4,
 * {@code SELU_GRAD}, {@code SILU_GRAD} 6, {@code MISH_GRAD}, {@code GELU_GRAD}, {@code
 * GELU_TANH_GRAD} 8. Where x is so large that it overflows with a slope that is hardly above 1, or
 * infinite, plain loops have to compute again: see {@link #isSlope}.
 */
final class F64Zips {

  private static final int BLOCK = F64Maps.BLOCK;

  /** Elements from which vectors are used where plain loops have the same bits, and are fast. */
  private static final int LEAST_EXACT = 1024;

  private static final Map<Binary, Loop> SMOOTH = new EnumMap<>(Binary.class);

  private static final Map<Binary, Loop> EXACT = new EnumMap<>(Binary.class);

  static {
    SMOOTH.put(Binary.ELU, F64Zips::elu);
    SMOOTH.put(Binary.BCE_WITH_LOGITS, F64Zips::bceWithLogits);
    SMOOTH.put(Binary.SILU_GRAD, slope(F64Arguments::negativeHalf, F64Slopes::silu));
    SMOOTH.put(Binary.MISH_GRAD, slope(F64Arguments::negativeHalf, F64Slopes::mish));
    SMOOTH.put(Binary.SELU_GRAD, slope(F64Arguments::negativeHalf, F64Slopes::selu));
    SMOOTH.put(Binary.GELU_TANH_GRAD, F64Zips::geluTanhGrad);
    SMOOTH.put(Binary.GELU_GRAD, F64Zips::geluGrad);
    EXACT.put(Binary.CHAIN, exact(F64Exceptions::chain));
    EXACT.put(Binary.CHAIN_BOTH, exact(F64Exceptions::chainBoth));
    EXACT.put(Binary.CHAIN_DIV, exact(F64Exceptions::chainDiv));
    EXACT.put(Binary.RATIO, exact(F64Exceptions::ratio));
    EXACT.put(Binary.TANH_GRAD, exact(F64Exceptions::tanhGrad));
    EXACT.put(Binary.SIGMOID_GRAD, exact(F64Exceptions::sigmoidGrad));
    EXACT.put(Binary.RELU_GRAD, exact(F64Exceptions::reluGrad));
    EXACT.put(Binary.LOG_GRAD, exact(F64Exceptions::logGrad));
    EXACT.put(Binary.LEAKY_RELU, exact(F64Exceptions::leakyRelu));
    EXACT.put(Binary.LEAKY_RELU_SLOPE, exact(F64Exceptions::leakyReluSlope));
    EXACT.put(Binary.AT_LEAST, exact(F64Exceptions::atLeast));
    EXACT.put(Binary.AT_MOST, exact(F64Exceptions::atMost));
    EXACT.put(Binary.MAXIMUM_SHARE, exact(F64Exceptions::maximumShare));
    EXACT.put(Binary.MINIMUM_SHARE, exact(F64Exceptions::minimumShare));
  }

  private static final boolean[] READY = new boolean[Binary.values().length];

  private F64Zips() {}

  /** Computes a function of n pairs, n a multiple of the lanes and at most {@link #BLOCK}. */
  private interface Loop {

    /** Two blocks of scratch are in {@code e}. */
    void run(double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n);
  }

  /** A loop that needs no scratch. */
  private interface Simple {

    void run(double[] x, int xo, double[] y, int yo, double[] out, int to, int n);
  }

  /** Computes the exponent of a power of e. */
  private interface Argument {

    void of(double[] y, int yo, double[] e, int n);
  }

  /** Computes a gradient from the power that stands in {@code e}. */
  private interface Finish {

    void run(double[] x, int xo, double[] y, int yo, double[] e, double[] out, int to, int n);
  }

  private static Loop exact(Simple loop) {
    return (x, xo, y, yo, out, to, e, n) -> loop.run(x, xo, y, yo, out, to, n);
  }

  private static Loop slope(Argument argument, Finish finish) {
    return (x, xo, y, yo, out, to, e, n) -> {
      argument.of(y, yo, e, n);
      F64Exponentials.exp(e, 0, e, 0, n);
      finish.run(x, xo, y, yo, e, out, to, n);
    };
  }

  private static void elu(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    F64Exponentials.expm1(x, xo, e, 0, n);
    F64Sigmoids.elu(x, xo, y, yo, e, out, to, n);
  }

  private static void bceWithLogits(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    F64Arguments.negative(x, xo, e, n);
    F64Exponentials.exp(e, 0, e, 0, n);
    F64Logarithms.log1p(e, 0, e, 0, n);
    F64Sigmoids.bceWithLogits(x, xo, y, yo, e, out, to, n);
  }

  private static void geluTanhGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    F64Arguments.cubic(y, yo, e, n);
    F64Exponentials.exp(e, 0, e, 0, n);
    F64Arguments.repairCubic(y, yo, e, n);
    F64Slopes.geluTanh(x, xo, y, yo, e, out, to, n);
  }

  private static void geluGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    F64Arguments.square(y, yo, e, n);
    F64Exponentials.exp(e, 0, e, 0, n);
    F64Arguments.repairSquare(y, yo, e, n);
    F64Normal.tail(y, yo, e, BLOCK, n);
    F64Normal.geluGrad(x, xo, y, yo, e, BLOCK, out, to, n);
  }

  /** Returns whether a function is computed here: of so many pairs, in one loop. */
  static boolean has(Binary op, Broadcast plan, int n) {
    boolean oneLoop =
        plan.dims().length == 1 && (plan.leftStrides()[0] == 1 || plan.rightStrides()[0] == 1);
    return oneLoop
        && (n >= LEAST_EXACT && EXACT.containsKey(op)
            || n >= F64Maps.LEAST && SMOOTH.containsKey(op));
  }

  /**
   * Returns whether a function multiplies a gradient by a slope that may leave the type's range.
   */
  static boolean isSlope(Binary op) {
    return switch (op) {
      case SILU_GRAD, MISH_GRAD, SELU_GRAD, GELU_GRAD, GELU_TANH_GRAD -> true;
      default -> false;
    };
  }

  private static synchronized void warmUp(Binary op, Loop loop) {
    if (READY[op.ordinal()]) {
      return;
    }
    int n = WarmUp.VECTORS * F64Tile.LANES;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] out = new double[n];
    double[] e = F64Maps.SCRATCH.get();
    Arrays.fill(x, 1);
    Arrays.fill(y, 1);
    WarmUp.of(() -> loop.run(x, 0, y, 0, out, 0, e, n));
    READY[op.ordinal()] = true;
  }

  static void zip(
      Binary op, double[] x, double[] y, double[] out, Broadcast plan, int from, int to) {
    Loop smooth = SMOOTH.get(op);
    Loop loop = smooth != null ? smooth : EXACT.get(op);
    if (loop == null) {
      throw new IllegalArgumentException(op + " has no loop here");
    }
    if (!READY[op.ordinal()]) {
      warmUp(op, loop);
    }
    int xStep = plan.leftStrides()[0];
    int yStep = plan.rightStrides()[0];
    double[] left = xStep == 1 ? x : repeated(x[0]);
    double[] right = yStep == 1 ? y : repeated(y[0]);
    double[] e = F64Maps.SCRATCH.get();
    int whole = to - (to - from) % F64Tile.LANES;
    for (int at = from; at < whole; at += BLOCK) {
      loop.run(left, at * xStep, right, at * yStep, out, at, e, Math.min(whole - at, BLOCK));
    }
    if (whole < to) {
      // The last vector overlaps the one before it, and computes some elements again.
      int at = to - F64Tile.LANES;
      loop.run(left, at * xStep, right, at * yStep, out, at, e, F64Tile.LANES);
    }
  }

  private static double[] repeated(double number) {
    double[] block = new double[BLOCK];
    Arrays.fill(block, number);
    return block;
  }
}
