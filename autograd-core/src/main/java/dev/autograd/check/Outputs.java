package dev.autograd.check;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a function under check: all of one shape, of floating type and finite, or refused.
 */
final class Outputs {

  private @Nullable Shape first;

  /** Returns the elements of an output. */
  double[] elements(Tensor output, Place place) {
    requireType(output);
    if (first == null) {
      first = output.shape();
    }
    if (!output.shape().equals(first)) {
      throw new ShapeException(
          "gradient check: the output has shape "
              + first
              + " at the given inputs and "
              + output.shape()
              + " "
              + place
              + "; a function whose output shape depends on the values has no derivative there");
    }
    double[] elements = output.toDoubleArray();
    for (int i = 0; i < elements.length; i++) {
      if (!Double.isFinite(elements[i])) {
        throw notFinite(label(i), elements[i], place);
      }
    }
    return elements;
  }

  /** Returns the exception for a value that is not finite. */
  static RuntimeException notFinite(String what, double value, Place place) {
    String message = "gradient check: " + what + " is " + value + " " + place;
    return place == Place.GIVEN
        ? new IllegalArgumentException(
            message + "; the function must be finite at the inputs, choose them inside its domain")
        : new Undefined(message, null);
  }

  private static void requireType(Tensor output) {
    if (!output.dtype().isFloating()) {
      throw new DTypeException(
          "gradient check: the output is " + output.dtype() + ", which has no derivative");
    }
  }

  /** Returns how messages call an element of the output. */
  String label(int element) {
    return "output " + Block.index(shape(), element);
  }

  /** Returns the shape all outputs have, the first of which has been seen. */
  Shape shape() {
    if (first == null) {
      throw new IllegalStateException("the function has not run yet");
    }
    return first;
  }
}
