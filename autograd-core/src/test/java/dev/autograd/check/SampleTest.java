package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.check.Sample.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operands of one call, and the kinds they are told apart by. */
class SampleTest {

  private static final Tensor INDICES = Tensor.indices(1, 0);
  private static final Tensor MIDDLE = Tensor.of(1.0, 2);
  private static final Tensor LAST = Tensor.of(new float[] {3, 4, 5});
  private static final Sample MIXED = new Sample(List.of(INDICES, MIDDLE, LAST));

  private static Sample of(Shape... shapes) {
    return new Sample(
        Arrays.stream(shapes).map(s -> Tensor.zeros(DType.F64, s.toArray())).toList());
  }

  @Test
  void operandsOfFloatingTypeAreDifferentiated() {
    assertThat(MIXED.floating()).containsExactly(1, 2);
    assertThat(MIXED.given()).containsExactly(INDICES, MIDDLE, LAST);
    assertThat(MIXED.floats(MIXED.given())).containsExactly(MIDDLE, LAST);
    assertThat(MIXED.shape(2)).isEqualTo(Shape.of(3));
    assertThat(MIXED).hasToString("[2] x [2] x [3]");
  }

  @Test
  void constantsAndLeavesAreFreshAndOfOneType() {
    List<Tensor> constants = MIXED.constants(DType.F32);
    List<Tensor> leaves = MIXED.leaves(DType.F64);
    assertThat(constants)
        .extracting(Tensor::dtype)
        .containsExactly(DType.I32, DType.F32, DType.F32);
    assertThat(leaves).extracting(Tensor::dtype).containsExactly(DType.I32, DType.F64, DType.F64);
    assertThat(constants).extracting(Tensor::requiresGrad).containsOnly(false);
    assertThat(leaves).extracting(Tensor::requiresGrad).containsExactly(false, true, true);
    assertThat(leaves.get(0)).isSameAs(INDICES);
    assertThat(leaves.get(2).toDoubleArray()).containsExactly(3, 4, 5);
  }

  @Test
  void whoChangesTheNumbersChangesHisOwn() {
    List<Tensor> changed =
        MIXED.map(
            (k, x) -> {
              x[0] = 9;
              return Tensor.wrap(MIXED.shape(k), x);
            });
    assertThat(changed.get(1).toDoubleArray()).containsExactly(9, 2);
    assertThat(MIXED.constants(DType.F64).get(1).toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void floatingOperandsArePutIntoTheirPlaces() {
    Tensor a = Tensor.scalar(1);
    Tensor b = Tensor.scalar(2);
    assertThat(MIXED.filled(List.of(a, b))).containsExactly(INDICES, a, b);
  }

  @Test
  void theFirstKindThatFitsCounts() {
    assertThat(of(Shape.SCALAR, Shape.of(2, 0)).kind(true)).isEqualTo(Kind.EMPTY);
    assertThat(of(Shape.of(2), Shape.SCALAR).kind(true)).isEqualTo(Kind.SCALAR);
    assertThat(of(Shape.of(2, 1), Shape.of(2)).kind(true)).isEqualTo(Kind.BROADCAST);
    assertThat(of(Shape.of(2, 1), Shape.of(2)).kind(false)).isEqualTo(Kind.SIZE_ONE);
    assertThat(of(Shape.of(2, 1), Shape.of(2, 1)).kind(true)).isEqualTo(Kind.SIZE_ONE);
    assertThat(of(Shape.of(2, 3), Shape.of(3, 2)).kind(false)).isEqualTo(Kind.ORDINARY);
    assertThat(of(Shape.of(2, 3)).kind(true)).isEqualTo(Kind.ORDINARY);
  }

  @Test
  void shapesDifferIfThoseOfFloatingOperandsDo() {
    assertThat(MIXED.differsInShape()).isTrue();
    assertThat(of(Shape.of(2), Shape.of(2)).differsInShape()).isFalse();
    assertThat(new Sample(List.of(INDICES, LAST)).differsInShape()).isFalse();
  }
}
