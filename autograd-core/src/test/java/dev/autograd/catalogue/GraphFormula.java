package dev.autograd.catalogue;

import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What an operation of random graphs computes, as a formula over blocks without the library. */
@FunctionalInterface
interface GraphFormula {

  /** Returns the result for operands and numbers. */
  Grid apply(List<Grid> operands, int... numbers);

  /** Returns a function of each element. */
  static GraphFormula elements(DoubleUnaryOperator f) {
    return (g, n) -> g.get(0).map(f);
  }

  /** Returns a function of pairs of elements. */
  static GraphFormula pairs(DoubleBinaryOperator f) {
    return (g, n) -> g.get(0).zip(f, g.get(1));
  }

  /** Returns a function of two blocks. */
  static GraphFormula two(BinaryOperator<Grid> f) {
    return (g, n) -> f.apply(g.get(0), g.get(1));
  }

  /** Returns a reduction over the axes that the numbers name; none means all. */
  static GraphFormula reduction(ToDoubleFunction<double[]> f) {
    return (g, n) -> {
      int[] every = IntStream.range(0, g.get(0).shape().rank()).toArray();
      return ReductionCases.reduce(g.get(0), n.length == 0 ? every : n, false, f);
    };
  }

  /** Returns a function of each row along the axis that the number names. */
  static GraphFormula rows(UnaryOperator<double[]> f) {
    return (g, n) -> ReductionCases.mapRows(g.get(0), n[0], f);
  }

  /** Returns what rearranges one value. */
  static GraphFormula moves(BiFunction<Grid, int[], Grid> f) {
    return (g, n) -> f.apply(g.get(0), n);
  }

  /** Returns a function of the positive definite matrix {@code a aᵀ + I}. */
  static GraphFormula positive(UnaryOperator<Grid> f) {
    return moves((x, n) -> f.apply(gramPlusOne(x, n[0])));
  }

  /** Returns the positive definite matrix {@code x xᵀ + I}. */
  static Grid gramPlusOne(Grid x, int size) {
    Grid one = Grid.generate(Shape.of(size, size), i -> i[0] == i[1] ? 1 : 0);
    return LinearAlgebraCases.matmul(x, LinearAlgebraCases.swapped(x)).zip(Double::sum, one);
  }

  static double[] softmax(double... v) {
    double total = Arrays.stream(v).map(Math::exp).sum();
    return Arrays.stream(v).map(x -> Math.exp(x) / total).toArray();
  }

  static double[] centered(double... v) {
    double mean = Arrays.stream(v).sum() / v.length;
    return Arrays.stream(v).map(x -> x - mean).toArray();
  }

  static Grid outer(Grid a, Grid b) {
    return Grid.generate(Shape.of(a.size(), b.size()), i -> a.flat(i[0]) * b.flat(i[1]));
  }

  static Grid unsqueezed(Grid x, int axis) {
    int[] dims = x.shape().toArray();
    int[] wider = new int[dims.length + 1];
    System.arraycopy(dims, 0, wider, 0, axis);
    wider[axis] = 1;
    System.arraycopy(dims, axis, wider, axis + 1, dims.length - axis);
    return Grid.of(Shape.of(wider), x.values());
  }

  static Grid squeezed(Grid x) {
    int[] rest = Arrays.stream(x.shape().toArray()).filter(dim -> dim != 1).toArray();
    return Grid.of(Shape.of(rest), x.values());
  }

  static Grid part(Grid x, int axis, int from, int to, int step) {
    int[] dims = x.shape().toArray();
    dims[axis] = (to - from + step - 1) / step;
    return Grid.generate(
        Shape.of(dims),
        i -> {
          int[] own = i.clone();
          own[axis] = from + step * i[axis];
          return x.at(own);
        });
  }

  /** Returns the same elements with one axis moved behind all others. */
  static Grid movedToEnd(Grid x, int axis) {
    int last = x.shape().rank() - 1;
    int[] dims = x.shape().toArray();
    System.arraycopy(dims, axis + 1, dims, axis, last - axis);
    dims[last] = x.shape().dim(axis);
    return Grid.generate(
        Shape.of(dims),
        i -> {
          int[] own = i.clone();
          System.arraycopy(i, axis, own, axis + 1, last - axis);
          own[axis] = i[last];
          return x.at(own);
        });
  }

  /** Returns an index counted from the ends of the given axes, of all if there is none. */
  static int[] reversed(int[] index, Shape shape, int... axes) {
    int[] own = index.clone();
    int[] over = axes.length == 0 ? IntStream.range(0, own.length).toArray() : axes;
    for (int axis : over) {
      own[axis] = shape.dim(axis) - 1 - own[axis];
    }
    return own;
  }

  static Grid rolled(Grid x, int axis, int shift) {
    int size = x.shape().dim(axis);
    return ReductionCases.mapRows(
        x,
        axis,
        v -> IntStream.range(0, size).mapToDouble(i -> v[(i + size - shift) % size]).toArray());
  }

  /** Returns one zero before and one after. */
  static Grid bordered(Grid x, int axis) {
    int[] dims = x.shape().toArray();
    dims[axis] += 2;
    return Grid.generate(
        Shape.of(dims),
        i -> {
          int[] own = i.clone();
          own[axis]--;
          return own[axis] < 0 || own[axis] == x.shape().dim(axis) ? 0 : x.at(own);
        });
  }

  /** Returns each element twice. */
  static Grid doubled(Grid x, int axis) {
    int[] dims = x.shape().toArray();
    dims[axis] *= 2;
    return Grid.generate(
        Shape.of(dims),
        i -> {
          int[] own = i.clone();
          own[axis] /= 2;
          return x.at(own);
        });
  }

  /** Returns the same elements with the axes in reverse order. */
  static Grid mirrored(Grid x) {
    int[] dims = backwards(x.shape().toArray());
    return Grid.generate(Shape.of(dims), i -> x.at(backwards(i)));
  }

  private static int[] backwards(int... numbers) {
    return IntStream.range(0, numbers.length).map(i -> numbers[numbers.length - 1 - i]).toArray();
  }

  /** Returns all elements as one sequence of one channel. */
  static Grid line(Grid x) {
    return Grid.of(Shape.of(1, 1, x.size()), x.values());
  }

  /** Returns a matrix as an image of one channel. */
  static Grid image(Grid x) {
    return Grid.of(Shape.of(1, 1, x.shape().dim(0), x.shape().dim(1)), x.values());
  }
}
