package dev.autograd.kernel;

import java.util.Arrays;
import java.util.Random;

/** Numbers on which kernels tend to fail, and random ones. */
final class Samples {

  /**
   * Zeros, borders, subnormals, huge numbers, infinities, NaN, and ordinary numbers between them.
   */
  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2.5,
    3.75,
    -3.75,
    10,
    -10,
    20,
    -20,
    36,
    -36,
    88,
    -88,
    100,
    -100,
    1e-3,
    -1e-3,
    1e-8,
    -1e-8,
    3e-44,
    -3e-44,
    4e-44,
    1e-30,
    -1e-30,
    1e-38,
    1e30,
    -1e30,
    -720,
    720,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  /** Around the sizes at which loops change: vector widths, blocks, none and one. */
  static final int[] LENGTHS = {0, 1, 2, 7, 511, 512, 513, 1000, 1025};

  private Samples() {}

  /** Returns standard normal numbers, with some special ones among them if asked. */
  static double[] random(int n, long seed, boolean specials) {
    Random random = new Random(seed);
    double[] values = new double[n];
    Arrays.setAll(
        values,
        i ->
            specials && random.nextInt(4) == 0
                ? SPECIAL[random.nextInt(SPECIAL.length)]
                : random.nextGaussian() * 3);
    return values;
  }
}
