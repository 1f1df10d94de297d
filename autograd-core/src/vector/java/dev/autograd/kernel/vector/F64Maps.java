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
 * processor, interpreted and compiled.
 *
 * <p>Largest errors found against the exact value, of every third F32 and thousands of F64, in
 * units in the last place: {@code LOG}, {@code LOG_CLAMPED}, {@code LOG1P} 0.9, {@code EXP} 1.1,
 * {@code EXPM1}, {@code SIN}, {@code COS}, {@code SELU} 1.8, {@code TANH} 1.9, {@code SIGMOID} 2.5,
 * {@code SOFTPLUS}, {@code LOG_SIGMOID} 2.8, {@code SILU} 3.4, {@code MISH} 4.6, {@code GELU_TANH}
 * 5.6, {@code GELU} 7.4. Subnormal arguments and results are handled; NaN, ±∞ and ±0 give what the
 * plain loops give.
 *
 * <p>A function is one loop or a few short ones over a block, since C2 does not inline our own
 * methods into one of this size, and a vector that crosses a call becomes an object (ten times the
 * cost). Each is reached through this table, so that C2 compiles it by itself, whatever else is
 * computed.
 */
final class F64Maps {

  private static final int BLOCK = F64Scratch.BLOCK;

  /**
   * Elements from which vectors are used. Below, plain loops take a microsecond, and a small
   * network never waits for loops to be compiled. More would break the promise of {@link
   * Kernels#LEAST_PART}.
   */
  static final int LEAST = Kernels.LEAST_PART;

  private static final Map<Unary, Loop> LOOPS = new EnumMap<>(Unary.class);

  static {
    LOOPS.put(Unary.EXP, simple(F64Exponentials::exp));
    LOOPS.put(Unary.EXPM1, simple(F64Exponentials::expm1));
    LOOPS.put(Unary.LOG, F64Logarithms::log);
    LOOPS.put(Unary.LOG1P, simple(F64Logarithms::log1p));
    LOOPS.put(Unary.LOG_CLAMPED, F64Logarithms::logClamped);
    LOOPS.put(Unary.SIN, F64Sines::sin);
    LOOPS.put(Unary.COS, F64Sines::cos);
    LOOPS.put(Unary.TANH, simple(F64Sigmoids::tanh));
    LOOPS.put(Unary.SIGMOID, simple(F64Sigmoids::sigmoid));
    LOOPS.put(Unary.SILU, ofDecay(F64Sigmoids::silu));
    LOOPS.put(Unary.MISH, ofDecay(F64Sigmoids::mish));
    LOOPS.put(Unary.SOFTPLUS, ofLogarithm(F64Sigmoids::softplus));
    LOOPS.put(Unary.LOG_SIGMOID, ofLogarithm(F64Sigmoids::logSigmoid));
    LOOPS.put(Unary.SELU, F64Maps::selu);
    LOOPS.put(Unary.GELU_TANH, F64Maps::geluTanh);
    LOOPS.put(Unary.GELU, F64Maps::gelu);
  }

  private static final boolean[] READY = new boolean[Unary.values().length];

  private F64Maps() {}

  /** Computes a function of n numbers, n a multiple of the lanes and at most {@link #BLOCK}. */
  private interface Loop {

    /** Two blocks of scratch are in {@code e}. */
    void run(double[] x, int from, double[] out, int to, double[] e, int n);
  }

  /** A loop that needs no scratch. */
  private interface Simple {

    void run(double[] x, int from, double[] out, int to, int n);
  }

  /** Computes a function from what stands in {@code e}. */
  private interface Finish {

    void run(double[] x, int from, double[] e, double[] out, int to, int n);
  }

  private static Loop simple(Simple loop) {
    return (x, from, out, to, e, n) -> loop.run(x, from, out, to, n);
  }

  private static Loop ofDecay(Finish finish) {
    return (x, from, out, to, e, n) -> {
      F64Exponentials.decay(x, from, (double) 1, e, n);
      finish.run(x, from, e, out, to, n);
    };
  }

  private static Loop ofLogarithm(Finish finish) {
    return (x, from, out, to, e, n) -> {
      F64Exponentials.log1pDecay(x, from, e, n);
      finish.run(x, from, e, out, to, n);
    };
  }

  private static void selu(double[] x, int from, double[] out, int to, double[] e, int n) {
    F64Exponentials.expm1(x, from, e, 0, n);
    F64Sigmoids.selu(x, from, e, out, to, n);
  }

  private static void geluTanh(double[] x, int from, double[] out, int to, double[] e, int n) {
    F64Arguments.cubic(x, from, e, n);
    F64Exponentials.decay(e, 0, (double) 0.5, e, n);
    F64Arguments.repairCubic(x, from, e, n);
    F64Sigmoids.geluTanh(x, from, e, out, to, n);
  }

  private static void gelu(double[] x, int from, double[] out, int to, double[] e, int n) {
    F64Arguments.square(x, from, e, n);
    F64Exponentials.decay(e, 0, (double) 0.5, e, n);
    F64Normal.tail(x, from, (double) 0.5, e, BLOCK, n);
    F64Normal.gelu(x, from, e, BLOCK, out, to, n);
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
    Loop loop = LOOPS.get(op);
    if (loop == null) {
      throw new IllegalArgumentException(op + " has no loop here");
    }
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
