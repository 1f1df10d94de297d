package dev.autograd.array;

import java.util.Arrays;

/**
 * How two blocks of different shapes are read side by side: right-aligned, with size 1 and missing
 * axes repeated (NumPy's rule).
 *
 * <p>The plan's loop nest ({@link #dims}, {@link #leftStrides}, {@link #rightStrides}) is the
 * result's shape with neighbouring axes joined where both operands allow it, so that equal shapes
 * are one loop. The innermost strides are 1 or 0 (0 repeats one element).
 */
public final class Broadcast {

  private static final int[] ONE = {1};

  /** Two single numbers, as scalar graphs pair them millions of times. */
  private static final Broadcast NUMBERS = new Broadcast(Shape.SCALAR, ONE, ONE, ONE);

  private final Shape shape;
  private final int[] dims;
  private final int[] leftStrides;
  private final int[] rightStrides;

  private Broadcast(Shape shape, int[] dims, int[] leftStrides, int[] rightStrides) {
    this.shape = shape;
    this.dims = dims;
    this.leftStrides = leftStrides;
    this.rightStrides = rightStrides;
  }

  /**
   * Returns the axis, counted in the longer shape, at which two shapes do not broadcast; -1 if they
   * do.
   */
  public static int conflict(Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    for (int axis = 0; axis < rank; axis++) {
      int l = size(left, axis, rank);
      int r = size(right, axis, rank);
      if (l != r && l != 1 && r != 1) {
        return axis;
      }
    }
    return -1;
  }

  /**
   * Returns whether a block of shape {@code from} can be repeated to shape {@code to},
   * right-aligned.
   */
  public static boolean expands(Shape from, Shape to) {
    if (from.rank() > to.rank()) {
      return false;
    }
    for (int axis = 1; axis <= from.rank(); axis++) {
      if (from.dim(-axis) != to.dim(-axis) && from.dim(-axis) != 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the plan for two shapes.
   *
   * @throws IllegalArgumentException if they do not broadcast; see {@link #conflict}
   */
  public static Broadcast of(Shape left, Shape right) {
    if (left.equals(right)) {
      return left.rank() == 0 ? NUMBERS : new Broadcast(left, new int[] {left.size()}, ONE, ONE);
    }
    int axis = conflict(left, right);
    if (axis >= 0) {
      throw new IllegalArgumentException(
          "shapes " + left + " and " + right + " do not broadcast at axis " + axis);
    }
    int rank = Math.max(left.rank(), right.rank());
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int l = size(left, i, rank);
      sizes[i] = l == 1 ? size(right, i, rank) : l;
    }
    Shape shape = Shape.of(sizes);
    return joined(
        shape,
        Strides.of(left).broadcastTo(shape).strides(),
        Strides.of(right).broadcastTo(shape).strides());
  }

  private static int size(Shape shape, int axis, int rank) {
    int own = axis - (rank - shape.rank());
    return own < 0 ? 1 : shape.dim(own);
  }

  private static Broadcast joined(Shape shape, int[] left, int[] right) {
    int rank = shape.rank();
    int[] dims = new int[rank];
    int[] l = new int[rank];
    int[] r = new int[rank];
    int count = 0;
    for (int axis = 0; axis < rank; axis++) {
      int size = shape.dim(axis);
      if (size == 1) {
        continue;
      }
      // The axis outside joins this one if, for both operands, one step of it is a whole run of
      // this.
      if (count > 0 && l[count - 1] == left[axis] * size && r[count - 1] == right[axis] * size) {
        dims[count - 1] *= size;
        l[count - 1] = left[axis];
        r[count - 1] = right[axis];
      } else {
        dims[count] = size;
        l[count] = left[axis];
        r[count] = right[axis];
        count++;
      }
    }
    if (count == 0) {
      return new Broadcast(shape, new int[] {shape.size()}, new int[] {1}, new int[] {1});
    }
    return new Broadcast(
        shape, Arrays.copyOf(dims, count), Arrays.copyOf(l, count), Arrays.copyOf(r, count));
  }

  /** Returns the shape of the result. */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns the sizes of the joined loop nest, outermost first; at least one. Not to be modified.
   */
  public int[] dims() {
    return dims;
  }

  /** Returns the left operand's stride per loop. Not to be modified. */
  public int[] leftStrides() {
    return leftStrides;
  }

  /** Returns the right operand's stride per loop. Not to be modified. */
  public int[] rightStrides() {
    return rightStrides;
  }
}
