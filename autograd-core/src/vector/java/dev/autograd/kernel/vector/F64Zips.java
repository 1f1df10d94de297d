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

  private static final Map<Binary, F64PairLoop> SMOOTH = new EnumMap<>(Binary.class);

  private static final Map<Binary, F64PairLoop> EXACT = new EnumMap<>(Binary.class);

  /** What is left to plain loops where no operand repeats. */
  private static final Map<Binary, F64PairLoop> CHEAP = new EnumMap<>(Binary.class);

  static {
    put(SMOOTH, Binary.ELU, F64Sigmoids::elu);
    put(SMOOTH, Binary.BCE_WITH_LOGITS, F64Sigmoids::bceWithLogits);
    put(SMOOTH, Binary.SILU_GRAD, F64Slopes::silu);
    put(SMOOTH, Binary.MISH_GRAD, F64Slopes::mish);
    put(SMOOTH, Binary.SELU_GRAD, F64Slopes::selu);
    put(SMOOTH, Binary.GELU_TANH_GRAD, F64Slopes::geluTanh);
    F64PairLoop gelu = new F64PairLoop(F64Normal::geluGrad);
    put(
        SMOOTH,
        Binary.GELU_GRAD,
        (x, xo, y, yo, out, to, e, n) -> {
          F64Maps.RATIO.run(y, yo, e, 0, e, n);
          gelu.run(x, xo, y, yo, out, to, e, n);
        });
    put(EXACT, Binary.CHAIN, F64Exceptions::chain);
    put(EXACT, Binary.CHAIN_BOTH, F64Exceptions::chainBoth);
    put(EXACT, Binary.CHAIN_DIV, F64Exceptions::chainDiv);
    put(EXACT, Binary.RATIO, F64Exceptions::ratio);
    put(EXACT, Binary.TANH_GRAD, F64Exceptions::tanhGrad);
    put(EXACT, Binary.SIGMOID_GRAD, F64Exceptions::sigmoidGrad);
    put(EXACT, Binary.RELU_GRAD, F64Exceptions::reluGrad);
    put(EXACT, Binary.LOG_GRAD, F64Exceptions::logGrad);
    put(EXACT, Binary.LEAKY_RELU, F64Exceptions::leakyRelu);
    put(EXACT, Binary.LEAKY_RELU_SLOPE, F64Exceptions::leakyReluSlope);
    put(EXACT, Binary.AT_LEAST, F64Exceptions::atLeast);
    put(EXACT, Binary.AT_MOST, F64Exceptions::atMost);
    put(EXACT, Binary.MAXIMUM_SHARE, F64Exceptions::maximumShare);
    put(EXACT, Binary.MINIMUM_SHARE, F64Exceptions::minimumShare);
    put(CHEAP, Binary.ADD, F64Arithmetic::add);
    put(CHEAP, Binary.SUB, F64Arithmetic::sub);
    put(CHEAP, Binary.MUL, F64Arithmetic::mul);
    put(CHEAP, Binary.DIV, F64Arithmetic::div);
    put(CHEAP, Binary.MAXIMUM, F64Arithmetic::maximum);
    put(CHEAP, Binary.MINIMUM, F64Arithmetic::minimum);
  }

  private static final boolean[] READY = new boolean[Binary.values().length];

  private F64Zips() {}

  private static void put(Map<Binary, F64PairLoop> to, Binary op, F64PairLoop.Body body) {
    to.put(op, new F64PairLoop(body));
  }

  private static void put(Map<Binary, F64PairLoop> to, Binary op, F64PairLoop.Simple body) {
    to.put(op, new F64PairLoop(body));
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

  private static F64PairLoop loop(Binary op) {
    F64PairLoop smooth = SMOOTH.get(op);
    F64PairLoop loop = smooth != null ? smooth : EXACT.getOrDefault(op, CHEAP.get(op));
    if (loop == null) {
      throw new IllegalArgumentException(op + " has no loop here");
    }
    return loop;
  }

  private static synchronized void warmUp(Binary op, F64PairLoop loop) {
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
    WarmUp.of(
        () -> {
          loop.run(x, 0, y, 0, out, 0, e, n);
          if (isSlope(op) && !F64Slopes.areModerate(x, 0, n)) {
            throw new AssertionError("ones are moderate");
          }
        });
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
    F64PairLoop loop = loop(op);
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
      Binary op,
      F64PairLoop loop,
      F64Pairs pairs,
      double[] out,
      @Nullable Kernels<double[]> repairing) {
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
      F64PairLoop loop,
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
    if (F64Slopes.areModerate(x, xo, n)) {
      return;
    }
    for (int i = 0; i < n; i++) {
      if (!F64Slopes.isModerate(x[xo + i])) {
        out[to + i] = (double) below.zip(op, x[xo + i], y[yo + i]);
      }
    }
  }
}
