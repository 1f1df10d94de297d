package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Reduction;
import java.util.Arrays;

/**
 * What a reduction does to a shape: which axes go, and what is left. It holds no tensor, so a
 * pullback may keep it.
 */
final class ReducedAxes {

  private final Axes asked;
  private final Shape shape;

  /** Ascending, counted from 0. */
  private final int[] over;

  private final int count;

  private ReducedAxes(Axes asked, Shape shape, int[] over) {
    int product = 1;
    for (int axis : over) {
      product *= shape.dim(axis);
    }
    this.asked = asked;
    this.shape = shape;
    this.over = over;
    this.count = product;
  }

  /** Returns all axes if none is named. */
  static Axes orAll(int... axes) {
    return axes.length == 0 ? Axes.all() : Axes.of(axes);
  }

  /** Returns the axes of a tensor, which must be floating-point and have them. */
  static ReducedAxes of(String op, Tensor a, Axes axes) {
    Checks.floating(op, a.dtype());
    return new ReducedAxes(axes, a.shape(), Checks.axes(op, axes, a.shape()));
  }

  /** Returns these axes if there is something to reduce. */
  ReducedAxes requireElements(String op) {
    if (count == 0) {
      throw new ShapeException(
          op
              + ": shape "
              + shape
              + " has no element along axes "
              + asked
              + "; there is no "
              + op
              + " of nothing");
    }
    return this;
  }

  /** Returns how many elements make one. */
  int count() {
    return count;
  }

  /** Returns the axes as asked for. */
  Axes asked() {
    return asked;
  }

  /** Returns the same axes, kept with size 1. */
  Axes keeping() {
    return Axes.of(over).keep();
  }

  /** Returns the value of a reduction that may run over one axis after the other. */
  NdArray reduce(Reduction op, Tensor a) {
    NdArray reduced = Compute.reduce(op, a, over);
    return asked.isKept() ? reduced.withShape(kept()) : reduced;
  }

  /** Computes a reduction of each of some lines along the middle axis of three. */
  interface LineKernel {
    void reduce(Kernels<Object> kernels, Object x, Object out, int length, int inner, int lines);
  }

  /** Returns the value of a reduction that needs all elements that make one together. */
  NdArray reduceTogether(Tensor a, LineKernel kernel) {
    boolean neighbours = areNeighbours();
    NdArray x =
        neighbours ? a.array() : Compute.gather(a.array(), Strides.of(shape).permute(order()));
    NdArray out = Allocation.uninitialized(x.dtype(), asked.isKept() ? kept() : remaining());
    kernel.reduce(
        Backends.kernels(x.dtype()),
        x.data(),
        out.data(),
        count,
        neighbours ? inner() : 1,
        out.size());
    return out;
  }

  /** Returns whether the axes that go lie side by side, so that they are one. */
  private boolean areNeighbours() {
    return over.length == 0 || over[over.length - 1] - over[0] == over.length - 1;
  }

  /** Returns the number of elements before the first axis of neighbours that go. */
  private int outer() {
    return Compute.product(shape, 0, over.length == 0 ? shape.rank() : over[0]);
  }

  /** Returns the number of elements behind the last. */
  private int inner() {
    int next = over.length == 0 ? shape.rank() : over[over.length - 1] + 1;
    return Compute.product(shape, next, shape.rank());
  }

  /**
   * Returns the shape with size 1 where an axis goes; made when needed, as most often it is not.
   */
  private Shape kept() {
    int[] dims = shape.toArray();
    for (int axis : over) {
      dims[axis] = 1;
    }
    return Shape.of(dims);
  }

  private Shape remaining() {
    int[] order = order();
    int[] rest = new int[order.length - over.length];
    Arrays.setAll(rest, i -> shape.dim(order[i]));
    return Shape.of(rest);
  }

  /** Returns a reduced tensor with its axes kept, so that it broadcasts against the whole. */
  Tensor kept(Tensor reduced) {
    return reduced.reshape(kept());
  }

  /** Returns a reduced tensor repeated over the axes that went. */
  Tensor repeated(Tensor reduced) {
    return kept(reduced).broadcastTo(shape);
  }

  /** A function of each row along an axis, with a row as result. */
  interface RowFunction {
    Tensor apply(Tensor rows, int axis);
  }

  /** Returns a function of all elements that make one, as of one row. */
  Tensor along(Tensor a, RowFunction function) {
    if (over.length == 1) {
      return function.apply(a, over[0]);
    }
    if (areNeighbours()) {
      return function.apply(a.reshape(Shape.of(outer(), count, inner())), 1).reshape(shape);
    }
    int[] order = order();
    int[] back = new int[order.length];
    for (int axis = 0; axis < back.length; axis++) {
      back[order[axis]] = axis;
    }
    Tensor moved = a.permute(order);
    Tensor rows = moved.reshape(Shape.of(kept().size(), count));
    return function.apply(rows, 1).reshape(moved.shape()).permute(back);
  }

  /** Returns the axes in their order, but those that go behind those that stay. */
  private int[] order() {
    int[] order = new int[shape.rank()];
    int next = 0;
    for (int axis = 0; axis < order.length; axis++) {
      if (Arrays.binarySearch(over, axis) < 0) {
        order[next++] = axis;
      }
    }
    System.arraycopy(over, 0, order, next, over.length);
    return order;
  }
}
