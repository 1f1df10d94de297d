package dev.autograd.array;

import java.util.Arrays;

/**
 * An index plan: which element of a row-major block each element of a (possibly permuted, sliced,
 * flipped or broadcast) reading of it comes from. Element (i<sub>0</sub>, …) of the reading is
 * element {@code offset + Σ i_k · stride_k} of the block.
 *
 * <p>Immutable, compared by value.
 */
public final class Strides {

  private final Shape shape;
  private final int offset;
  private final int[] strides;

  /**
   * Makes a plan.
   *
   * @param shape the sizes of the reading
   * @param offset the index of its first element
   * @param strides per axis of the reading, the distance between neighbours; 0 repeats an element.
   *     Not copied and not to be modified
   */
  public Strides(Shape shape, int offset, int[] strides) {
    this.shape = shape;
    this.offset = offset;
    this.strides = strides;
  }

  /** Returns the plan that reads a block of the given shape as it is stored. */
  public static Strides of(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dim(axis);
    }
    return new Strides(shape, 0, strides);
  }

  /**
   * Returns the plan with its axes in another order.
   *
   * @param order for each axis of the result, the axis of this plan that it is
   */
  public Strides permute(int... order) {
    int[] dims = new int[order.length];
    int[] permuted = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      dims[axis] = shape.dim(order[axis]);
      permuted[axis] = strides[order[axis]];
    }
    return new Strides(Shape.of(dims), offset, permuted);
  }

  /** Returns the plan that reads some axes, each named once, from their ends. */
  public Strides flip(int... axes) {
    int start = offset;
    int[] flipped = strides.clone();
    for (int axis : axes) {
      start += Math.max(shape.dim(axis) - 1, 0) * strides[axis];
      flipped[axis] = -strides[axis];
    }
    return new Strides(shape, start, flipped);
  }

  /**
   * Returns the plan that takes one slice per axis; axes with a single index disappear.
   *
   * @param slices one per axis
   * @throws IndexOutOfBoundsException if a slice does not lie inside its axis
   */
  public Strides slice(Slice... slices) {
    int start = offset;
    int rank = 0;
    int[] dims = new int[slices.length];
    int[] stepped = new int[slices.length];
    for (int axis = 0; axis < slices.length; axis++) {
      int size = shape.dim(axis);
      int count = slices[axis].count(size);
      start += slices[axis].start(size) * strides[axis];
      if (!slices[axis].isSingle()) {
        dims[rank] = count;
        stepped[rank++] = strides[axis] * slices[axis].step();
      }
    }
    return new Strides(Shape.of(Arrays.copyOf(dims, rank)), start, Arrays.copyOf(stepped, rank));
  }

  /**
   * Returns the plan that reads a diagonal of the last two axes, which become one, last.
   *
   * @param k how far right of the main diagonal; negative below it. Beyond the matrix it is empty
   */
  public Strides diagonal(int k) {
    int row = shape.rank() - 2;
    int column = row + 1;
    long rows = shape.dim(row) + Math.min((long) k, 0);
    long columns = shape.dim(column) - Math.max((long) k, 0);
    int[] dims = Arrays.copyOf(shape.toArray(), column);
    int[] joined = Arrays.copyOf(strides, column);
    dims[row] = (int) Math.max(Math.min(rows, columns), 0);
    joined[row] = strides[row] + strides[column];
    return new Strides(
        Shape.of(dims), offset + (k < 0 ? -k * strides[row] : k * strides[column]), joined);
  }

  /**
   * Returns the plan that repeats this reading up to a larger shape, right-aligned; the caller has
   * checked that the shapes allow it.
   */
  public Strides broadcastTo(Shape target) {
    int[] repeated = new int[target.rank()];
    int shift = target.rank() - shape.rank();
    for (int axis = 0; axis < shape.rank(); axis++) {
      repeated[axis + shift] = shape.dim(axis) == 1 ? 0 : strides[axis];
    }
    return new Strides(target, offset, repeated);
  }

  /** Returns, for each element of the reading in row-major order, its index in the block. */
  public int[] positions() {
    int[] positions = new int[shape.size()];
    int last = strides.length - 1;
    int length = last < 0 ? 1 : shape.dim(last);
    int step = last < 0 ? 0 : strides[last];
    int[] index = new int[Math.max(last, 0)];
    int row = offset;
    for (int i = 0; i < positions.length; i += length) {
      for (int k = 0; k < length; k++) {
        positions[i + k] = row + k * step;
      }
      for (int axis = last - 1; axis >= 0; axis--) {
        row += strides[axis];
        if (++index[axis] < shape.dim(axis)) {
          break;
        }
        row -= index[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return positions;
  }

  /** Returns the sizes of the reading. */
  public Shape shape() {
    return shape;
  }

  /** Returns the index of the first element. */
  public int offset() {
    return offset;
  }

  /** Returns per axis the distance between neighbours; 0 repeats an element. Not to be modified. */
  public int[] strides() {
    return strides;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Strides plan
        && shape.equals(plan.shape)
        && offset == plan.offset
        && Arrays.equals(strides, plan.strides);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + offset) + Arrays.hashCode(strides);
  }

  @Override
  public String toString() {
    return shape + " from " + offset + " by " + Arrays.toString(strides);
  }
}
