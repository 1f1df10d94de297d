package dev.autograd.kernel.vector;

import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Unary;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Smooth functions of one number by polynomials and rational functions of our own, in the precision
 * of the element. Only additions, multiplications, divisions, fused multiply-adds and operations on
 * bits are used, all of which round as IEEE 754 says, so that results are the same bits on every
 * processor, interpreted and compiled. Logarithms of subnormal numbers are left to {@link
 * StrictMath}, sines and cosines of large ones to {@link Math}.
 *
 * <p>Largest errors found against the exact value, of every third F32 and thousands of F64, in
 * units in the last place: {@code LOG}, {@code LOG_CLAMPED}, {@code LOG1P} 0.9, {@code EXP} 1.1,
 * {@code EXPM1}, {@code SIN}, {@code COS}, {@code SELU} 1.8, {@code TANH} 1.9, {@code SIGMOID} 2.5,
 * {@code SOFTPLUS}, {@code LOG_SIGMOID} 2.8, {@code SILU} 3.4, {@code MISH} 4.6, {@code GELU_TANH}
 * 5.6, {@code GELU} 7.4. Subnormal arguments and results are handled; NaN, ±∞ and ±0 give what the
 * plain loops give.
 *
 * <p>A function is one loop over a block, or two, each of which C2 compiles by itself ({@link
 * F64Loop}).
 */
final class F64Maps {

  private static final int BLOCK = F64Scratch.BLOCK;

  /**
   * Elements from which vectors are used. Below, plain loops take a microsecond, and a small
   * network never waits for loops to be compiled. More would break the promise of {@link
   * Kernels#LEAST_PART}.
   */
  static final int LEAST = Kernels.LEAST_PART;

  /** What {@code GELU} and its gradient begin with. */
  static final F64Loop RATIO = new F64Loop(F64Normal::ratio);

  private static final Map<Unary, F64Loop> LOOPS = new EnumMap<>(Unary.class);

  static {
    put(Unary.EXP, F64Exponentials::exp);
    put(Unary.EXPM1, F64Exponentials::expm1);
    put(Unary.LOG, F64Logarithms::log);
    put(Unary.LOG1P, F64Logarithms::log1p);
    put(Unary.SIN, F64Sines::sin);
    put(Unary.COS, F64Sines::cos);
    put(Unary.TANH, F64Sigmoids::tanh);
    put(Unary.SIGMOID, F64Sigmoids::sigmoid);
    put(Unary.SILU, F64Sigmoids::silu);
    put(Unary.MISH, F64Sigmoids::mish);
    put(Unary.SOFTPLUS, F64Sigmoids::softplus);
    put(Unary.LOG_SIGMOID, F64Sigmoids::logSigmoid);
    put(Unary.SELU, F64Sigmoids::selu);
    put(Unary.GELU_TANH, F64Sigmoids::geluTanh);
    F64Loop log = new F64Loop(F64Logarithms::log);
    F64Loop clamp = new F64Loop(F64Logarithms::clamp);
    put(
        Unary.LOG_CLAMPED,
        (x, from, out, to, e, n) -> {
          log.run(x, from, out, to, e, n);
          clamp.run(out, to, out, to, e, n);
        });
    F64Loop gelu = new F64Loop(F64Normal::gelu);
    put(
        Unary.GELU,
        (x, from, out, to, e, n) -> {
          RATIO.run(x, from, e, 0, e, n);
          gelu.run(x, from, out, to, e, n);
        });
  }

  private static final boolean[] READY = new boolean[Unary.values().length];

  private F64Maps() {}

  private static void put(Unary op, F64Loop.Body body) {
    LOOPS.put(op, new F64Loop(body));
  }

  private static void put(Unary op, F64Loop.Simple body) {
    LOOPS.put(op, new F64Loop(body));
  }

  /** Has a loop compiled, if this is its first use; takes some hundredths of a second. */
  static synchronized void warmUp(Unary op) {
    if (READY[op.ordinal()]) {
      return;
    }
    int n = WarmUp.VECTORS * F64Tile.LANES;
    double[] x = new double[n];
    double[] out = new double[n];
    Arrays.fill(x, 1);
    WarmUp.of(() -> blocks(op, x, out, 0, n));
    READY[op.ordinal()] = true;
  }

  /** Returns the loop of a function that has one. */
  static F64Loop loop(Unary op) {
    F64Loop loop = LOOPS.get(op);
    if (loop == null) {
      throw new IllegalArgumentException(op + " has no loop here");
    }
    return loop;
  }

  /** Returns whether a function of so many elements is computed here. */
  static boolean has(Unary op, int n) {
    return n >= LEAST && LOOPS.containsKey(op);
  }

  static void map(Unary op, double[] x, double[] out, int from, int to) {
    // Read without the lock: what is not seen yet costs a look under it.
    if (!READY[op.ordinal()]) {
      warmUp(op);
    }
    blocks(op, x, out, from, to);
  }

  private static void blocks(Unary op, double[] x, double[] out, int from, int to) {
    F64Loop loop = loop(op);
    double[] e = F64Scratch.array();
    int rest = (to - from) % F64Tile.LANES;
    int whole = to - rest;
    for (int start = from; start < whole; start += BLOCK) {
      loop.run(x, start, out, start, e, Math.min(whole - start, BLOCK));
    }
    if (rest > 0) {
      // Apart, since in place no element may be computed twice.
      System.arraycopy(x, whole, e, F64Scratch.REST, rest);
      loop.run(e, F64Scratch.REST, e, F64Scratch.REST_RESULT, e, F64Tile.LANES);
      System.arraycopy(e, F64Scratch.REST_RESULT, out, whole, rest);
    }
  }
}
