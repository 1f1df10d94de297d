package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

class ClassesTest {

  @Test
  void largestScoreWinsAndTheFirstOfEqualOnes() {
    Tensor scores = Tensor.of(new double[][] {{1, 3, 2}, {5, 5, 0}, {-3, -2, -1}});
    assertThat(Classes.ofScores(scores)).containsExactly(1, 0, 2);
  }

  @Test
  void probabilitiesAboveOneHalfAreClassOne() {
    assertThat(Classes.ofProbabilities(Tensor.of(0, 0.5, 0.6, 1))).containsExactly(0, 0, 1, 1);
    assertThat(Classes.ofProbabilities(Tensor.of(new float[][] {{0.7f}, {0.1f}})))
        .containsExactly(1, 0);
  }

  @Test
  void logitsAboveZeroAreClassOneAsTheirProbabilitiesAre() {
    Tensor z = Tensor.of(-2, 0, 1e-3, 5);
    assertThat(Classes.ofLogits(z)).containsExactly(0, 0, 1, 1);
    assertThat(Classes.ofProbabilities(z.sigmoid())).containsExactly(0, 0, 1, 1);
  }

  @Test
  void labelsAreReadAsIntegers() {
    assertThat(Classes.ofLabels(Tensor.of(new double[][] {{1}, {0}, {3}})))
        .containsExactly(1, 0, 3);
    assertThat(Classes.ofLabels(Tensor.indices(2, 1))).containsExactly(2, 1);
    assertThatThrownBy(() -> Classes.ofLabels(Tensor.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 has the label 0.5");
    assertThatThrownBy(() -> Classes.ofLabels(Tensor.of(-1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNumbersThatBelongToNoClass() {
    assertThatThrownBy(() -> Classes.ofScores(Tensor.of(new double[][] {{1, Double.NaN}})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Classes.ofLogits(Tensor.of(0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Classes.ofProbabilities(Tensor.of(0.5, 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has the probability 1.5")
        .hasMessageContaining("ofLogits");
  }

  @Test
  void refusesShapesWithoutOneRowPerCase() {
    assertThatThrownBy(() -> Classes.ofScores(Tensor.of(1.0, 2.0)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Classes.ofLogits(Tensor.of(new double[][] {{1, 2}})))
        .isInstanceOf(ShapeException.class)
        .hasMessage("classes: the logits are [1, 2]; they must be [rows] or [rows, 1]");
  }
}
