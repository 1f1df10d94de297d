package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Axes;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Broadcasting, empty and 0-d tensors, and shapes to refuse: one test per numbered scenario. */
class ScenarioShapesTest {

  @Test
  void scenario32BroadcastingAtEveryPosition() {
    int[] full = {2, 3, 4};
    for (int mask = 0; mask < 8; mask++) {
      int[] dims = full.clone();
      int repeats = 1;
      for (int axis = 0; axis < 3; axis++) {
        if ((mask >> axis & 1) == 1) {
          repeats *= dims[axis];
          dims[axis] = 1;
        }
      }
      Tensor a = Tensor.ones(F64, full).withGrad();
      Tensor b = Tensor.full(F64, 2, dims).withGrad();
      a.mul(b).sum().backward();
      assertThat(a.grad().shape()).isEqualTo(a.shape());
      assertThat(b.grad().shape()).isEqualTo(b.shape());
      assertThat(a.grad().toDoubleArray()).containsOnly(2);
      assertThat(b.grad().toDoubleArray()).containsOnly(repeats);
    }

    Tensor column = Tensor.ones(F64, 3, 1).withGrad();
    Tensor row = Tensor.ones(F64, 1, 4).withGrad();
    column.sub(row).sum().backward();
    assertThat(column.grad().toDoubleArray()).containsExactly(4, 4, 4);
    assertThat(row.grad().toDoubleArray()).containsExactly(-3, -3, -3, -3);

    Tensor vector = Tensor.ones(F64, 4).withGrad();
    Tensor.ones(F64, 5, 1, 4).mul(vector).sum().backward();
    assertThat(vector.grad().toDoubleArray()).containsExactly(5, 5, 5, 5);

    Tensor empty = Tensor.zeros(F64, 4, 0).withGrad();
    Tensor narrow = Tensor.ones(F64, 4, 1).withGrad();
    Tensor sum = empty.add(narrow);
    assertThat(sum.shape()).isEqualTo(Shape.of(4, 0));
    sum.sum().backward();
    assertThat(narrow.grad().shape()).isEqualTo(Shape.of(4, 1));
    assertThat(narrow.grad().toDoubleArray()).containsExactly(0, 0, 0, 0);
    assertThat(empty.grad().shape()).isEqualTo(Shape.of(4, 0));
  }

  @Test
  void scenario32EverythingOn0d() {
    List<BinaryOperator<Tensor>> binary =
        List.of(
            Tensor::add,
            Tensor::sub,
            Tensor::mul,
            Tensor::div,
            Tensor::pow,
            Tensor::maximum,
            Tensor::minimum);
    for (BinaryOperator<Tensor> f : binary) {
      Tensor a = Tensor.scalar(2).withGrad();
      Tensor b = Tensor.scalar(3).withGrad();
      f.apply(a, b).backward();
      assertThat(a.grad().shape()).isEqualTo(Shape.SCALAR);
      assertThat(b.grad().shape()).isEqualTo(Shape.SCALAR);
    }
    Tensor x = Tensor.scalar(2).withGrad();
    List<Tensor> unchanged =
        List.of(
            x.sum(),
            x.mean(),
            x.max(),
            x.min(),
            x.prod(),
            x.sum(0),
            x.mean(-1),
            x.sum(Axes.all().keep()),
            x.reshape(),
            x.squeeze(),
            x.slice(),
            x.broadcastTo());
    for (Tensor y : unchanged) {
      assertThat(y.shape()).isEqualTo(Shape.SCALAR);
      assertThat(y.item()).isEqualTo(2);
      if (y == x) {
        continue;
      }
      assertThat(Autograd.grad(y, x).item()).isEqualTo(1);
    }
    assertThat(x.softmax(0).item()).isEqualTo(1);
    assertThat(x.logSoftmax(-1).item()).isZero();
    assertThat(x.logSumExp().item()).isEqualTo(2);
    assertThat(Autograd.grad(x.softmax(0), x).item()).isZero();
  }

  @Test
  void scenario33ReductionsOfNothing() {
    Tensor empty = Tensor.zeros(F64, 0).withGrad();
    assertThat(empty.sum().item()).isZero();
    assertThat(empty.prod().item()).isEqualTo(1);
    assertThat(empty.mean().item()).isNaN();
    assertThat(empty.logSumExp().item()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThatThrownBy(empty::max)
        .isInstanceOf(ShapeException.class)
        .hasMessage("max: shape [0] has no element along axes all; there is no max of nothing");
    assertThatThrownBy(() -> Tensor.zeros(F64, 2, 0).min(1)).isInstanceOf(ShapeException.class);
    assertThat(Tensor.zeros(F64, 0, 3).max(1).shape()).isEqualTo(Shape.of(0));

    for (Tensor y : List.of(empty.sum(), empty.prod(), empty.mean(), empty.logSumExp())) {
      assertThat(Autograd.grad(y, empty).shape()).isEqualTo(Shape.of(0));
    }

    Tensor a = Tensor.zeros(F64, 2, 0).withGrad();
    Tensor b = Tensor.zeros(F64, 0, 3).withGrad();
    Tensor product = a.matmul(b);
    assertThat(product.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(product.toDoubleArray()).containsOnly(0).hasSize(6);
    product.sum().backward();
    assertThat(a.grad().shape()).isEqualTo(Shape.of(2, 0));
    assertThat(b.grad().shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void scenario34LossesRefuseVectorsAgainstColumns() {
    Tensor vector = Tensor.of(0.1, 0.2, 0.3);
    Tensor column = vector.reshape(3, 1);
    List<BinaryOperator<Tensor>> losses =
        List.of(
            (p, t) -> Losses.mse(p, t),
            (p, t) -> Losses.bce(p, t),
            (p, t) -> Losses.bceWithLogits(p, t));
    for (BinaryOperator<Tensor> loss : losses) {
      assertThatThrownBy(() -> loss.apply(vector, column))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("the prediction is [3] and the target is [3, 1]");
      assertThatThrownBy(() -> loss.apply(column, vector)).isInstanceOf(ShapeException.class);
    }
    Tensor logits = Tensor.zeros(F64, 3, 2);
    assertThatThrownBy(() -> Losses.crossEntropy(logits, Tensor.zeros(F64, 3)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Losses.crossEntropy(logits, Tensor.indices(0, 1, 0).reshape(3, 1)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void scenario35MoreElementsThanAnArrayHolds() {
    String limit = "has more than 2147483647 elements";
    assertThatThrownBy(() -> Shape.of(65536, 32768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shape [65536, 32768] has more than 2147483647 elements, the most that one Java array"
                + " holds; split the data");
    assertThatThrownBy(() -> Shape.of(2_000_000_000, 2_000_000_000, 2_000_000_000, 4))
        .hasMessageContaining(limit);
    assertThatThrownBy(() -> Tensor.zeros(F32, 65536, 65536)).hasMessageContaining(limit);
    Tensor column = Tensor.zeros(F32, 65536, 1);
    assertThatThrownBy(() -> column.add(column.reshape(1, 65536))).hasMessageContaining(limit);
    assertThatThrownBy(() -> column.matmul(column.reshape(1, 65536))).hasMessageContaining(limit);
    assertThatThrownBy(() -> column.broadcastTo(65536, 65536)).hasMessageContaining(limit);
    assertThat(Shape.of(0, 2_000_000_000, 2_000_000_000).size()).isZero();
    assertThatThrownBy(() -> Shape.of(3, -1)).hasMessageContaining("negative size -1");
  }
}
