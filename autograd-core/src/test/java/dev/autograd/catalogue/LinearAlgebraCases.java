package dev.autograd.catalogue;

import dev.autograd.Activation;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Products of vectors and matrices, by the sum in their definition. */
final class LinearAlgebraCases {

  private static final List<Shape[]> PRODUCTS =
      List.of(
          shapes(Shape.of(3), Shape.of(3)),
          shapes(Shape.of(0), Shape.of(0)),
          shapes(Shape.of(2, 3), Shape.of(3)),
          shapes(Shape.of(3), Shape.of(3, 2)),
          shapes(Shape.of(3), Shape.of(2, 3, 2)),
          shapes(Shape.of(2, 2, 3), Shape.of(3)),
          shapes(Shape.of(2, 3), Shape.of(3, 4)),
          shapes(Shape.of(3, 3), Shape.of(3, 3)),
          shapes(Shape.of(1, 1), Shape.of(1, 1)),
          shapes(Shape.of(1, 3), Shape.of(3, 1)),
          shapes(Shape.of(3, 1), Shape.of(1, 2)),
          shapes(Shape.of(2, 0), Shape.of(0, 3)),
          shapes(Shape.of(0, 2), Shape.of(2, 3)),
          shapes(Shape.of(2, 2, 0), Shape.of(0, 2)),
          shapes(Shape.of(0, 0), Shape.of(2, 0, 0)),
          shapes(Shape.of(2, 2, 3), Shape.of(3, 2)),
          shapes(Shape.of(2, 3), Shape.of(2, 3, 2)),
          shapes(Shape.of(2, 1, 2, 2), Shape.of(3, 2, 1)),
          shapes(Shape.of(2, 2, 3), Shape.of(1, 3, 2)));

  private static final List<Shape[]> LAYERS =
      List.of(
          shapes(Shape.of(4, 3), Shape.of(2, 3), Shape.of(2)),
          shapes(Shape.of(3), Shape.of(2, 3), Shape.of(2)),
          shapes(Shape.of(2, 2, 3), Shape.of(2, 3), Shape.of(2)),
          shapes(Shape.of(1, 1), Shape.of(1, 1), Shape.of(1)),
          shapes(Shape.of(3, 2), Shape.of(2, 2), Shape.SCALAR),
          shapes(Shape.of(0, 3), Shape.of(2, 3), Shape.of(2)),
          shapes(Shape.of(2, 0), Shape.of(3, 0), Shape.of(3)));

  private LinearAlgebraCases() {}

  static Stream<OpCase> of(OpMethod op) {
    if (op.name().equals("matmul")) {
      return PRODUCTS.stream().map(s -> product(op, s));
    }
    if (op.name().equals("linear")) {
      return op.takes(Tensor.class, Tensor.class)
          ? LAYERS.stream().map(s -> linear(op, s))
          : LAYERS.stream()
              .flatMap(
                  s ->
                      Stream.of(
                          activated(op, s, Activation.TANH, Math::tanh),
                          activated(op, s, Activation.SIGMOID, z -> 1 / (1 + Math.exp(-z))),
                          activated(op, s, Activation.IDENTITY, z -> z)));
    }
    if (op.name().equals("dot")) {
      return Stream.of(3, 1, 0).map(n -> product(op, shapes(Shape.of(n), Shape.of(n))));
    }
    if (op.name().equals("outer")) {
      return Stream.of(
              shapes(Shape.of(2), Shape.of(3)),
              shapes(Shape.of(1), Shape.of(1)),
              shapes(Shape.of(0), Shape.of(2)))
          .map(s -> outer(op, s));
    }
    if (op.name().equals("transpose") && op.takes()) {
      return Stream.of(Shape.of(2, 3), Shape.of(1, 1), Shape.of(2, 3, 2), Shape.of(0, 2))
          .map(s -> transpose(op, s));
    }
    return Stream.empty();
  }

  private static OpCase product(OpMethod op, Shape[] shapes) {
    return new OpCase(
        op,
        shapes[0] + " x " + shapes[1],
        Samples.of(op.domain(), shapes[1].hashCode()).draw(shapes),
        ts -> op.call(ts.get(0), ts.get(1)),
        xs -> matmul(xs.get(0), xs.get(1)));
  }

