package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {

  @Test
  void isTheShareOfEqualClasses() {
    assertThat(Accuracy.of(new int[] {0, 1, 2, 2}, new int[] {0, 1, 2, 1})).isEqualTo(0.75);
    assertThat(Accuracy.of(new int[] {1}, new int[] {0})).isZero();
  }

  @Test
  void takesWhatModelsReturn() {
    Tensor scores = Tensor.of(new double[][] {{1, 3}, {5, 0}});
    assertThat(Accuracy.ofScores(scores, new int[] {1, 1})).isEqualTo(0.5);
    Tensor labels = Tensor.of(new double[][] {{1}, {0}, {0}, {1}});
    Tensor z = Tensor.of(new double[][] {{2}, {-1}, {3}, {4}});
    assertThat(Accuracy.ofLogits(z, labels)).isEqualTo(0.75);
    assertThat(Accuracy.ofProbabilities(z.sigmoid(), labels)).isEqualTo(0.75);
  }

  @Test
  void refusesOtherNumbersOfRows() {
    assertThatThrownBy(() -> Accuracy.of(new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("accuracy: 2 predictions for 3 rows; give one per row, and at least one");
    assertThatThrownBy(() -> Accuracy.of(new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
