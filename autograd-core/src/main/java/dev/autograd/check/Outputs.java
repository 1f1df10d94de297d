package dev.autograd.check;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import org.jspecify.annotations.Nullable;

/** The outputs of a function under check: all of one shape, F64 and finite, or refused. */
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
        throw new IllegalArgumentException(
            "gradient check: "
                + label(i)
                + " is "
                + elements[i]
                + " "
                + place
                + "; the function must be finite at and around the inputs, choose them inside its"
                + " domain");
      }
    }
    return elements;
  }

  private static void requireType(Tensor output) {
    if (output.dtype() == DType.F32) {
      throw new DTypeException(
          "gradient check: the output is F32, too coarse for differences; convert inputs and"
              + " parameters with to(F64), F32 operations are tested against their F64 twins");
    }
    if (output.dtype() != DType.F64) {
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
