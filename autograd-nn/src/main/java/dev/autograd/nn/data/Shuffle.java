package dev.autograd.nn.data;

import java.util.Random;

/**
 * Random orders that depend on a seed only: {@link Random}'s algorithm is part of its
 * specification, so that a split is the same on every JDK.
 */
final class Shuffle {

  /** The fractional part of the golden ratio: spreads consecutive numbers over all bits. */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Shuffle() {}

  /** Returns 0 to n - 1 in the random order number {@code round} of a seed. */
  static int[] order(int n, long seed, long round) {
    Random random = new Random(seed ^ (round * GOLDEN_GAMMA));
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      // Fisher and Yates, inside out: element i enters at a random place among those before it.
      int place = random.nextInt(i + 1);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }
}
