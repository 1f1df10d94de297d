package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final Tensor X = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});

  @Test
  void returnsRowsInTheOrderChosen() {
    assertThat(Rows.of(X, 2, 0, 2).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{5, 6}, {1, 2}, {5, 6}});
    assertThat(Rows.of(X, -1).toDoubleArray()).containsExactly(5, 6);
    assertThat(Rows.of(new int[] {7, 8, 9}, 2, 0)).containsExactly(9, 7);
  }

  @Test
  void worksForEveryTypeAndRank() {
    assertThat(Rows.of(Tensor.indices(4, 5, 6), 1, 2).toLongArray()).containsExactly(5, 6);
    assertThat(Rows.of(X.gt(3), 1).toLongArray()).containsExactly(0, 1);
    assertThat(Rows.of(X.to(DType.F32), 1).dtype()).isEqualTo(DType.F32);
    assertThat(Rows.of(Tensor.zeros(DType.F64, 5, 2, 3), 1, 2).shape())
        .isEqualTo(Shape.of(2, 2, 3));
  }

  @Test
  void areConstants() {
    assertThat(Rows.of(X.withGrad(), 1).requiresGrad()).isFalse();
  }

  @Test
  void refusesRowsThatAreNotThere() {
    assertThatThrownBy(() -> Rows.of(X, 3)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Rows.of(X)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Rows.of(Tensor.scalar(1), 0)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Rows.of(new int[] {1}, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
