package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

/** Parts of matrices: other element types, and numbers that must not leak. */
class MatrixPartsTest {

  private static final Tensor ONES = Tensor.ones(DType.F64, 3, 3);

  @Test
  void aTriangleOfAMask() {
    Tensor causal = ONES.gt(0).tril();

    assertThat(causal.dtype()).isEqualTo(DType.BOOL);
    assertThat(causal.toLongArray()).containsExactly(1, 0, 0, 1, 1, 0, 1, 1, 1);
    assertThat(ONES.gt(0).triu(1).toLongArray()).containsExactly(0, 1, 1, 0, 0, 1, 0, 0, 0);
  }

  @Test
  void partsOfIntegers() {
    Tensor x = Tensor.indices(1, 2, 3, 4, 5, 6).reshape(2, 3);

    assertThat(x.diagonal().toLongArray()).containsExactly(1, 5);
    assertThat(x.diagonal(1).toLongArray()).containsExactly(2, 6);
    assertThat(x.diagonal(-1).toLongArray()).containsExactly(4);
    assertThat(x.tril().toLongArray()).containsExactly(1, 0, 0, 4, 5, 0);
    assertThat(x.triu().toLongArray()).containsExactly(1, 2, 3, 0, 5, 6);
    assertThat(Tensor.indices(7, 8).diagonalMatrix().toLongArray()).containsExactly(7, 0, 0, 8);
  }

  @Test
  void whatIsReplacedByZeroDoesNotMatter() {
    Tensor x = Tensor.of(new double[][] {{1, Double.NaN}, {2, 3}}).withGrad();

    Tensor y = x.tril();
    y.square().sum().backward();

    assertThat(y.toDoubleArray()).containsExactly(1, 0, 2, 3);
    assertThat(x.grad().toDoubleArray()).containsExactly(2, 0, 4, 6);
  }

  @Test
  void aDiagonalBeyondTheMatrixIsEmpty() {
    assertThat(ONES.diagonal(3).shape()).isEqualTo(Shape.of(0));
    assertThat(ONES.diagonal(Integer.MIN_VALUE).shape()).isEqualTo(Shape.of(0));
    assertThat(ONES.tril(Integer.MAX_VALUE).sum().item()).isEqualTo(9);
    assertThat(ONES.tril(Integer.MIN_VALUE).sum().item()).isZero();
    assertThat(ONES.triu(Integer.MAX_VALUE).sum().item()).isZero();
    assertThat(ONES.triu(Integer.MIN_VALUE).sum().item()).isEqualTo(9);
  }

  @Test
  void theDiagonalOfADiagonalMatrixIsTheVector() {
    Tensor x = Tensor.of(1, 2, 3);

    assertThat(x.diagonalMatrix().diagonal().toDoubleArray()).containsExactly(1, 2, 3);
    assertThat(x.diagonalMatrix().trace().item()).isEqualTo(6);
  }

  @Test
  void lowerAndStrictlyUpperTrianglesAddUp() {
    Tensor x = Tensor.arange(DType.F64, 24).reshape(2, 4, 3);

    for (int k = -5; k <= 5; k++) {
      assertThat(x.tril(k).add(x.triu(k + 1)).toDoubleArray()).isEqualTo(x.toDoubleArray());
    }
  }
}
