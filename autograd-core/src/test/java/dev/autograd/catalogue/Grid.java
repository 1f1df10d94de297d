package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A block of doubles that is read index by index: the independent twin of a tensor. It shares no
 * code with the library but the sizes; what a formula says about an index is what is computed.
 */
public final class Grid {

  private final Shape shape;
  private final double[] values;

  private Grid(Shape shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** Returns a block with its elements in row-major order. */
  public static Grid of(Shape shape, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
    return new Grid(shape, values.clone());
  }

  /** Returns a tensor's elements. */
  public static Grid of(Tensor tensor) {
    return new Grid(tensor.shape(), tensor.toDoubleArray());
  }

  /** Returns a block of a function of the index. */
  public static Grid generate(Shape shape, ToDoubleFunction<int[]> element) {
    double[] values = new double[shape.size()];
    for (int flat = 0; flat < values.length; flat++) {
      values[flat] = element.applyAsDouble(indexOf(flat, shape));
    }
    return new Grid(shape, values);
  }

  /** Returns the sizes. */
  public Shape shape() {
    return shape;
  }

  /** Returns the number of elements. */
  public int size() {
    return values.length;
  }

  /** Returns the elements in row-major order, as a copy. */
  public double[] values() {
    return values.clone();
  }

  /** Returns the tensor of these elements. */
  public Tensor tensor(DType dtype) {
    return Tensor.of(shape, values).to(dtype);
  }

  /** Returns an element in row-major order. */
  public double flat(int i) {
    return values[i];
  }

  /** Returns the element at an index that has one number per axis. */
  public double at(int... index) {
    int flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      flat = flat * shape.dim(axis) + index[axis];
    }
    return values[flat];
  }

  /** Returns the element that broadcasting puts at an index of a larger block. */
  public double repeatedAt(int... index) {
    int[] own = new int[shape.rank()];
    int extra = index.length - own.length;
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = shape.dim(axis) == 1 ? 0 : index[axis + extra];
    }
    return at(own);
  }

  /** Returns a block with one element replaced. */
  public Grid with(int flat, double value) {
    double[] changed = values();
    changed[flat] = value;
    return new Grid(shape, changed);
  }

  /** Returns {@code this + factor · direction}. */
  public Grid plus(double factor, Grid direction) {
    return zip((a, d) -> a + factor * d, direction);
  }

  /** Returns the function of each element. */
  public Grid map(DoubleUnaryOperator f) {
    return new Grid(shape, Arrays.stream(values).map(f).toArray());
  }

  /** Returns the function of pairs of elements, both blocks repeated to a common shape. */
  public Grid zip(DoubleBinaryOperator f, Grid other) {
    Shape common = common(shape, other.shape);
    return generate(common, i -> f.applyAsDouble(repeatedAt(i), other.repeatedAt(i)));
  }

  /** Returns the inner product of two blocks of equal shape. */
  public double dot(Grid other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }

  /** Returns the largest magnitude; 0 of nothing. */
  public double magnitude() {
    return Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
  }

  /** Returns the shape two shapes are repeated to. */
  static Shape common(Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    int[] dims = new int[rank];
    for (int axis = 1; axis <= rank; axis++) {
      int l = axis > left.rank() ? 1 : left.dim(-axis);
      int r = axis > right.rank() ? 1 : right.dim(-axis);
      dims[rank - axis] = l == 1 ? r : l;
    }
    return Shape.of(dims);
  }

  private static int[] indexOf(int flat, Shape shape) {
    int[] index = new int[shape.rank()];
    int rest = flat;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }

  @Override
  public String toString() {
    return shape + " " + Arrays.toString(values);
  }
}
