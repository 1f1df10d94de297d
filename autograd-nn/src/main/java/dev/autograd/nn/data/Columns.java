package dev.autograd.nn.data;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;

/** Refuses tables that a transform was not made for. */
final class Columns {

  private Columns() {}

  /** Requires a number of columns, along the last axis. */
  static void require(String transform, String asked, Tensor x, int columns) {
    if (x.rank() == 0 || x.shape().dim(-1) != columns) {
      throw new ShapeException(
          transform
              + ": "
              + asked
              + " of "
              + x.shape()
              + "; its last size must be "
              + columns
              + ", the number of columns");
    }
  }

  /**
   * Returns what a column is divided by, if that can be done.
   *
   * @throws IllegalArgumentException if the number is 0 or infinite in the column's type
   */
  static double divisor(String who, int column, DType dtype, double value) {
    double rounded = dtype == DType.F32 ? (float) value : value;
    if (!(rounded > 0) || Double.isInfinite(rounded)) {
      throw new IllegalArgumentException(
          who
              + ": column "
              + column
              + " would be divided by "
              + rounded
              + ", because its numbers lie too "
              + (rounded == 0 ? "close together" : "far apart")
              + " for "
              + dtype
              + "; multiply the column by a number first");
    }
    return value;
  }
}
