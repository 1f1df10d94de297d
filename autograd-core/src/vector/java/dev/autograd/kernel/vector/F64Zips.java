package dev.autograd.kernel.vector;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Kernels;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions of two numbers: those of {@link F64Exceptions} and {@link F64Arithmetic}, whose bits
 * are those of the plain loops, and smooth ones like those of {@link F64Maps}. Either operand may
 * repeat, as {@link F64Pairs} lays it out.
 *
 * <p>Largest errors found of smooth ones, in units in the last place of x times the largest term of
 * the slope (which near its zeros is a difference): {@code ELU} 3, {@code BCE_WITH_LOGITS} 4,
 * {@code SELU_GRAD}, {@code SILU_GRAD} 6, {@code MISH_GRAD}, {@code GELU_GRAD}, {@code
 * GELU_TANH_GRAD} 8. Where x is so large that it overflows with a slope that is hardly above 1, or
 * infinite, plain loops have to compute again: see {@link #repair}.
 */
final class F64Zips {

  private static final int BLOCK = F64Scratch.BLOCK;

  /** Elements from which vectors are used where plain loops have the same bits, and are fast. */
  private static final int LEAST_EXACT = 1024;

  /** The same for pairs of which one repeats, which plain loops have to copy. */
  private static final int LEAST_REPEATED = 512;

  private static final Map<Binary, Loop> SMOOTH = new EnumMap<>(Binary.class);

  private static final Map<Binary, Loop> EXACT = new EnumMap<>(Binary.class);

  /** What is left to plain loops where no operand repeats. */
  private static final Map<Binary, Loop> CHEAP = new EnumMap<>(Binary.class);

  static {
    SMOOTH.put(Binary.ELU, F64Zips::elu);
    SMOOTH.put(Binary.BCE_WITH_LOGITS, F64Zips::bceWithLogits);
    SMOOTH.put(Binary.SILU_GRAD, slope(F64Slopes::silu));
    SMOOTH.put(Binary.MISH_GRAD, slope(F64Slopes::mish));
    SMOOTH.put(Binary.SELU_GRAD, slope(F64Slopes::selu));
    SMOOTH.put(Binary.GELU_TANH_GRAD, F64Zips::geluTanhGrad);
    SMOOTH.put(Binary.GELU_GRAD, F64Zips::geluGrad);
    EXACT.put(Binary.CHAIN, simple(F64Exceptions::chain));
    EXACT.put(Binary.CHAIN_BOTH, simple(F64Exceptions::chainBoth));
    EXACT.put(Binary.CHAIN_DIV, simple(F64Exceptions::chainDiv));
    EXACT.put(Binary.RATIO, simple(F64Exceptions::ratio));
    EXACT.put(Binary.TANH_GRAD, simple(F64Exceptions::tanhGrad));
    EXACT.put(Binary.SIGMOID_GRAD, simple(F64Exceptions::sigmoidGrad));
    EXACT.put(Binary.RELU_GRAD, simple(F64Exceptions::reluGrad));
    EXACT.put(Binary.LOG_GRAD, simple(F64Exceptions::logGrad));
    EXACT.put(Binary.LEAKY_RELU, simple(F64Exceptions::leakyRelu));
    EXACT.put(Binary.LEAKY_RELU_SLOPE, simple(F64Exceptions::leakyReluSlope));
    EXACT.put(Binary.AT_LEAST, simple(F64Exceptions::atLeast));
    EXACT.put(Binary.AT_MOST, simple(F64Exceptions::atMost));
    EXACT.put(Binary.MAXIMUM_SHARE, simple(F64Exceptions::maximumShare));
    EXACT.put(Binary.MINIMUM_SHARE, simple(F64Exceptions::minimumShare));
    CHEAP.put(Binary.ADD, simple(F64Arithmetic::add));
    CHEAP.put(Binary.SUB, simple(F64Arithmetic::sub));
    CHEAP.put(Binary.MUL, simple(F64Arithmetic::mul));
    CHEAP.put(Binary.DIV, simple(F64Arithmetic::div));
    CHEAP.put(Binary.MAXIMUM, simple(F64Arithmetic::maximum));
    CHEAP.put(Binary.MINIMUM, simple(F64Arithmetic::minimum));
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

  /** Computes a gradient from the power that stands in {@code e}. */
  private interface Finish {

    void run(double[] x, int xo, double[] y, int yo, double[] e, double[] out, int to, int n);
  }

  private static Loop simple(Simple loop) {
    return (x, xo, y, yo, out, to, e, n) -> loop.run(x, xo, y, yo, out, to, n);
  }

  private static Loop slope(Finish finish) {
    return (x, xo, y, yo, out, to, e, n) -> {
      F64Exponentials.decay(y, yo, (double) 0.5, e, n);
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
    F64Exponentials.log1pDecay(x, xo, e, n);
    F64Sigmoids.bceWithLogits(x, xo, y, yo, e, out, to, n);
  }

  private static void geluTanhGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    F64Arguments.cubic(y, yo, e, n);
    F64Exponentials.decay(e, 0, (double) 0.5, e, n);
    F64Arguments.repairCubic(y, yo, e, n);
    F64Slopes.geluTanh(x, xo, y, yo, e, out, to, n);
  }

  private static void geluGrad(
      double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    F64Arguments.square(y, yo, e, n);
    F64Exponentials.decay(e, 0, (double) 0.25, e, n);
    F64Normal.tail(y, yo, (double) 0.25, e, BLOCK, n);
    F64Normal.geluGrad(x, xo, y, yo, e, BLOCK, out, to, n);
  }

  /** Returns whether a function is computed here, for a part of a plan's outermost loop. */
  static boolean has(Binary op, Broadcast plan, int from, int to) {
    int least = least(op, plan);
    return least > 0 && F64Pairs.size(plan, from, to) >= least && F64Pairs.pays(plan, from, to);
  }

  /** Returns the number of elements from which vectors are used; 0 if they never are. */
  private static int least(Binary op, Broadcast plan) {
    if (SMOOTH.containsKey(op)) {
      return F64Maps.LEAST;
    }
    boolean repeats = F64Pairs.repeats(plan);
    if (EXACT.containsKey(op)) {
      return repeats ? LEAST_REPEATED : LEAST_EXACT;
    }
    return repeats && CHEAP.containsKey(op) ? LEAST_REPEATED : 0;
  }

  private static Loop loop(Binary op) {
    Loop smooth = SMOOTH.get(op);
    Loop loop = smooth != null ? smooth : EXACT.getOrDefault(op, CHEAP.get(op));
    if (loop == null) {
      throw new IllegalArgumentException(op + " has no loop here");
    }
    return loop;
  }

  private static synchronized void warmUp(Binary op, Loop loop) {
    if (READY[op.ordinal()]) {
      return;
    }
    int n = WarmUp.VECTORS * F64Tile.LANES;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] out = new double[n];
    double[] e = F64Scratch.array();
    Arrays.fill(x, 1);
    Arrays.fill(y, 1);
    WarmUp.of(() -> loop.run(x, 0, y, 0, out, 0, e, n));
    READY[op.ordinal()] = true;
  }

  /**
   * Computes a part of a plan's outermost loop.
   *
   * @param below plain kernels, for gradients of extreme size
   */
  static void zip(
      Binary op,
      double[] x,
      double[] y,
      double[] out,
      Broadcast plan,
      int from,
      int to,
      Kernels<double[]> below) {
    Loop loop = loop(op);
    // Read without the lock: what is not seen yet costs a look under it.
    if (!READY[op.ordinal()]) {
      warmUp(op, loop);
    }
    Kernels<double[]> repairing = isSlope(op) ? below : null;
    if (F64Pairs.repeats(plan)) {
      repeated(op, loop, new F64Pairs(x, y, plan, from, to), out, repairing);
    } else {
      inPlace(op, loop, x, y, out, from, to, repairing);
    }
  }

  /** Computes pairs one of which repeats. */
  private static void repeated(
      Binary op, Loop loop, F64Pairs pairs, double[] out, @Nullable Kernels<double[]> repairing) {
    double[] e = F64Scratch.array();
    while (pairs.next()) {
      F64Operand left = pairs.left;
      F64Operand right = pairs.right;
      loop.run(left.array, left.at, right.array, right.at, out, pairs.to, e, pairs.count);
      if (repairing != null) {
        repair(
            op, left.array, left.at, right.array, right.at, out, pairs.to, pairs.count, repairing);
      }
    }
  }

  /** Computes pairs that lie side by side; the last vector overlaps the one before. */
  private static void inPlace(
      Binary op,
      Loop loop,
      double[] x,
      double[] y,
      double[] out,
      int from,
      int end,
      @Nullable Kernels<double[]> repairing) {
    double[] e = F64Scratch.array();
    int at = from;
    while (at < end) {
      at = Math.min(at, end - F64Tile.LANES);
      int n = Math.min(BLOCK, (end - at) / F64Tile.LANES * F64Tile.LANES);
      loop.run(x, at, y, at, out, at, e, n);
      if (repairing != null) {
        repair(op, x, at, y, at, out, at, n, repairing);
      }
      at += n;
    }
  }

  /**
   * Returns whether a function multiplies a gradient by a slope that may leave the type's range.
   */
  private static boolean isSlope(Binary op) {
    return switch (op) {
      case SILU_GRAD, MISH_GRAD, SELU_GRAD, GELU_GRAD, GELU_TANH_GRAD -> true;
      default -> false;
    };
  }

  /** Computes gradients of extreme size again, in double precision. */
  private static void repair(
      Binary op,
      double[] x,
      int xo,
      double[] y,
      int yo,
      double[] out,
      int to,
      int n,
      Kernels<double[]> below) {
    for (int i = 0; i < n; i++) {
      double gradient = x[xo + i];
      if (!(Math.abs(gradient) < Double.MAX_VALUE / 1024)) {
        out[to + i] = (double) below.zip(op, gradient, y[yo + i]);
      }
    }
  }
}
