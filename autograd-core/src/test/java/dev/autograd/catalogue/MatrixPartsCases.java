package dev.autograd.catalogue;

import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Diagonals and triangles, by the indices of their elements. */
final class MatrixPartsCases {

  private static final List<Shape> MATRICES =
      List.of(
          Shape.of(3, 3),
          Shape.of(2, 4),
          Shape.of(4, 2),
          Shape.of(2, 2, 3),
          Shape.of(1, 1),
          Shape.of(0, 3),
          Shape.of(2, 0),
          Shape.of(0, 2, 2));

  private static final List<Shape> VECTORS =
      List.of(Shape.of(3), Shape.of(2, 3), Shape.of(1), Shape.of(0), Shape.of(2, 0));

  private MatrixPartsCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "trace" -> MATRICES.stream().map(s -> plain(op, s, x -> sums(diagonal(x, 0))));
      case "diagonalMatrix" -> VECTORS.stream().map(s -> plain(op, s, MatrixPartsCases::matrix));
      case "diagonal" -> offsets(op, MatrixPartsCases::diagonal);
      case "tril" -> offsets(op, (x, k) -> kept(x, k, true));
      case "triu" -> offsets(op, (x, k) -> kept(x, k, false));
      default -> Stream.empty();
    };
  }

  /** A function of a matrix and a diagonal. */
  private interface WithOffset {
    Grid apply(Grid x, int k);
  }

  private static Stream<OpCase> offsets(OpMethod op, WithOffset formula) {
    if (op.takes()) {
      return MATRICES.stream().map(s -> plain(op, s, x -> formula.apply(x, 0)));
    }
    return MATRICES.stream()
        .flatMap(
            s ->
                Stream.of(0, 1, -1, 2, 5, Integer.MIN_VALUE)
                    .map(
                        k ->
                            new OpCase(
                                op,
                                s + " at " + k,
                                Samples.of(op.domain(), s.hashCode()).draw(s),
                                ts -> op.call(ts.get(0), k),
                                xs -> formula.apply(xs.get(0), k))));
  }

  private static OpCase plain(OpMethod op, Shape shape, UnaryOperator<Grid> formula) {
    return new OpCase(
        op,
        shape.toString(),
        Samples.of(op.domain(), shape.hashCode()).draw(shape),
        ts -> op.call(ts.get(0)),
        xs -> formula.apply(xs.get(0)));
  }

  static Grid diagonal(Grid x, int k) {
    int length = 0;
    for (int i = 0; i < x.shape().dim(-2); i++) {
      for (int j = 0; j < x.shape().dim(-1); j++) {
        length += (long) j - i == k ? 1 : 0;
      }
    }
    int rank = x.shape().rank();
    int[] dims = Arrays.copyOf(x.shape().toArray(), rank - 1);
    dims[rank - 2] = length;
    return Grid.generate(
        Shape.of(dims),
        at -> {
          int[] index = Arrays.copyOf(at, rank);
          index[rank - 2] = at[rank - 2] + Math.max(-k, 0);
          index[rank - 1] = at[rank - 2] + Math.max(k, 0);
          return x.at(index);
        });
  }

  static Grid sums(Grid x) {
    int rank = x.shape().rank() - 1;
    return ReductionCases.reduce(x, new int[] {rank}, false, v -> Arrays.stream(v).sum());
  }

  static Grid kept(Grid x, int k, boolean lower) {
    return Grid.generate(
        x.shape(),
        i -> {
          long diagonal = (long) i[i.length - 1] - i[i.length - 2];
          return (lower ? diagonal <= k : diagonal >= k) ? x.at(i) : 0;
        });
  }

  private static Grid matrix(Grid x) {
    int rank = x.shape().rank() + 1;
    int[] dims = Arrays.copyOf(x.shape().toArray(), rank);
    dims[rank - 1] = dims[rank - 2];
    return Grid.generate(
        Shape.of(dims), i -> i[rank - 1] == i[rank - 2] ? x.at(Arrays.copyOf(i, rank - 1)) : 0);
  }
}
