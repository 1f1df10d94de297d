package dev.autograd.benchmarks.workload;

/**
 * The numbers that all workloads start from: a linear congruential generator modulo 2<sup>64</sup>
 * (Knuth's MMIX), of which each value takes the upper 24 bits, so that it is exact in single
 * precision and easily written in any language.
 */
public final class Draws {

  private long state;

  /** Returns a generator that starts from a seed. */
  public Draws(long seed) {
    state = seed;
  }

  /** Returns the next value, in [0, 1): the step is made first. */
  public double next() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (state >>> 40) / 0x1p24;
  }

  /** Returns the next value in [-bound, bound): {@code (2u - 1) · bound}. */
  public double symmetric(double bound) {
    return (2 * next() - 1) * bound;
  }

  /** Returns the first n values of a seed. */
  public static double[] uniform(long seed, int n) {
    Draws draws = new Draws(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = draws.next();
    }
    return values;
  }

  /** Returns the first n values of a seed in [-bound, bound). */
  public static double[] symmetric(long seed, int n, double bound) {
    Draws draws = new Draws(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = draws.symmetric(bound);
    }
    return values;
  }
}
