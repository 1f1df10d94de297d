package dev.autograd.kernel;

/**
 * The sizes of a matrix product {@code op(a) · op(b)}: {@code [m, k] x [k, n] -> [m, n]}, where op
 * transposes if asked. Each matrix is stored row by row, the rows a leading dimension apart, as in
 * BLAS: so every block of rows and columns of a product is such a product again, of the same arrays
 * from other offsets on.
 *
 * @param m rows of op(a) and of the result
 * @param n columns of op(b) and of the result
 * @param k columns of op(a), rows of op(b)
 * @param transposeA whether a is stored as {@code [k, m]}
 * @param transposeB whether b is stored as {@code [n, k]}
 * @param lda distance from one stored row of a to the next, at least its length
 * @param ldb likewise of b
 * @param ldc likewise of the result; what lies between its rows is left alone
 */
public record Gemm(
    int m, int n, int k, boolean transposeA, boolean transposeB, int lda, int ldb, int ldc) {

  /** Makes the sizes of a product of matrices that are stored without gaps. */
  public Gemm(int m, int n, int k, boolean transposeA, boolean transposeB) {
    this(m, n, k, transposeA, transposeB, transposeA ? m : k, transposeB ? k : n, n);
  }

  /** Returns the sizes of a block of so many rows and columns of this product. */
  public Gemm block(int rows, int columns) {
    return new Gemm(rows, columns, k, transposeA, transposeB, lda, ldb, ldc);
  }

  /** Returns how far a row of op(a) begins behind a. */
  public int offsetA(int row) {
    return transposeA ? row : row * lda;
  }

  /** Returns how far a column of op(b) begins behind b. */
  public int offsetB(int column) {
    return transposeB ? column * ldb : column;
  }

  /** Returns how far an element lies behind the first of the result. */
  public int offsetOut(int row, int column) {
    return row * ldc + column;
  }
}
