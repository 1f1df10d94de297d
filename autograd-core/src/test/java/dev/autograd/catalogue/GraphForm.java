package dev.autograd.catalogue;

import dev.autograd.Tensor;
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

/**
 * An instruction of a random graph in two forms that must agree.
 *
 * @param library the library's call, of operands and numbers
 * @param formula the same over blocks, without the library
 */
record GraphForm(
    BiFunction<List<Tensor>, int[], Tensor> library, BiFunction<List<Grid>, int[], Grid> formula) {

  /** Returns a function of each element. */
  static GraphForm elements(UnaryOperator<Tensor> library, DoubleUnaryOperator formula) {
    return new GraphForm((t, n) -> library.apply(t.get(0)), (g, n) -> g.get(0).map(formula));
  }

  /** Returns a function of pairs of elements. */
  static GraphForm pairs(BinaryOperator<Tensor> library, DoubleBinaryOperator formula) {
    return new GraphForm(
        (t, n) -> library.apply(t.get(0), t.get(1)), (g, n) -> g.get(0).zip(formula, g.get(1)));
  }

  /** Returns a reduction over the axes that the numbers name; none means all. */
  static GraphForm reduction(
      BiFunction<Tensor, int[], Tensor> library, ToDoubleFunction<double[]> formula) {
    return new GraphForm(
        (t, n) -> library.apply(t.get(0), n),
        (g, n) -> {
          int[] every = IntStream.range(0, g.get(0).shape().rank()).toArray();
          return ReductionCases.reduce(g.get(0), n.length == 0 ? every : n, false, formula);
        });
  }

  /** Returns a function of each row along the axis that the number names. */
  static GraphForm rows(
      BiFunction<Tensor, Integer, Tensor> library, UnaryOperator<double[]> formula) {
    return new GraphForm(
        (t, n) -> library.apply(t.get(0), n[0]),
        (g, n) -> ReductionCases.mapRows(g.get(0), n[0], formula));
  }

  /** Returns what rearranges one value. */
  static GraphForm moves(
      BiFunction<Tensor, int[], Tensor> library, BiFunction<Grid, int[], Grid> formula) {
    return new GraphForm(
        (t, n) -> library.apply(t.get(0), n), (g, n) -> formula.apply(g.get(0), n));
  }

  /** Returns a function of the positive definite matrix {@code a aᵀ + I}. */
  static GraphForm positive(UnaryOperator<Tensor> library, UnaryOperator<Grid> formula) {
    return moves(
        (a, n) -> library.apply(a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), n[0]))),
        (x, n) ->
            formula.apply(
                LinearAlgebraCases.matmul(x, LinearAlgebraCases.swapped(x))
                    .zip(
                        Double::sum,
                        Grid.generate(Shape.of(n[0], n[0]), i -> i[0] == i[1] ? 1 : 0))));
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
}
