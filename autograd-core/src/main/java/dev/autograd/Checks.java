package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;

/** Validation of what operations are given; each message names the operation and both sides. */
final class Checks {

  private Checks() {}

  static DType floating(String op, DType dtype) {
    if (!dtype.isFloating()) {
      throw new DTypeException(
          op + ": the tensor is " + dtype + "; it must be F32 or F64, convert it with to(F64)");
    }
    return dtype;
  }

  static void sameFloating(String op, Tensor left, Tensor right) {
    sameType(op, left, right);
    floating(op, left.dtype());
  }

  static void sameType(String op, Tensor left, Tensor right) {
    if (left.dtype() != right.dtype()) {
      throw new DTypeException(
          op
              + ": left is "
              + left.dtype()
              + " and right is "
              + right.dtype()
              + "; convert one of them with to(DType)");
    }
  }

  static void requireMask(String op, String role, Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new DTypeException(
          op
              + ": the "
              + role
              + " is "
              + mask.dtype()
              + "; it must be BOOL, as gt, ge, lt, le, eq and ne return");
    }
  }

  static Broadcast broadcast(String op, Shape left, Shape right) {
    int axis = Broadcast.conflict(left, right);
    if (axis >= 0) {
      int rank = Math.max(left.rank(), right.rank());
      throw new ShapeException(
          op
              + ": shapes "
              + left
              + " and "
              + right
              + " do not broadcast; axis "
              + axis
              + " has sizes "
              + left.dim(axis - rank)
              + " and "
              + right.dim(axis - rank));
    }
    return Broadcast.of(left, right);
  }

  static Broadcast broadcast(Enum<?> op, Shape left, Shape right) {
    // The name is made for the message only.
    return Broadcast.conflict(left, right) < 0
        ? Broadcast.of(left, right)
        : broadcast(Compute.name(op), left, right);
  }

  static void matrix(String op, Shape shape) {
    if (shape.rank() < 2) {
      throw new ShapeException(op + ": shape is " + shape + "; it must have at least two axes");
    }
  }

  static void square(String op, Shape shape) {
    matrix(op, shape);
    if (shape.dim(-2) != shape.dim(-1)) {
      throw new ShapeException(
          op + ": shape is " + shape + "; the last two axes must be equal, for square matrices");
    }
  }

  /** Returns the axis counted from 0. */
  static int axis(String op, int axis, Shape shape) {
    int index = axis < 0 ? axis + shape.rank() : axis;
    if (index < 0 || index >= shape.rank()) {
      throw new ShapeException(
          op + ": axis " + axis + " does not exist in shape " + shape + range(shape.rank()));
    }
    return index;
  }

  /**
   * Returns the axis, counted from 0, whose rows a function of rows is applied to; -1 for a 0-d
   * tensor, whose one element is a row by itself.
   */
  static int row(String op, Tensor a, int axis) {
    floating(op, a.dtype());
    return a.rank() == 0 && (axis == 0 || axis == -1) ? -1 : axis(op, axis, a.shape());
  }

  private static String range(int rank) {
    return rank == 0 ? ", which has none" : "; use " + -rank + " to " + (rank - 1);
  }

  /** Returns the axes ascending, counted from 0. */
  static int[] axes(String op, Axes axes, Shape shape) {
    try {
      return axes.resolve(shape.rank());
    } catch (IllegalArgumentException e) {
      throw new ShapeException(op + ": shape is " + shape + "; " + e.getMessage());
    }
  }

  static void sameShape(String op, String left, Shape a, String right, Shape b) {
    if (!a.equals(b)) {
      throw new ShapeException(
          op
              + ": "
              + left
              + " is "
              + a
              + " and "
              + right
              + " is "
              + b
              + "; the shapes must be equal, reshape one of them");
    }
  }

  /** Returns a number of copies, classes and the like. */
  static int count(String op, String what, int count) {
    if (count < 0) {
      throw new ShapeException(op + ": the " + what + " is " + count + "; it must be 0 or more");
    }
    return count;
  }

  /** Returns the shape of a result, whose computed sizes may be more than an array holds. */
  static Shape shape(String op, long... sizes) {
    try {
      return Shape.of(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new ShapeException(
          op
              + ": the result would be "
              + Arrays.toString(sizes)
              + ", more than the "
              + Integer.MAX_VALUE
              + " elements that one Java array holds; split the data");
    }
  }
}
