package dev.autograd.array;

import java.util.Arrays;

/**
 * The sizes of a dense, row-major block of numbers, outermost axis first: {@code [2, 3]} has two
 * rows of three. {@code []} is the shape of a single number (0-d); a size of 0 makes the block
 * empty.
 *
 * <p>Immutable, compared by value. The number of elements fits an {@code int}, because storage is
 * one Java array.
 */
public final class Shape {

  /** The shape {@code []} of a single number. */
  public static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims, int size) {
    this.dims = dims;
    this.size = size;
  }

  /**
   * Returns the shape with the given sizes, outermost first; none makes {@link #SCALAR}.
   *
   * @throws IllegalArgumentException if a size is negative, or their product exceeds
   *     2<sup>31</sup>-1
   */
  public static Shape of(int... dims) {
    if (dims.length == 0) {
      return SCALAR;
    }
    long product = 1;
    boolean empty = false;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] < 0) {
        throw new IllegalArgumentException(
            "shape "
                + Arrays.toString(dims)
                + ": axis "
                + axis
                + " has the negative size "
                + dims[axis]
                + "; sizes are 0 or more");
      }
      empty |= dims[axis] == 0;
      product = product > Integer.MAX_VALUE ? product : product * dims[axis];
    }
    if (!empty && product > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(dims)
              + " has more than "
              + Integer.MAX_VALUE
              + " elements, the most that one Java array holds; split the data");
    }
    return new Shape(dims.clone(), empty ? 0 : (int) product);
  }

  /** Returns the number of axes; 0 for a single number. */
  public int rank() {
    return dims.length;
  }

  /**
   * Returns the size of one axis.
   *
   * @param axis from 0 to rank - 1, or negative to count from the end: -1 is the innermost
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int dim(int axis) {
    int index = axis < 0 ? axis + dims.length : axis;
    if (index < 0 || index >= dims.length) {
      throw new IndexOutOfBoundsException("shape " + this + " has no axis " + axis);
    }
    return dims[index];
  }

  /** Returns the number of elements: the product of the sizes, 1 for {@code []}. */
  public int size() {
    return size;
  }

  /** Returns the sizes, outermost first, as a new array. */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** Returns the sizes in brackets, as in {@code [2, 3]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
