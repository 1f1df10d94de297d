package dev.autograd;

import static dev.autograd.array.DType.BOOL;
import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I32;
import static dev.autograd.array.DType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

/** Numbers out of tensors: as doubles, arrays, other types, and compared. */
class TensorReadingTest {

  private final Tensor matrix = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  @Test
  void oneElement() {
    assertThat(Tensor.scalar(2.5).item()).isEqualTo(2.5);
    assertThat(Tensor.of(Shape.of(1, 1), 7).item()).isEqualTo(7);
    assertThat(Tensor.of(Shape.of(1, 1), 7).item(0, -1)).isEqualTo(7);
    assertThat(matrix.item(1, 2)).isEqualTo(6);
    assertThat(matrix.item(-2, -3)).isEqualTo(1);
    assertThat(Tensor.indices(4, 5).item(1)).isEqualTo(5);
    assertThat(Tensor.of(1.0).gt(0).item()).isEqualTo(1);
    assertThat(Tensor.scalar(0.1f).item()).isEqualTo(0.1f);
  }

  @Test
  void oneElementOfSeveral() {
    assertThatThrownBy(matrix::item)
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "item: shape is [2, 3] and the index []; give one index per axis, or reduce the tensor"
                + " with sum() or mean()");
    assertThatThrownBy(() -> matrix.item(1))
        .isInstanceOf(ShapeException.class)
        .hasMessage("item: shape is [2, 3] and the index [1]; give one index per axis");
    assertThatThrownBy(() -> matrix.item(0, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("item: index [0, 3] is outside shape [2, 3] at axis 1; use -3 to 2");
    assertThatThrownBy(() -> matrix.item(-3, 0)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Tensor.scalar(1).item(0)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Tensor.zeros(F64, 0).item()).isInstanceOf(ShapeException.class);
  }

  @Test
  void arraysAreCopies() {
    double[] values = matrix.toDoubleArray();
    values[0] = 99;
    double[][] rows = matrix.toDoubleMatrix();
    rows[1][2] = 99;
    Tensor narrow = Tensor.of(1f, 2f);
    narrow.toFloatArray()[0] = 99;
    Tensor indices = Tensor.indices(1, 2).to(I64);
    indices.toLongArray()[0] = 99;
    assertThat(matrix.toDoubleArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(narrow.toFloatArray()).containsExactly(1, 2);
    assertThat(indices.toLongArray()).containsExactly(1, 2);
  }

  @Test
  void arraysOfOtherTypes() {
    assertThat(Tensor.of(0.1f).toDoubleArray()).containsExactly(0.1f);
    assertThat(Tensor.indices(1, 2).toDoubleArray()).containsExactly(1, 2);
    assertThat(Tensor.of(1.0, -1).gt(0).toDoubleArray()).containsExactly(1, 0);
    assertThat(Tensor.of(1.0, -1).gt(0).toLongArray()).containsExactly(1, 0);
    assertThat(Tensor.of(3.0, 9, 2).argMax(0).toLongArray()).containsExactly(1);
    assertThatThrownBy(matrix::toFloatArray)
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "toFloatArray: the tensor is F64; say to(F32) to round it, or use toDoubleArray()");
    assertThatThrownBy(matrix::toLongArray)
        .isInstanceOf(DTypeException.class)
        .hasMessage("toLongArray: the tensor is F64; say to(I64) to cut off fractions");
  }

  @Test
  void rowsOfAMatrixOnly() {
    assertThat(matrix.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(Tensor.zeros(F64, 0, 3).toDoubleMatrix()).isEmpty();
    assertThat(Tensor.zeros(F64, 2, 0).toDoubleMatrix()).isDeepEqualTo(new double[2][0]);
    assertThatThrownBy(() -> Tensor.of(1.0).toDoubleMatrix())
        .isInstanceOf(ShapeException.class)
        .hasMessage("toDoubleMatrix: shape is [1]; it must have two axes, reshape it");
  }

  @Test
  void conversion() {
    Tensor x = Tensor.of(0.1, -1.9, 1e300, Double.NaN);
    assertThat(x.to(F32).toFloatArray())
        .containsExactly(0.1f, -1.9f, Float.POSITIVE_INFINITY, Float.NaN);
    assertThat(Tensor.of(2.7, -2.7).to(I64).toLongArray()).containsExactly(2, -2);
    assertThat(Tensor.of(2.7, -2.7).to(I32).dtype()).isEqualTo(I32);
    assertThat(Tensor.of(0.0, -0.0, 0.5, Double.NaN).to(BOOL).toLongArray())
        .containsExactly(0, 0, 1, 1);
    assertThat(Tensor.of(1.0, 0).gt(0).to(F32).toFloatArray()).containsExactly(1, 0);
    assertThat(x.to(F64)).isSameAs(x);
    assertThat(Tensor.full(I64, (1L << 24) + 1, 1).to(F32).item()).isEqualTo(0x1p24);
  }

  @Test
  void conversionAndDerivatives() {
    Tensor x = Tensor.of(0.5, 2).withGrad();
    x.to(F32).square().to(F64).sum().backward();
    assertThat(x.grad().dtype()).isEqualTo(F64);
    assertThat(x.grad().toDoubleArray()).containsExactly(1, 4);
    assertThat(x.to(I32).requiresGrad()).isFalse();
    assertThat(x.to(BOOL).requiresGrad()).isFalse();
    assertThat(Tensor.indices(1).to(F64).requiresGrad()).isFalse();
    Tensor d = Autograd.grad(x.to(F32).square().mul(x.to(F32)).sum(), x, GradOptions.createGraph());
    assertThat(Autograd.grad(d.sum(), x).toDoubleArray()).containsExactly(3, 12);
  }

  @Test
  void closeness() {
    Tensor x = Tensor.of(100.0, -100);
    assertThat(x.allClose(Tensor.of(101.0, -101), 0, 1)).isTrue();
    assertThat(x.allClose(Tensor.of(101.0, -101), 0, 0.99)).isFalse();
    assertThat(x.allClose(Tensor.of(101.0, -101), 0.01, 0)).isTrue();
    assertThat(x.allClose(Tensor.of(101.0, 101), 0.01, 0)).isFalse();
    // The tolerance is relative to the other side.
    assertThat(Tensor.scalar(1).allClose(Tensor.scalar(2), 0.5, 0)).isTrue();
    assertThat(Tensor.scalar(2).allClose(Tensor.scalar(1), 0.5, 0)).isFalse();
    double inf = Double.POSITIVE_INFINITY;
    assertThat(Tensor.of(inf, -inf).allClose(Tensor.of(inf, -inf), 0, 0)).isTrue();
    assertThat(Tensor.of(inf, -inf).allClose(Tensor.of(inf, inf), 1, 1e300)).isFalse();
    assertThat(Tensor.scalar(1).allClose(Tensor.scalar(inf), 1, 1)).isFalse();
    assertThat(Tensor.scalar(inf).allClose(Tensor.scalar(1), 1, 1)).isFalse();
    assertThat(Tensor.scalar(Double.NaN).allClose(Tensor.scalar(Double.NaN), 1, 1e300)).isFalse();
    assertThat(Tensor.zeros(F64, 0).allClose(Tensor.zeros(F64, 0), 0, 0)).isTrue();
    assertThat(Tensor.of(0.5f).allClose(Tensor.of(0.5), 0, 0)).isTrue();
    assertThatThrownBy(() -> x.allClose(Tensor.scalar(100), 1, 1))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "allClose: left is [2] and right is []; the shapes must be equal, reshape one of them");
  }

  @Test
  void functionsWithoutDerivative() {
    Tensor x = Tensor.of(1.0, 4).withGrad();
    Tensor y = x.map(Math::sqrt);
    assertThat(y.toDoubleArray()).containsExactly(1, 2);
    assertThat(y.requiresGrad()).isFalse();
    assertThat(Tensor.of(2f).map(Math::sqrt).toFloatArray()).containsExactly((float) Math.sqrt(2));
    assertThatThrownBy(() -> Tensor.indices(1).map(v -> v)).isInstanceOf(DTypeException.class);
  }

  @Test
  void whatATensorIs() {
    assertThat(matrix.rank()).isEqualTo(2);
    assertThat(matrix.size()).isEqualTo(6);
    assertThat(matrix.dtype()).isEqualTo(F64);
    assertThat(Tensor.scalar(1).rank()).isZero();
    assertThat(Tensor.scalar(1).size()).isEqualTo(1);
    Tensor twin = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(matrix).isNotEqualTo(twin).isEqualTo(matrix);
  }
}
