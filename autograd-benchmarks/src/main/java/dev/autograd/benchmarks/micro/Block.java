package dev.autograd.benchmarks.micro;

import dev.autograd.array.DType;
import dev.autograd.benchmarks.workload.Draws;

/** Heap arrays of either floating-point type, as kernels take them. */
final class Block {

  private Block() {}

  /** Returns n numbers of a seed in [-1, 1), as {@code float[]} or {@code double[]}. */
  static Object symmetric(DType dtype, long seed, int n) {
    return rounded(dtype, Draws.symmetric(seed, n, 1));
  }

  /** Returns n numbers of a seed in (0, 1], which have a logarithm. */
  static Object positive(DType dtype, long seed, int n) {
    double[] values = Draws.uniform(seed, n);
    for (int i = 0; i < n; i++) {
      values[i] = 1 - values[i];
    }
    return rounded(dtype, values);
  }

  private static Object rounded(DType dtype, double[] values) {
    if (dtype == DType.F64) {
      return values;
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
