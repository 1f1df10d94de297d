package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.function.Supplier;

/** Reads index tensors; what lies outside is refused, neither clamped nor counted from the end. */
final class Indices {

  private Indices() {}

  /** Returns indices of places along an axis. */
  static int[] along(String op, Tensor index, Shape shape, int axis) {
    return below(op, index, shape.dim(axis), () -> "axis " + axis + " of shape " + shape);
  }

  /**
   * Returns indices below a size.
   *
   * @param range what has that size, for the message
   */
  static int[] below(String op, Tensor index, int size, Supplier<String> range) {
    int[] values = values(op, index);
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= size) {
        throw new IndexOutOfBoundsException(
            op
                + ": index "
                + index.array().longAt(i)
                + " at position "
                + position(i, index.shape())
                + " is outside "
                + range.get()
                + (size == 0 ? ", which is empty" : "; use 0 to " + (size - 1)));
      }
    }
    return values;
  }

  /** Returns the elements of an index tensor; what no int holds becomes one that is no index. */
  private static int[] values(String op, Tensor index) {
    if (index.dtype() != DType.I32 && index.dtype() != DType.I64) {
      throw new DTypeException(
          op
              + ": the index is "
              + index.dtype()
              + "; it must be I32 or I64, as indices and argMax return");
    }
    int[] values = new int[index.size()];
    if (index.data() instanceof long[] wide) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (int) Math.max(-1, Math.min(wide[i], Integer.MAX_VALUE));
      }
    } else {
      System.arraycopy((int[]) index.data(), 0, values, 0, values.length);
    }
    return values;
  }

  private static String position(int i, Shape shape) {
    int[] position = new int[shape.rank()];
    int rest = i;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return Arrays.toString(position);
  }
}
