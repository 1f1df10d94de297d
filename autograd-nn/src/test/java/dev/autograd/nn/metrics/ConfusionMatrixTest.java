package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  private static final int[] PREDICTED = {0, 0, 1, 1, 1, 0};
  private static final int[] ACTUAL = {0, 0, 1, 0, 1, 1};

  private final ConfusionMatrix matrix = ConfusionMatrix.of(2, PREDICTED, ACTUAL);

  @Test
  void rowsAreTrueAndColumnsPredicted() {
    ConfusionMatrix skewed = ConfusionMatrix.of(2, new int[] {1, 1, 0}, new int[] {0, 0, 0});
    assertThat(skewed.count(0, 1)).isEqualTo(2);
    assertThat(skewed.count(1, 0)).isZero();
    assertThat(skewed.count(0, 0)).isEqualTo(1);
    assertThat(skewed.total()).isEqualTo(3);
    assertThat(skewed.classes()).isEqualTo(2);
  }

  @Test
  void ratesFollowFromTheCounts() {
    ConfusionMatrix skewed =
        ConfusionMatrix.of(2, new int[] {1, 1, 0, 1, 0}, new int[] {0, 1, 0, 1, 1});
    assertThat(skewed.accuracy()).isEqualTo(3.0 / 5);
    assertThat(skewed.precision(1)).isEqualTo(2.0 / 3);
    assertThat(skewed.recall(1)).isEqualTo(2.0 / 3);
    assertThat(skewed.precision(0)).isEqualTo(1.0 / 2);
    assertThat(skewed.recall(0)).isEqualTo(1.0 / 2);
    assertThat(skewed.f1(1)).isEqualTo(2.0 / 3);
    assertThat(matrix.accuracy()).isEqualTo(Accuracy.of(PREDICTED, ACTUAL));
  }

  @Test
  void precisionAndRecallAreNotConfused() {
    ConfusionMatrix skewed = ConfusionMatrix.of(2, new int[] {1, 1, 1, 0}, new int[] {1, 0, 0, 0});
    assertThat(skewed.precision(1)).isEqualTo(1.0 / 3);
    assertThat(skewed.recall(1)).isEqualTo(1);
    assertThat(skewed.f1(1)).isEqualTo(0.5);
  }

  @Test
  void ratesOfNothingAreUndefined() {
    ConfusionMatrix absent = ConfusionMatrix.of(3, new int[] {0}, new int[] {0});
    assertThat(absent.precision(2)).isNaN();
    assertThat(absent.recall(2)).isNaN();
    assertThat(absent.f1(2)).isNaN();
    assertThat(ConfusionMatrix.of(2, new int[0], new int[0]).accuracy()).isNaN();
  }

  @Test
  void printsAnAlignedTable() {
    ConfusionMatrix named = ConfusionMatrix.of(List.of("benign", "malignant"), PREDICTED, ACTUAL);
    assertThat(named.toString().lines())
        .containsExactly(
            "actual \\ predicted  benign  malignant",
            "benign                   2          1",
            "malignant                1          2");
    ConfusionMatrix wide = ConfusionMatrix.of(2, new int[12], new int[12]);
    assertThat(wide.toString().lines())
        .containsExactly(
            "actual \\ predicted   0  1", "0                   12  0", "1                    0  0");
  }

  @Test
  void refusesWhatItCannotCount() {
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[1], new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 predictions for 2 rows");
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {2}, new int[] {0}))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "confusion matrix: the predicted class of row 0 is 2; there are classes 0 to 1");
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new int[] {0}, new int[] {-1}))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("true class");
  }
}
