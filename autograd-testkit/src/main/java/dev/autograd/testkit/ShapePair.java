package dev.autograd.testkit;

import dev.autograd.array.Shape;
import java.util.List;

/**
 * Two shapes that broadcast against each other.
 *
 * @param left the one
 * @param right the other
 */
public record ShapePair(Shape left, Shape right) {

  /**
   * Returns two shapes, after checking that they broadcast.
   *
   * @throws IllegalArgumentException if they do not
   */
  public ShapePair {
    if (!broadcasts(left, right, Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "shape pair: " + left + " and " + right + " do not broadcast");
    }
  }

  /**
   * Returns the pair that some numbers describe; all numbers describe one. Each shape is the common
   * one with some axes of size 1, and one of the two may lack leading axes.
   *
   * @param dims the sizes of the common shape, 0 or more each
   * @param choices one number per axis: whether it is 1 on the left (1), on the right (2) or
   *     neither; missing ones mean neither
   * @param missing how many leading axes one side lacks: the left one if negative, the right one if
   *     positive; as many as there are if it is more
   */
  public static ShapePair of(List<Integer> dims, List<Integer> choices, int missing) {
    int rank = dims.size();
    int[] left = dims.stream().mapToInt(Integer::intValue).toArray();
    int[] right = left.clone();
    for (int axis = 0; axis < Math.min(rank, choices.size()); axis++) {
      switch (Math.floorMod(choices.get(axis), 3)) {
        case 1 -> left[axis] = 1;
        case 2 -> right[axis] = 1;
        default -> {}
      }
    }
    int fewer = Math.min(Math.abs(missing), rank);
    return missing < 0
        ? new ShapePair(tail(left, fewer), Shape.of(right))
        : new ShapePair(Shape.of(left), tail(right, fewer));
  }

  private static Shape tail(int[] dims, int from) {
    int[] rest = new int[dims.length - from];
    System.arraycopy(dims, from, rest, 0, rest.length);
    return Shape.of(rest);
  }

  /** Returns the shape that both are repeated to. */
  public Shape common() {
    return common(left, right);
  }

  /** Returns whether two shapes broadcast, and to no more than some number of elements. */
  static boolean broadcasts(Shape a, Shape b, int largest) {
    for (int axis = 1; axis <= Math.min(a.rank(), b.rank()); axis++) {
      if (a.dim(-axis) != b.dim(-axis) && a.dim(-axis) != 1 && b.dim(-axis) != 1) {
        return false;
      }
    }
    return common(a, b).size() <= largest;
  }

  private static Shape common(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int axis = 1; axis <= rank; axis++) {
      int l = axis > a.rank() ? 1 : a.dim(-axis);
      int r = axis > b.rank() ? 1 : b.dim(-axis);
      dims[rank - axis] = l == 1 ? r : l;
    }
    return Shape.of(dims);
  }
}
