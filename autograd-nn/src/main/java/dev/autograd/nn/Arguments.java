package dev.autograd.nn;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;

/** Refuses what makes no layer; every message starts with the layer's name. */
final class Arguments {

  private Arguments() {}

  /** Requires a size, or a number of things. */
  static void requirePositive(String layer, String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          layer + ": " + name + " is " + value + "; it must be at least 1");
    }
  }

  /** Requires what is added to a variance under a root. */
  static void requireEpsilon(String layer, double eps) {
    if (!(eps >= 0 && Double.isFinite(eps))) {
      throw new IllegalArgumentException(
          layer + ": eps is " + eps + "; it must be finite and not negative, 1e-5 is usual");
    }
  }

  /** Requires the shape that a tensor must have beside others. */
  static void requireShape(String layer, String name, Tensor tensor, int... dims) {
    Shape wanted = Shape.of(dims);
    if (!tensor.shape().equals(wanted)) {
      throw new ShapeException(
          layer + ": " + name + " is " + tensor.shape() + " and must be " + wanted);
    }
  }

  /** Requires a number of axes. */
  static void requireRank(String layer, String name, Tensor tensor, int rank, String form) {
    if (tensor.rank() != rank) {
      throw new ShapeException(
          layer + ": " + name + " is " + tensor.shape() + " and must be " + form);
    }
  }

  /** Requires one element type of all tensors. */
  static void requireOneType(String layer, Tensor first, Tensor... others) {
    for (Tensor other : others) {
      if (other.dtype() != first.dtype()) {
        throw new DTypeException(
            layer
                + ": there are tensors of "
                + first.dtype()
                + " and of "
                + other.dtype()
                + "; convert some of them with to(DType)");
      }
    }
  }
}
