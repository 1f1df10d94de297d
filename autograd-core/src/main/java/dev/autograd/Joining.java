package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Operations over a list of tensors, as statics that {@link Tensor} inherits, which it would not
 * from an interface.
 */
abstract sealed class Joining extends Custom permits Einsum {

  /**
   * Returns the parts joined along an axis: {@code [2, 3], [4, 3] -> [6, 3]} at axis 0. Each part's
   * gradient is its slice of the upstream gradient.
   *
   * @throws ShapeException if another axis differs, or there is no part
   */
  public static Tensor concat(int axis, Tensor... parts) {
    return concat(axis, List.of(parts));
  }

  /** Returns the parts joined along an axis; see {@link #concat(int, Tensor...)}. */
  public static Tensor concat(int axis, List<? extends Tensor> parts) {
    Tensor first = first("concat", parts);
    int at = Checks.axis("concat", axis, first.shape());
    int total = 0;
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      Checks.sameType("concat", first, part);
      requireAlike(at, first.shape(), i, part.shape());
      total += part.shape().dim(at);
    }
    NdArray value = Allocation.uninitialized(first.dtype(), resized(first.shape(), at, total));
    List<Pullback> pullbacks = new ArrayList<>();
    int start = 0;
    for (Tensor part : parts) {
      int from = start;
      int to = start + part.shape().dim(at);
      put(part, value, region(first.rank(), at, Slice.range(from, to)));
      pullbacks.add(g -> g.slice(at, from, to));
      start = to;
    }
    return Recording.result("concat", Allocation.tensor(value), parts, pullbacks, false)
        .with("axis", at);
  }

  /**
   * Returns the parts side by side along a new axis: three of {@code [2, 4]} make {@code [3, 2, 4]}
   * at axis 0 and {@code [2, 4, 3]} at axis -1.
   *
   * @throws ShapeException if the shapes differ, or there is no part
   */
  public static Tensor stack(int axis, Tensor... parts) {
    return stack(axis, List.of(parts));
  }

  /** Returns the parts side by side along a new axis; see {@link #stack(int, Tensor...)}. */
  public static Tensor stack(int axis, List<? extends Tensor> parts) {
    Tensor first = first("stack", parts);
    int[] dims = first.shape().toArray();
    int[] wider = new int[dims.length + 1];
    int at = Checks.axis("stack", axis, Shape.of(wider));
    System.arraycopy(dims, 0, wider, 0, at);
    wider[at] = parts.size();
    System.arraycopy(dims, at, wider, at + 1, dims.length - at);
    NdArray value = Allocation.uninitialized(first.dtype(), Shape.of(wider));
    List<Pullback> pullbacks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      Checks.sameType("stack", first, part);
      Checks.sameShape("stack", "the first part", first.shape(), "part " + i, part.shape());
      put(part, value, region(wider.length, at, Slice.at(i)));
      int index = i;
      pullbacks.add(g -> g.select(at, index));
    }
    return Recording.result("stack", Allocation.tensor(value), parts, pullbacks, false)
        .with("axis", at);
  }

  private static Tensor first(String op, List<? extends Tensor> parts) {
    if (parts.isEmpty()) {
      throw new ShapeException(op + ": there are no parts; give at least one");
    }
    return parts.get(0);
  }

  private static void requireAlike(int axis, Shape first, int i, Shape part) {
    if (first.rank() != part.rank() || !resized(first, axis, 0).equals(resized(part, axis, 0))) {
      throw new ShapeException(
          "concat: the first part is "
              + first
              + " and part "
              + i
              + " is "
              + part
              + "; all axes but "
              + axis
              + " must be equal");
    }
  }

  private static Shape resized(Shape shape, int axis, int size) {
    int[] dims = shape.toArray();
    dims[axis] = size;
    return Shape.of(dims);
  }

  /** Returns the whole of every axis but one. */
  static Slice[] region(int rank, int axis, Slice slice) {
    Slice[] slices = new Slice[rank];
    Arrays.fill(slices, Slice.all());
    slices[axis] = slice;
    return slices;
  }

  private static void put(Tensor part, NdArray value, Slice[] region) {
    Backends.movement(part.dtype())
        .scatter(part.array().data(), value.data(), Strides.of(value.shape()).slice(region));
  }
}
