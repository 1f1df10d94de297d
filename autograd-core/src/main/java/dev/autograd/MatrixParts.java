package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import java.util.Arrays;

/**
 * Parts of matrices: diagonals and triangles. The last two axes are the matrix, those before a
 * stack of them.
 *
 * <p>Diagonal {@code k} holds the elements {@code (i, i + k)}: 0 is the main diagonal, those above
 * it are positive, those below negative. All but {@link #trace} work for every element type.
 *
 * <p>{@code g} is the upstream gradient.
 */
public sealed interface MatrixParts permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the sum of the main diagonal: {@code [..., m, n] -> [...]}; 0 if it has no element.
   *
   * <p>Derivative: g on the diagonal, 0 elsewhere.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  default Tensor trace() {
    Checks.floating("trace", self().dtype());
    Checks.matrix("trace", self().shape());
    return self().diagonal().sum(-1);
  }

  /** Returns the main diagonal; see {@link #diagonal(int)}. */
  default Tensor diagonal() {
    return diagonal(0);
  }

  /**
   * Returns diagonal k: {@code [..., m, n] -> [..., min(m, n - k)]} above the main diagonal, {@code
   * [..., min(m + k, n)]} below. Beyond the matrix it is empty.
   *
   * <p>Derivative: g on the diagonal, 0 elsewhere.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  default Tensor diagonal(int k) {
    Tensor a = self();
    Shape matrix = a.shape();
    Checks.matrix("diagonal", matrix);
    NdArray value = Compute.gather(a.array(), Strides.of(matrix).diagonal(k));
    return a.record("diagonal", Allocation.tensor(value), g -> onDiagonal(g, matrix, k))
        .with("diagonal", k);
  }

  /**
   * Returns the square matrix that has this on its main diagonal and 0 elsewhere: {@code [..., n]
   * -> [..., n, n]}. Derivative: the diagonal of g.
   *
   * @throws ShapeException if this is 0-d
   */
  default Tensor diagonalMatrix() {
    Shape own = self().shape();
    if (own.rank() == 0) {
      throw new ShapeException("diagonalMatrix: shape is []; it must have at least one axis");
    }
    int[] dims = Arrays.copyOf(own.toArray(), own.rank() + 1);
    dims[own.rank()] = own.dim(-1);
    return onDiagonal(self(), Shape.of(dims), 0);
  }

  private static Tensor onDiagonal(Tensor d, Shape matrix, int k) {
    NdArray value = Allocation.zeros(d.dtype(), matrix);
    Strides plan = Strides.of(matrix).diagonal(k);
    Backends.movement(d.dtype()).scatter(d.array().data(), value.data(), plan);
    return d.record("diagonalMatrix", Allocation.tensor(value), g -> g.diagonal(k))
        .with("diagonal", k);
  }

  /** Returns the lower triangle with the main diagonal; see {@link #tril(int)}. */
  default Tensor tril() {
    return tril(0);
  }

  /**
   * Returns the elements on and below diagonal k, and 0 above: {@code [..., m, n] -> [..., m, n]}.
   * What is replaced by 0 does not matter, be it NaN.
   *
   * <p>Derivative: g on and below the diagonal, 0 above.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  default Tensor tril(int k) {
    Checks.matrix("tril", self().shape());
    NdArray value = triangle(self().array(), k, true);
    return self().record("tril", Allocation.tensor(value), g -> g.tril(k)).with("diagonal", k);
  }

  /** Returns the upper triangle with the main diagonal; see {@link #triu(int)}. */
  default Tensor triu() {
    return triu(0);
  }

  /**
   * Returns the elements on and above diagonal k, and 0 below: {@code [..., m, n] -> [..., m, n]}.
   * What is replaced by 0 does not matter, be it NaN.
   *
   * <p>Derivative: g on and above the diagonal, 0 below.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  default Tensor triu(int k) {
    Checks.matrix("triu", self().shape());
    NdArray value = triangle(self().array(), k, false);
    return self().record("triu", Allocation.tensor(value), g -> g.triu(k)).with("diagonal", k);
  }

  /** Copies the part of each row that lies on one side of a diagonal, which belongs to both. */
  private static NdArray triangle(NdArray x, int k, boolean lower) {
    NdArray out = Allocation.zeros(x.dtype(), x.shape());
    int rows = x.shape().dim(-2);
    int columns = x.shape().dim(-1);
    int stack = rows * columns == 0 ? 0 : x.size() / (rows * columns);
    for (int row = 0; row < stack * rows; row++) {
      long diagonal = (long) row % rows + k;
      int from = lower ? 0 : (int) Math.min(Math.max(diagonal, 0), columns);
      int to = lower ? (int) Math.min(Math.max(diagonal + 1, 0), columns) : columns;
      System.arraycopy(x.data(), row * columns + from, out.data(), row * columns + from, to - from);
    }
    return out;
  }
}
