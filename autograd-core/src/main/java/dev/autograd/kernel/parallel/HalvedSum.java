package dev.autograd.kernel.parallel;

import dev.autograd.kernel.Kernels;

/**
 * A long sum as the tree that {@link Kernels#sum} says it is: halved and halved again, down to
 * leaves that are summed apart from each other. The borders follow from the length alone.
 */
final class HalvedSum {

  /** Elements from which a run is halved. */
  private static final int LEAF = 4 * Kernels.HALVED;

  private final int length;
  private final int levels;
  private final double[] sums;

  HalvedSum(int length) {
    this.length = length;
    int halvings = 0;
    while (length >> halvings >= LEAF && halvings < 6) {
      halvings++;
    }
    this.levels = halvings;
    this.sums = new double[1 << halvings];
  }

  /** Returns the number of leaves. */
  int leaves() {
    return sums.length;
  }

  /** Sums one leaf of the elements from {@code from} on. */
  <A> void sumLeaf(Kernels<A> kernels, A x, int from, int leaf) {
    int start = from;
    int n = length;
    for (int level = levels - 1; level >= 0; level--) {
      int half = n / 2;
      if ((leaf >> level & 1) == 0) {
        n -= half;
      } else {
        start += n - half;
        n = half;
      }
    }
    sums[leaf] = kernels.sum(x, start, start + n);
  }

  /** Returns the sum of the leaves, joined in twos. */
  double join() {
    for (int count = sums.length; count > 1; count /= 2) {
      for (int i = 0; i < count / 2; i++) {
        sums[i] = sums[2 * i] + sums[2 * i + 1];
      }
    }
    return sums[0];
  }
}
