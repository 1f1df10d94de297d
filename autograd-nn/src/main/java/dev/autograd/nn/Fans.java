package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.array.Shape;

/**
 * How many inputs an output of a layer sees, and how many outputs an input reaches.
 *
 * @param in the fan-in
 * @param out the fan-out
 */
record Fans(double in, double out) {

  /** A number that depends on the fans. */
  interface Scale {
    double of(Fans fans);
  }

  /** Returns the fans of weights {@code [out, in, ...]}. */
  static Fans of(Shape shape) {
    if (shape.rank() < 2) {
      throw new ShapeException(
          "initializer: the shape is "
              + shape
              + "; fans are defined for weights [out, in, ...], use uniform(bound), normal(deviation)"
              + " or constant(value)");
    }
    double field = 1;
    for (int axis = 2; axis < shape.rank(); axis++) {
      field *= shape.dim(axis);
    }
    return new Fans(shape.dim(1) * field, shape.dim(0) * field);
  }
}
