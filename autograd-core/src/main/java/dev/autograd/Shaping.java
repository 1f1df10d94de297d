package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import dev.autograd.array.Strides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same elements in another arrangement: reshaped, reordered, repeated, or some of them. Works
 * for every element type; axes count from the end if negative.
 *
 * <p>{@code g} is the upstream gradient.
 */
public sealed interface Shaping permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the elements, in the same order, under another shape; one size may be -1 and is then
   * inferred. Shares storage. Derivative: g, reshaped back.
   *
   * @throws ShapeException if the numbers of elements differ
   */
  default Tensor reshape(int... dims) {
    return reshape(inferred(self().shape(), dims));
  }

  /** Returns the elements, in the same order, under another shape; see {@link #reshape(int...)}. */
  default Tensor reshape(Shape shape) {
    Shape own = self().shape();
    if (shape.equals(own)) {
      return self();
    }
    if (shape.size() != own.size()) {
      throw new ShapeException(
          "reshape: shape "
              + own
              + " has "
              + own.size()
              + " elements and "
              + shape
              + " has "
              + shape.size()
              + "; they must be equal");
    }
    return self().alias("reshape", shape, g -> g.reshape(own));
  }

  private static Shape inferred(Shape own, int... dims) {
    int unknown = -1;
    long known = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] != -1) {
        known *= dims[axis];
      } else if (unknown < 0) {
        unknown = axis;
      } else {
        throw new ShapeException(
            "reshape: " + Arrays.toString(dims) + " leaves two sizes open; give all but one");
      }
    }
    if (unknown < 0) {
      return Shape.of(dims);
    }
    if (known <= 0 || own.size() % known != 0) {
      throw new ShapeException(
          "reshape: shape "
              + own
              + " has "
              + own.size()
              + " elements, which "
              + Arrays.toString(dims)
              + " cannot hold for any size at -1");
    }
    int[] full = dims.clone();
    full[unknown] = (int) (own.size() / known);
    return Shape.of(full);
  }

  /**
   * Returns the tensor without the given axes, which must have size 1; without an argument, without
   * all axes of size 1. Shares storage.
   *
   * @throws ShapeException if an axis has another size
   */
  default Tensor squeeze(int... axes) {
    Shape own = self().shape();
    boolean[] gone = new boolean[own.rank()];
    for (int axis : axes) {
      int index = Checks.axis("squeeze", axis, own);
      if (own.dim(index) != 1) {
        throw new ShapeException(
            "squeeze: axis "
                + axis
                + " of shape "
                + own
                + " has size "
                + own.dim(index)
                + "; only axes of size 1 can go");
      }
      gone[index] = true;
    }
    int[] dims = new int[own.rank()];
    int rank = 0;
    for (int axis = 0; axis < own.rank(); axis++) {
      boolean drop = axes.length == 0 ? own.dim(axis) == 1 : gone[axis];
      if (!drop) {
        dims[rank++] = own.dim(axis);
      }
    }
    return reshape(Shape.of(Arrays.copyOf(dims, rank)));
  }

  /**
   * Returns the tensor with a new axis of size 1: {@code [2, 3]} at 0 is {@code [1, 2, 3]}, at -1
   * {@code [2, 3, 1]}. Shares storage.
   */
  default Tensor unsqueeze(int axis) {
    int[] dims = self().shape().toArray();
    int[] wider = new int[dims.length + 1];
    Arrays.fill(wider, 1);
    int at = Checks.axis("unsqueeze", axis, Shape.of(wider));
    System.arraycopy(dims, 0, wider, 0, at);
    System.arraycopy(dims, at, wider, at + 1, dims.length - at);
    return reshape(Shape.of(wider));
  }

  /**
   * Returns the tensor with its axes in another order: {@code [2, 3, 4]} by (2, 0, 1) is {@code [4,
   * 2, 3]}. Derivative: g in the inverse order.
   *
   * @param order for each axis of the result, the axis it was
   * @throws ShapeException if not every axis is named once
   */
  default Tensor permute(int... order) {
    Shape own = self().shape();
    int[] axes = new int[order.length];
    int[] back = new int[own.rank()];
    Arrays.fill(back, -1);
    for (int i = 0; i < order.length; i++) {
      axes[i] = Checks.axis("permute", order[i], own);
      if (back[axes[i]] >= 0) {
        throw wrongOrder(own, order);
      }
      back[axes[i]] = i;
    }
    if (order.length != own.rank()) {
      throw wrongOrder(own, order);
    }
    NdArray value = Compute.gather(self().array(), Strides.of(own).permute(axes));
    return self()
        .record("permute", Allocation.tensor(value), g -> g.permute(back))
        .with("order", List.of(boxed(axes)));
  }

  private static ShapeException wrongOrder(Shape shape, int... order) {
    return new ShapeException(
        "permute: order "
            + Arrays.toString(order)
            + " for shape "
            + shape
            + "; it must name each axis once");
  }

  private static Integer[] boxed(int... values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  /** Returns the tensor with two axes exchanged. Derivative: g with them exchanged back. */
  default Tensor transpose(int axis0, int axis1) {
    Shape own = self().shape();
    int first = Checks.axis("transpose", axis0, own);
    int second = Checks.axis("transpose", axis1, own);
    int[] order = new int[own.rank()];
    Arrays.setAll(order, axis -> axis == first ? second : axis == second ? first : axis);
    NdArray value = Compute.gather(self().array(), Strides.of(own).permute(order));
    return self().record("transpose", Allocation.tensor(value), g -> g.transpose(first, second));
  }

  /** Returns the tensor repeated to a larger shape; see {@link #broadcastTo(Shape)}. */
  default Tensor broadcastTo(int... dims) {
    return broadcastTo(Shape.of(dims));
  }

  /**
   * Returns the tensor repeated to a larger shape, right-aligned: {@code [3, 1]} to {@code [2, 3,
   * 4]}. Derivative: g summed over what was repeated.
   *
   * @throws ShapeException if an axis has neither size 1 nor the wanted size
   */
  default Tensor broadcastTo(Shape shape) {
    Shape own = self().shape();
    if (!Broadcast.expands(own, shape)) {
      throw new ShapeException(
          "broadcastTo: shape "
              + own
              + " cannot be repeated to "
              + shape
              + "; right-aligned, each size must be 1 or equal");
    }
    // The sweep sums a gradient to its input's shape by itself.
    return own.equals(shape)
        ? self()
        : self()
            .record(
                "broadcastTo", Allocation.tensor(Compute.expand(self().array(), shape)), g -> g);
  }

  /**
   * Returns the part that takes one slice per axis; axes not named are taken whole. Derivative: g
   * at the taken places, 0 elsewhere.
   *
   * <pre>{@code
   * x.slice(Slice.all(), Slice.range(1, 5).step(2), Slice.at(-1))      // x[:, 1:5:2, -1]
   * }</pre>
   *
   * @throws ShapeException if there are more slices than axes, or one does not lie inside its axis
   */
  default Tensor slice(Slice... slices) {
    Tensor a = self();
    Shape own = a.shape();
    if (slices.length > own.rank()) {
      throw new ShapeException(
          "slice: " + slices.length + " slices for shape " + own + "; give at most one per axis");
    }
    Slice[] full = Arrays.copyOf(slices, own.rank());
    Arrays.fill(full, slices.length, own.rank(), Slice.all());
    Strides plan;
    try {
      plan = Strides.of(own).slice(full);
    } catch (IndexOutOfBoundsException e) {
      throw new ShapeException("slice: shape is " + own + "; " + e.getMessage());
    }
    return a.record(
            "slice",
            Allocation.tensor(Compute.gather(a.array(), plan)),
            new RegionPullback(own, full))
        .with("slices", Arrays.toString(full));
  }

  /** Returns the indices from {@code from} up to, and without, {@code to} along an axis. */
  default Tensor slice(int axis, int from, int to) {
    int at = Checks.axis("slice", axis, self().shape());
    Slice[] slices = new Slice[at + 1];
    Arrays.fill(slices, Slice.all());
    slices[at] = Slice.range(from, to);
    return slice(slices);
  }

  /**
   * Returns one index along an axis, which disappears: {@code [2, 3, 4]} at axis 1 is {@code [2,
   * 4]}.
   */
  default Tensor select(int axis, int index) {
    int at = Checks.axis("select", axis, self().shape());
    Slice[] slices = new Slice[at + 1];
    Arrays.fill(slices, Slice.all());
    slices[at] = Slice.at(index);
    return slice(slices);
  }

  /** Returns the part at the given leading indices: with one per axis, a single element, 0-d. */
  default Tensor at(int... index) {
    return slice(Arrays.stream(index).mapToObj(Slice::at).toArray(Slice[]::new));
  }

  /**
   * Returns the parts along an axis, which disappears: {@code [3, 2]} makes three of {@code [2]}.
   */
  default List<Tensor> unstack(int axis) {
    int size = self().shape().dim(Checks.axis("unstack", axis, self().shape()));
    List<Tensor> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      parts.add(select(axis, i));
    }
    return parts;
  }
}
