package dev.autograd.catalogue;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Inverses, systems, determinants and Cholesky factors of small well-conditioned matrices, by
 * expansion along the first row and by the rows of the factor.
 */
final class DecompositionCases {

  private static final List<Shape> MATRICES =
      List.of(
          Shape.of(3, 3),
          Shape.of(2, 2),
          Shape.of(1, 1),
          Shape.of(0, 0),
          Shape.of(2, 2, 2),
          Shape.of(2, 1, 1, 1),
          Shape.of(0, 2, 2),
          Shape.of(2, 0, 0));

  private static final List<Shape[]> SYSTEMS =
      List.of(
          shapes(Shape.of(3, 3), Shape.of(3, 2)),
          shapes(Shape.of(3, 3), Shape.of(3)),
          shapes(Shape.of(2, 2, 2), Shape.of(2, 1)),
          shapes(Shape.of(2, 2), Shape.of(2, 2, 2)),
          shapes(Shape.of(2, 1, 2, 2), Shape.of(2, 2, 1)),
          shapes(Shape.of(2, 2, 2), Shape.of(2)),
          shapes(Shape.of(1, 1), Shape.of(1)),
          shapes(Shape.of(2, 2), Shape.of(2, 0)),
          shapes(Shape.of(0, 0), Shape.of(0, 2)),
          shapes(Shape.of(0, 0), Shape.of(0)),
          shapes(Shape.of(0, 2, 2), Shape.of(2)));

  private DecompositionCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "inverse" -> anyMatrices(op, DecompositionCases::inverse);
      case "determinant" -> anyMatrices(op, DecompositionCases::determinant);
      case "logAbsDet" -> anyMatrices(op, a -> determinant(a).map(d -> Math.log(Math.abs(d))));
      case "logDet" -> matrices(op, 0, a -> determinant(a).map(Math::log));
      case "cholesky" -> matrices(op, 0, DecompositionCases::cholesky);
      case "solve" -> Stream.of(0, 1).flatMap(shift -> systems(op, shift, a -> a));
      case "solveLower" -> systems(op, 0, a -> MatrixPartsCases.kept(a, 0, true));
      case "solveUpper" -> systems(op, 0, a -> MatrixPartsCases.kept(a, 0, false));
      default -> Stream.empty();
    };
  }

  /** Large numbers stand on the diagonal, or beside it, so that rows have to be exchanged. */
  private static Stream<OpCase> anyMatrices(OpMethod op, UnaryOperator<Grid> formula) {
    return Stream.of(0, 1).flatMap(shift -> matrices(op, shift, formula));
  }

  private static Stream<OpCase> matrices(OpMethod op, int shift, UnaryOperator<Grid> formula) {
    return MATRICES.stream()
        .map(
            shape ->
                new OpCase(
                    op,
                    shape + (shift == 0 ? "" : " with rows exchanged"),
                    List.of(regular(shape, shift)),
                    ts -> op.call(ts.get(0)),
                    xs -> formula.apply(xs.get(0))));
  }

  private static Stream<OpCase> systems(OpMethod op, int shift, UnaryOperator<Grid> part) {
    return SYSTEMS.stream()
        .map(
            shapes ->
                new OpCase(
                    op,
                    Arrays.toString(shapes) + (shift == 0 ? "" : " with rows exchanged"),
                    List.of(
                        regular(shapes[0], shift),
                        Samples.of(op.domain(), shapes[1].hashCode()).draw(shapes[1]).get(0)),
                    ts -> op.call(ts.get(0), ts.get(1)),
                    xs -> LinearAlgebraCases.matmul(inverse(part.apply(xs.get(0))), xs.get(1))));
  }

  private static Grid regular(Shape shape, int shift) {
    Grid small = Samples.signed(shape, shape.hashCode()).map(v -> v / 4);
    return Grid.generate(
        shape,
        i -> {
          int row = i[i.length - 2];
          int column = i[i.length - 1];
          boolean isLarge = (row + shift) % shape.dim(-1) == column;
          return small.at(i) + (isLarge ? 1.5 + row / 4.0 : 0);
        });
  }

  static Grid determinant(Grid a) {
    int[] stack = Arrays.copyOf(a.shape().toArray(), a.shape().rank() - 2);
    return Grid.generate(Shape.of(stack), i -> determinant(matrixAt(a, i)));
  }

  private static double determinant(double[][] a) {
    double sum = a.length == 0 ? 1 : 0;
    for (int j = 0; j < a.length; j++) {
      sum += (j % 2 == 0 ? 1 : -1) * a[0][j] * determinant(minor(a, 0, j));
    }
    return sum;
  }

  static Grid inverse(Grid a) {
    return Grid.generate(
        a.shape(),
        i -> {
          int row = i[i.length - 2];
          int column = i[i.length - 1];
          double[][] matrix = matrixAt(a, i);
          int sign = (row + column) % 2 == 0 ? 1 : -1;
          return sign * determinant(minor(matrix, column, row)) / determinant(matrix);
        });
  }

  private static double[][] matrixAt(Grid a, int... place) {
    int rank = a.shape().rank();
    int n = a.shape().dim(-1);
    double[][] matrix = new double[n][n];
    int[] index = Arrays.copyOf(place, rank);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        index[rank - 2] = i;
        index[rank - 1] = j;
        matrix[i][j] = a.at(index);
      }
    }
    return matrix;
  }

  private static double[][] minor(double[][] a, int row, int column) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      if (i != row) {
        double[] rest = new double[a.length - 1];
        System.arraycopy(a[i], 0, rest, 0, column);
        System.arraycopy(a[i], column + 1, rest, column, rest.length - column);
        rows.add(rest);
      }
    }
    return rows.toArray(double[][]::new);
  }

  static Grid cholesky(Grid a) {
    return Grid.generate(a.shape(), i -> factor(matrixAt(a, i))[i[i.length - 2]][i[i.length - 1]]);
  }

  private static double[][] factor(double[][] a) {
    double[][] l = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = (a[i][j] + a[j][i]) / 2;
        for (int k = 0; k < j; k++) {
          rest -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
      }
    }
    return l;
  }

  private static Shape[] shapes(Shape... shapes) {
    return shapes;
  }
}
