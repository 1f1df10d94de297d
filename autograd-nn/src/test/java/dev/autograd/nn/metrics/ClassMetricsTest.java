package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

/** Accuracy, top k and averages over classes; golden values by scikit-learn 1.9.1. */
class ClassMetricsTest {

  private static final double ROUNDING = 1e-15;

  /** With one class per row, all three are the accuracy. */
  private static final double MICRO = 0.5714285714285714;

  /** Class 3 is never predicted, and class 4 never occurs. */
  private static final int[] ACTUAL = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 0, 1, 0};

  private static final int[] PREDICTED = {0, 0, 1, 2, 0, 1, 2, 1, 2, 2, 0, 4, 1, 2};

  @Test
  void averagesAreThoseOfScikitLearn() {
    // A class more, which neither occurs nor is predicted, changes nothing.
    for (int classes : new int[] {5, 6}) {
      ConfusionMatrix matrix = ConfusionMatrix.of(classes, PREDICTED, ACTUAL);
      assertThat(matrix.precision(Average.MACRO)).isCloseTo(0.38, within(ROUNDING));
      assertThat(matrix.recall(Average.MACRO)).isCloseTo(0.4357142857142858, within(ROUNDING));
      assertThat(matrix.f1(Average.MACRO)).isCloseTo(0.37337662337662336, within(ROUNDING));
      assertThat(matrix.precision(Average.MICRO)).isCloseTo(MICRO, within(ROUNDING));
      assertThat(matrix.recall(Average.MICRO)).isCloseTo(MICRO, within(ROUNDING));
      assertThat(matrix.f1(Average.MICRO)).isCloseTo(MICRO, within(ROUNDING));
      assertThat(matrix.precision(Average.WEIGHTED))
          .isCloseTo(0.6464285714285715, within(ROUNDING));
      assertThat(matrix.recall(Average.WEIGHTED)).isCloseTo(0.5714285714285714, within(ROUNDING));
      assertThat(matrix.f1(Average.WEIGHTED)).isCloseTo(0.5686456400742115, within(ROUNDING));
    }
  }

  @Test
  void ratesOfOneClassAreThoseOfScikitLearn() {
    Tensor logits = Tensor.of(1, 2, 3, -1, -2, -3, 4, 5, 6, -4.0);
    Tensor targets = Tensor.of(1, 0, 1, 1, 0, 0, 1, 0, 1, 0);
    ConfusionMetric precision = ConfusionMetric.of(2, Classes::ofLogits, m -> m.precision(1));
    ConfusionMetric recall = ConfusionMetric.of(2, Classes::ofLogits, m -> m.recall(1));
    ConfusionMetric f1 = ConfusionMetric.of(2, Classes::ofLogits, m -> m.f1(1));
    assertThat(precision.plus(logits, targets).value()).isEqualTo(0.6666666666666666);
    assertThat(recall.plus(logits, targets).value()).isEqualTo(0.8);
    assertThat(f1.plus(logits, targets).value()).isEqualTo(0.7272727272727273);
    assertThat(f1.plus(logits, targets).count()).isEqualTo(10);
    assertThat(recall.plus(logits, targets)).hasToString("ConfusionMetric(0.8 of 10)");
    assertThat(f1.plus(logits, targets).matrix().count(0, 1)).isEqualTo(2);
  }

  @Test
  void nothingHasNoValue() {
    ConfusionMatrix none = ConfusionMatrix.of(2, new int[0], new int[0]);
    for (Average average : Average.values()) {
      assertThat(none.precision(average)).isNaN();
      assertThat(none.recall(average)).isNaN();
      assertThat(none.f1(average)).isNaN();
    }
    assertThat(Accuracy.of(Classes::ofScores).value()).isNaN();
    assertThat(TopK.of(2).value()).isNaN();
  }

  private static final Tensor SCORES =
      Tensor.of(
          new double[][] {{.7, .2, .1}, {.1, .35, .55}, {.3, .45, .25}, {.5, .3, .2}, {1, 1, 1}});

  private static final Tensor CLASSES = Tensor.indices(0, 2, 1, 2, 1);

  @Test
  void topOneIsAccuracyAlsoWithTies() {
    Accuracy accuracy = Accuracy.of(Classes::ofScores).plus(SCORES, CLASSES);
    assertThat(accuracy.value()).isEqualTo(0.6);
    assertThat(accuracy.count()).isEqualTo(5);
    assertThat(accuracy).hasToString("Accuracy(3 of 5)");
    assertThat(TopK.of(1).plus(SCORES, CLASSES).value()).isEqualTo(0.6);
  }

  @Test
  void topKCountsTheTrueClassAmongTheBest() {
    // Without the row of ties scikit-learn has 0.75.
    assertThat(TopK.of(2).plus(SCORES.slice(0, 0, 4), CLASSES.slice(0, 0, 4)).value())
        .isEqualTo(0.75);
    // Of equal scores the lower class comes first: class 1 is second of three, class 2 is not.
    Tensor equal = Tensor.of(new double[][] {{1, 1, 1}});
    assertThat(TopK.of(2).plus(equal, Tensor.indices(1)).value()).isEqualTo(1);
    assertThat(TopK.of(2).plus(equal, Tensor.indices(2)).value()).isZero();
    TopK three = TopK.of(3).plus(SCORES, CLASSES);
    assertThat(three.value()).isEqualTo(1);
    assertThat(three).hasToString("TopK(3: 5 of 5)");
    assertThat(three.count()).isEqualTo(5);
  }

  @Test
  void partsMustBeOfOneKind() {
    TopK two = TopK.of(2);
    assertThatThrownBy(() -> two.plus(TopK.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("top k: one part has k = 2 and the other 3; gather with one k");
    ConfusionMatrix matrix = ConfusionMatrix.of(2, PREDICTED_ONE, PREDICTED_ONE);
    assertThatThrownBy(() -> matrix.plus(ConfusionMatrix.of(3, PREDICTED_ONE, PREDICTED_ONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 1] and the other [0, 1, 2]");
  }

  private static final int[] PREDICTED_ONE = {1};

  @Test
  void refusesWhatIsNoPrediction() {
    TopK two = TopK.of(2);
    Accuracy accuracy = Accuracy.of(Classes::ofScores);
    assertThatThrownBy(() -> TopK.of(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TopK.of(4).plus(SCORES, CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k is 4 and there are scores of 3 classes");
    assertThatThrownBy(() -> two.plus(Tensor.of(1, 2), Tensor.indices(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[rows, classes]");
    assertThatThrownBy(() -> two.plus(SCORES, Tensor.indices(0, 1, 2, 3, 0)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("top k: the true class of row 3 is 3; there are classes 0 to 2");
    assertThatThrownBy(() -> two.plus(SCORES, Tensor.indices(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("top k: 5 predictions for 1 rows; give one per row");
    assertThatThrownBy(() -> accuracy.plus(SCORES, Tensor.indices(0)))
        .isInstanceOf(IllegalArgumentException.class);
    Tensor diverged = Tensor.of(new double[][] {{0, Double.NaN}});
    assertThatThrownBy(() -> two.plus(diverged, Tensor.indices(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
