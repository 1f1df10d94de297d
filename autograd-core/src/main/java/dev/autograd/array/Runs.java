package dev.autograd.array;

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
   * Returns the plan that takes chosen indices along the middle axis of {@code [outer, n, inner]}.
   *
   * @param chosen indices below n, in the order they are taken
   */
  public static Runs along(int outer, int n, int inner, int[] chosen) {
    if (inner == 0) {
      return new Runs(new int[0], 0);
    }
    int[] starts = new int[outer * chosen.length];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < chosen.length; i++) {
        starts[o * chosen.length + i] = (o * n + chosen[i]) * inner;
      }
    }
    return new Runs(starts, inner);
  }

  /** Returns the number of runs. */
  public int count() {
    return starts.length;
  }

  /** Returns where a run begins in the other block. */
  public int start(int run) {
    return starts[run];
  }

  /** Returns the number of elements of every run. */
  public int length() {
    return length;
  }
}