  private static OpCase linear(OpMethod op, Shape[] shapes) {
    return new OpCase(
        op,
        Arrays.toString(shapes),
        Samples.of(op.domain(), shapes[0].hashCode()).draw(shapes),
        ts -> op.call(ts.get(0), ts.get(1), ts.get(2)),
        xs -> matmul(xs.get(0), swapped(xs.get(1))).zip(Double::sum, xs.get(2)));
  }

  private static OpCase activated(
      OpMethod op, Shape[] shapes, Activation activation, DoubleUnaryOperator f) {
    return new OpCase(
        op,
        Arrays.toString(shapes) + " " + activation,
        Samples.of(op.domain(), shapes[0].hashCode()).draw(shapes),
        ts -> op.call(ts.get(0), ts.get(1), ts.get(2), activation),
        xs -> matmul(xs.get(0), swapped(xs.get(1))).zip(Double::sum, xs.get(2)).map(f));
  }

  private static OpCase outer(OpMethod op, Shape[] shapes) {
    Shape result = Shape.of(shapes[0].size(), shapes[1].size());
    return new OpCase(
        op,
        shapes[0] + " x " + shapes[1],
        Samples.of(op.domain(), 5).draw(shapes),
        ts -> op.call(ts.get(0), ts.get(1)),
        xs -> Grid.generate(result, i -> xs.get(0).at(i[0]) * xs.get(1).at(i[1])));
  }

  private static OpCase transpose(OpMethod op, Shape shape) {
    return new OpCase(
        op,
        shape.toString(),
        Samples.of(op.domain(), 6).draw(shape),
        ts -> op.call(ts.get(0)),
        xs -> swapped(xs.get(0)));
  }

  /** Returns the matrices with rows and columns exchanged. */
  static Grid swapped(Grid x) {
    return Grid.generate(Shape.of(exchanged(x.shape().toArray())), i -> x.at(exchanged(i)));
  }

  private static int[] exchanged(int... index) {
    int[] other = index.clone();
    int last = index.length - 1;
    other[last] = index[last - 1];
    other[last - 1] = index[last];
    return other;
  }

  /** The product of stacks of matrices; a vector is a row on the left and a column on the right. */
  static Grid matmul(Grid a, Grid b) {
    Grid left = a.shape().rank() == 1 ? Grid.of(Shape.of(1, a.size()), a.values()) : a;
    Grid right = b.shape().rank() == 1 ? Grid.of(Shape.of(b.size(), 1), b.values()) : b;
    int inner = left.shape().dim(-1);
    Shape stack = Grid.common(leading(left.shape()), leading(right.shape()));
    int[] dims = Arrays.copyOf(stack.toArray(), stack.rank() + 2);
    dims[stack.rank()] = left.shape().dim(-2);
    dims[stack.rank() + 1] = right.shape().dim(-1);
    Grid full =
        Grid.generate(
            Shape.of(dims),
            i -> {
              double sum = 0;
              for (int k = 0; k < inner; k++) {
                sum +=
                    matrixAt(left, i, i[i.length - 2], k) * matrixAt(right, i, k, i[i.length - 1]);
              }
              return sum;
            });
    return Grid.of(withoutVectorAxes(full.shape(), a, b), full.values());
  }

  private static double matrixAt(Grid x, int[] place, int row, int column) {
    int[] index = place.clone();
    index[index.length - 2] = row;
    index[index.length - 1] = column;
    int[] own = Arrays.copyOfRange(index, index.length - x.shape().rank(), index.length);
    for (int axis = 0; axis < own.length - 2; axis++) {
      own[axis] = x.shape().dim(axis) == 1 ? 0 : own[axis];
    }
    return x.at(own);
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  private static Shape withoutVectorAxes(Shape full, Grid a, Grid b) {
    int[] dims = full.toArray();
    int rank = dims.length;
    if (b.shape().rank() == 1) {
      rank--;
    }
    if (a.shape().rank() == 1) {
      dims[full.rank() - 2] = dims[full.rank() - 1];
      rank--;
    }
    return Shape.of(Arrays.copyOf(dims, rank));
  }

  private static Shape[] shapes(Shape... shapes) {
    return shapes;
  }
}
