package dev.autograd.array;

import java.util.Arrays;

/**
 * The axes a reduction runs over, and whether they stay in the result with size 1.
 *
 * <pre>{@code
 * x.sum(Axes.of(1).keep())      // [4, 3] -> [4, 1]
 * x.max(Axes.all())             // [4, 3] -> []
 * }</pre>
 */
public final class Axes {

  private static final Axes ALL = new Axes(null, false);

  private final int @org.jspecify.annotations.Nullable [] axes;
  private final boolean keep;

  private Axes(int @org.jspecify.annotations.Nullable [] axes, boolean keep) {
    this.axes = axes;
    this.keep = keep;
  }

  /**
   * Returns the given axes; negative ones count from the end. None means no axis: the reduction
   * then leaves every element as it is.
   */
  public static Axes of(int... axes) {
    return new Axes(axes.clone(), false);
  }

  /** Returns all axes, whatever the rank. */
  public static Axes all() {
    return ALL;
  }

  /**
   * Returns the same axes, kept in the result with size 1 so that it broadcasts against the input.
   */
  public Axes keep() {
    return new Axes(axes, true);
  }

  /** Returns whether the axes stay in the result with size 1. */
  public boolean isKept() {
    return keep;
  }

  /**
   * Returns these axes for a given rank: ascending, counted from 0.
   *
   * @throws IllegalArgumentException if an axis does not exist or is named twice
   */
  public int[] resolve(int rank) {
    if (axes == null) {
      int[] every = new int[rank];
      Arrays.setAll(every, i -> i);
      return every;
    }
    int[] resolved = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      int axis = axes[i] < 0 ? axes[i] + rank : axes[i];
      // A 0-d block has no axis; NumPy and PyTorch still accept 0 and -1 for it, and so do we.
      if (rank == 0 && (axes[i] == 0 || axes[i] == -1)) {
        return new int[0];
      }
      if (axis < 0 || axis >= rank) {
        throw new IllegalArgumentException(
            "axis " + axes[i] + " does not exist in rank " + rank + "; use " + range(rank));
      }
      resolved[i] = axis;
    }
    Arrays.sort(resolved);
    for (int i = 1; i < resolved.length; i++) {
      if (resolved[i] == resolved[i - 1]) {
        throw new IllegalArgumentException(
            "axis " + resolved[i] + " is named twice; name each axis once");
      }
    }
    return resolved;
  }

  private static String range(int rank) {
    return rank == 0 ? "no axis" : -rank + " to " + (rank - 1);
  }

  /**
   * Returns the axes as in {@code [0, 2]} or {@code all}, with {@code keep} where they are kept.
   */
  @Override
  public String toString() {
    return (axes == null ? "all" : Arrays.toString(axes)) + (keep ? " keep" : "");
  }
}
