package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Strides;
import java.util.Arrays;

/**
 * Walks the outer loops of an index plan, one innermost row at a time, in row-major order. At each
 * row {@link #left} and {@link #right} are where the operands' rows begin and {@link #out} where
 * the dense one does; within a row the operands advance by {@link #leftStride} and {@link
 * #rightStride}.
 *
 * <p>Of a {@link Strides} plan the left operand is the planned one, and there is no right one.
 */
final class RowCursor {

  /** Elements per row. */
  final int length;

  final int leftStride;
  final int rightStride;

  /**
   * How far the left operand's next row of the same loop lies from this one; 0 if there is none.
   */
  final int leftRowStride;

  int left;
  int right;
  int out;

  private final int[] dims;
  private final int[] leftStrides;
  private final int[] rightStrides;
  private final int[] counters;
  private boolean done;

  private RowCursor(int[] dims, int[] leftStrides, int[] rightStrides, int left) {
    int last = dims.length - 1;
    this.dims = dims;
    this.leftStrides = leftStrides;
    this.rightStrides = rightStrides;
    this.length = dims[last];
    this.leftStride = leftStrides[last];
    this.rightStride = rightStrides[last];
    this.leftRowStride = last == 0 ? 0 : leftStrides[last - 1];
    this.left = left;
    this.counters = new int[last];
    for (int dim : dims) {
      done |= dim == 0;
    }
  }

  /** Returns a cursor over the rows of a broadcast pair, from a step of the outermost loop on. */
  static RowCursor of(Broadcast plan, int from) {
    RowCursor rows = new RowCursor(plan.dims(), plan.leftStrides(), plan.rightStrides(), 0);
    if (rows.counters.length > 0) {
      rows.counters[0] = from;
      rows.left = from * rows.leftStrides[0];
      rows.right = from * rows.rightStrides[0];
    }
    return rows;
  }

  /**
   * Returns a cursor over the rows of a reading, neighbouring axes joined where they are one run.
   */
  static RowCursor of(Strides plan) {
    int rank = plan.shape().rank();
    int[] dims = new int[rank + 1];
    int[] strides = new int[rank + 1];
    int count = 0;
    for (int axis = 0; axis < rank; axis++) {
      int size = plan.shape().dim(axis);
      int stride = plan.strides()[axis];
      if (size == 1) {
        continue;
      }
      if (count > 0 && strides[count - 1] == stride * size) {
        dims[count - 1] *= size;
        strides[count - 1] = stride;
      } else {
        dims[count] = size;
        strides[count++] = stride;
      }
    }
    if (count == 0) {
      dims[0] = 1;
      strides[0] = 1;
      count = 1;
    }
    int[] joined = Arrays.copyOf(strides, count);
    return new RowCursor(Arrays.copyOf(dims, count), joined, joined, plan.offset());
  }

  /** Returns whether the cursor stands at a row. */
  boolean hasRow() {
    return !done;
  }

  /** Returns how many rows of the innermost outer loop are left, this one included. */
  int rowsInLoop() {
    int last = counters.length - 1;
    return last < 0 ? 1 : dims[last] - counters[last];
  }

  /** Moves on by some rows of the same loop, not to its end. */
  void skip(int count) {
    int last = counters.length - 1;
    counters[last] += count;
    out += count * length;
    left += count * leftStrides[last];
    right += count * rightStrides[last];
  }

  /** Moves to the next row, if there is one. */
  void advance() {
    out += length;
    for (int axis = counters.length - 1; axis >= 0; axis--) {
      left += leftStrides[axis];
      right += rightStrides[axis];
      if (++counters[axis] < dims[axis]) {
        return;
      }
      counters[axis] = 0;
      left -= dims[axis] * leftStrides[axis];
      right -= dims[axis] * rightStrides[axis];
    }
    done = true;
  }
}
