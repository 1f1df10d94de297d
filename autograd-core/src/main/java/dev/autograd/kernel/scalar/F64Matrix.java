package dev.autograd.kernel.scalar;

/** A matrix inside an array: element (i, j) stands at {@code offset + i rowStep + j columnStep}. */
final class F64Matrix {

  final double[] data;
  final int offset;
  final int rowStep;
  final int columnStep;

  F64Matrix(double[] data, int offset, int rowStep, int columnStep) {
    this.data = data;
    this.offset = offset;
    this.rowStep = rowStep;
    this.columnStep = columnStep;
  }

  /** Returns the matrix that is stored row by row, {@code step} apart, or its transpose. */
  static F64Matrix of(double[] data, int offset, int step, boolean transposed) {
    return transposed ? new F64Matrix(data, offset, 1, step) : new F64Matrix(data, offset, step, 1);
  }

  F64Matrix transpose() {
    return new F64Matrix(data, offset, columnStep, rowStep);
  }

  /** Returns the matrix of n rows and columns with both in reverse. */
  F64Matrix reversed(int n) {
    return new F64Matrix(data, index(n - 1, n - 1), -rowStep, -columnStep);
  }

  /** Sets four neighbours in a row. */
  void set(int row, int column, double v0, double v1, double v2, double v3) {
    int at = index(row, column);
    data[at] = v0;
    data[at + columnStep] = v1;
    data[at + 2 * columnStep] = v2;
    data[at + 3 * columnStep] = v3;
  }

  int index(int row, int column) {
    return offset + row * rowStep + column * columnStep;
  }
}
