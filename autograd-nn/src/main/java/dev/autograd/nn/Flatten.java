package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Arrays;

/**
 * The axes from one on joined into one: from axis 1, {@code [n, c, h, w] -> [n, c · h · w]}, the
 * step from images to a {@link Dense} layer.
 *
 * @param from the first of the axes to be joined, from 0
 */
public record Flatten(int from) implements Layer {

  /**
   * Checks the axis.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Flatten {
    if (from < 0) {
      throw new IllegalArgumentException(
          "Flatten: from is " + from + "; it must be an axis, counted from 0");
    }
  }

  /** Returns the layer that keeps axis 0, the examples. */
  public static Flatten of() {
    return new Flatten(1);
  }

  /**
   * Returns the elements, in the same order, with fewer axes.
   *
   * @throws ShapeException if x has no axis {@code from}
   */
  @Override
  public Tensor forward(Tensor x) {
    if (x.rank() <= from) {
      throw new ShapeException(
          "Flatten: the input is "
              + x.shape()
              + " and has no axis "
              + from
              + "; give examples with more axes, or flatten from an earlier one");
    }
    int[] dims = Arrays.copyOf(x.shape().toArray(), from + 1);
    // Not -1, which an empty batch would leave undetermined.
    for (int axis = from + 1; axis < x.rank(); axis++) {
      dims[from] *= x.shape().dim(axis);
    }
    return x.reshape(dims);
  }

  /** Returns the setting, as in {@code Flatten(from 1)}. */
  @Override
  public String toString() {
    return "Flatten(from " + from + ")";
  }
}
