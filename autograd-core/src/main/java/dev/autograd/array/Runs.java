package dev.autograd.array;

import java.util.BitSet;

/**
 * An index plan that names its places one by one: run i of a dense block, its elements {@code i ·
 * length} to {@code (i + 1) · length - 1}, corresponds to the {@code length} neighbours from {@code
 * starts[i]} on in another block. Unlike those of {@link Strides}, the places follow no rule, and
 * may repeat.
 */
public final class Runs {

  private final int[] starts;
  private final int length;

  /**
   * Makes a plan.
   *
   * @param starts where each run begins in the other block. Not copied and not to be modified
   * @param length the number of elements of every run
   */
  public Runs(int[] starts, int length) {
    this.starts = starts;
    this.length = length;
  }

  /**
   * Returns the plan that takes chosen indices along an axis of a block.
   *
   * @param axis counted from 0
   * @param chosen indices inside the axis, in the order they are taken
   */
  public static Runs along(Shape block, int axis, int... chosen) {
    int size = block.dim(axis);
    int outer = product(block, 0, axis);
    int inner = product(block, axis + 1, block.rank());
    if (block.size() == 0) {
      return new Runs(new int[0], inner);
    }
    int[] starts = new int[outer * chosen.length];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < chosen.length; i++) {
        starts[o * chosen.length + i] = (o * size + chosen[i]) * inner;
      }
    }
    return new Runs(starts, inner);
  }

  private static int product(Shape block, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= block.dim(axis);
    }
    return product;
  }

  /** Returns the number of runs. */
  public int count() {
    return starts.length;
  }

  /** Returns where a run begins in the other block. */
  public int start(int run) {
    return starts[run];
  }

  /** Returns whether no run begins where another does. */
  public boolean distinct() {
    BitSet seen = new BitSet();
    for (int start : starts) {
      if (seen.get(start)) {
        return false;
      }
      seen.set(start);
    }
    return true;
  }

  /** Returns the number of elements of every run. */
  public int length() {
    return length;
  }
}
