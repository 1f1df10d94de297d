package dev.autograd.nn.data;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

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
}
