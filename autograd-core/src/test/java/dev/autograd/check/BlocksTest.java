package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import org.junit.jupiter.api.Test;

/** How tensors are held against each other, and what is told of the first difference. */
class BlocksTest {

  private static final Tensor GIVEN = Tensor.of(new double[][] {{1, 2}, {3, Double.NaN}});

  private static Tensor with(double last) {
    return Tensor.of(new double[][] {{1, 2}, {last, Double.NaN}});
  }

  @Test
  void sameMeansTheSameBitsButForTheSignOfZero() {
    Blocks.requireSame("output", GIVEN, with(3), "twice");
    Blocks.requireSame("output", Tensor.of(0.0, 1), Tensor.of(-0.0, 1), "twice");
    Blocks.requireSame("output", Tensor.of(-0.0, 1), Tensor.of(0.0, 1), "twice");
    assertThatThrownBy(() -> Blocks.requireSame("output", GIVEN, with(Math.nextUp(3.0)), "twice"))
        .isInstanceOf(Broken.class)
        .hasMessage("output [1, 0] is 3.0, but 3.0000000000000004 twice");
  }

  @Test
  void closeMeansWithinTheBoundItselfIncluded() {
    assertThatCode(() -> Blocks.requireClose("output", GIVEN, with(3.5), 0.5, "here"))
        .doesNotThrowAnyException();
    assertThatCode(() -> Blocks.requireClose("output", GIVEN, with(2.5), 0.5, "here"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Blocks.requireClose("output", GIVEN, with(4), 0.5, "here"))
        .isInstanceOf(Broken.class)
        .hasMessage("output [1, 0] is 3.0, but 4.0 here; 0.5 is allowed between them");
    assertThatThrownBy(() -> Blocks.requireClose("output", GIVEN, with(Double.NaN), 0.5, "here"))
        .hasMessage("output [1, 0] is 3.0, but NaN here; 0.5 is allowed between them");
    Tensor infinite = Tensor.of(Double.POSITIVE_INFINITY, 0);
    assertThatCode(() -> Blocks.requireClose("output", infinite, infinite, 0, "here"))
        .doesNotThrowAnyException();
  }

  @Test
  void shapesAreEqual() {
    Tensor row = Tensor.of(1.0, 2);
    Tensor matrix = row.unsqueeze(0);
    assertThatThrownBy(() -> Blocks.requireSame("output", row, matrix, "twice"))
        .hasMessage("output has shape [2], but [1, 2] twice");
    assertThatThrownBy(() -> Blocks.requireClose("output", matrix, row, 9, "here"))
        .hasMessage("output has shape [1, 2], but [2] here");
  }

  @Test
  void magnitudeIsThatOfFiniteNumbers() {
    assertThat(Blocks.magnitude(Tensor.of(1.0, -4, 2))).isEqualTo(4);
    assertThat(Blocks.magnitude(Tensor.of(1, Double.NaN, Double.NEGATIVE_INFINITY))).isEqualTo(1);
    assertThat(Blocks.magnitude(Tensor.zeros(DType.F64, 0))).isEqualTo(Double.MIN_NORMAL);
  }
}
