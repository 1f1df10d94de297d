package dev.autograd;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** A matrix in plain loops over doubles: what closed formulas are evaluated with. */
final class PlainMatrix {

  private final double[][] elements;

  private PlainMatrix(double[][] elements) {
    this.elements = elements;
  }

  static PlainMatrix of(Tensor matrix) {
    return new PlainMatrix(matrix.toDoubleMatrix());
  }

  int rows() {
    return elements.length;
  }

  int columns() {
    return elements[0].length;
  }

  PlainMatrix times(PlainMatrix right) {
    double[][] product = new double[rows()][right.columns()];
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < right.columns(); j++) {
        for (int k = 0; k < columns(); k++) {
          product[i][j] += elements[i][k] * right.elements[k][j];
        }
      }
    }
    return new PlainMatrix(product);
  }

  PlainMatrix transposed() {
    double[][] result = new double[columns()][rows()];
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < columns(); j++) {
        result[j][i] = elements[i][j];
      }
    }
    return new PlainMatrix(result);
  }

  PlainMatrix each(DoubleUnaryOperator f) {
    double[][] result = new double[rows()][columns()];
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < columns(); j++) {
        result[i][j] = f.applyAsDouble(elements[i][j]);
      }
    }
    return new PlainMatrix(result);
  }

  /** Element by element; a right side of one row or one column is repeated. */
  PlainMatrix with(PlainMatrix right, DoubleBinaryOperator f) {
    double[][] result = new double[rows()][columns()];
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < columns(); j++) {
        double other = right.elements[right.rows() == 1 ? 0 : i][right.columns() == 1 ? 0 : j];
        result[i][j] = f.applyAsDouble(elements[i][j], other);
      }
    }
    return new PlainMatrix(result);
  }

  PlainMatrix plus(PlainMatrix right) {
    return with(right, Double::sum);
  }

  PlainMatrix minus(PlainMatrix right) {
    return with(right, (a, b) -> a - b);
  }

  PlainMatrix elementwise(PlainMatrix right) {
    return with(right, (a, b) -> a * b);
  }

  PlainMatrix scaled(double factor) {
    return each(a -> a * factor);
  }

  /** The sums over the columns: a column. */
  PlainMatrix sumOfColumns() {
    double[][] sums = new double[rows()][1];
    for (int i = 0; i < rows(); i++) {
      for (double element : elements[i]) {
        sums[i][0] += element;
      }
    }
    return new PlainMatrix(sums);
  }

  /** The sums over the rows: a row. */
  PlainMatrix sumOfRows() {
    return transposed().sumOfColumns().transposed();
  }

  /** The largest magnitude; NaN if there is one. */
  double norm() {
    double largest = 0;
    for (double[] row : elements) {
      for (double element : row) {
        largest = Math.max(largest, Math.abs(element));
      }
    }
    return largest;
  }
}
