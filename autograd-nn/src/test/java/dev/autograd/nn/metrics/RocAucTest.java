package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RocAucTest {

  private static double auc(double[] scores, double... labels) {
    return RocAuc.NONE.plus(Tensor.of(scores), Tensor.of(labels)).value();
  }

  @Test
  void isThatOfScikitLearn() {
    double[] scores = {0.9, 0.4, 0.4, 0.8, 0.35, 0.1, 0.4, 0.8, 0.7, 0.2};
    // 20.5 of 25 pairs.
    assertThat(auc(scores, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0)).isEqualTo(0.82);
    assertThat(RocAuc.NONE.plus(Sample.SCORES, Sample.LABELS).value())
        .isCloseTo(0.5597426470588236, within(1e-15));
    assertThat(RocAuc.NONE.plus(Sample.SCORES, Sample.LABELS))
        .hasToString("RocAuc(0.5597, 64 ones, 136 zeros)");
  }

  @Property(tries = 300)
  void isTheShareOfPairsInTheRightOrder(@ForAll @Size(min = 2, max = 60) byte[] rows) {
    double[] scores = new double[rows.length];
    double[] labels = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      // Few scores, so that many are equal.
      scores[i] = (rows[i] >> 1) % 5;
      labels[i] = rows[i] & 1;
    }
    double wins = 0;
    double pairs = 0;
    for (int one = 0; one < rows.length; one++) {
      for (int zero = 0; zero < rows.length; zero++) {
        if (labels[one] == 1 && labels[zero] == 0) {
          pairs++;
          wins += scores[one] > scores[zero] ? 1 : scores[one] == scores[zero] ? 0.5 : 0;
        }
      }
    }
    // An object: NaN, without pairs, is then equal to itself.
    assertThat(auc(scores, labels)).isEqualTo(Double.valueOf(wins / pairs));
  }

  @Test
  void ordersAtTheBorders() {
    assertThat(auc(new double[] {1, 2, 3, 4}, 0, 0, 1, 1)).isEqualTo(1);
    assertThat(auc(new double[] {1, 2, 3, 4}, 1, 1, 0, 0)).isZero();
    assertThat(auc(new double[] {5, 5, 5}, 1, 0, 0)).isEqualTo(0.5);
    // 0 and -0 are equal, infinities are in order.
    assertThat(auc(new double[] {0.0, -0.0}, 0, 1)).isEqualTo(0.5);
    assertThat(auc(new double[] {-0.0, 0.0}, 0, 1)).isEqualTo(0.5);
    assertThat(auc(new double[] {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY}, 0, 0, 1))
        .isEqualTo(1);
  }

  @Test
  void ofOneClassAloneIsUndefined() {
    assertThat(auc(new double[] {1, 2}, 1, 1)).isNaN();
    assertThat(auc(new double[] {1, 2}, 0, 0)).isNaN();
    assertThat(RocAuc.NONE.value()).isNaN();
  }

  @Test
  void refusesWhatHasNoOrder() {
    assertThatThrownBy(() -> auc(new double[] {1, Double.NaN}, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ROC AUC: value 1 is NaN");
    assertThatThrownBy(() -> auc(new double[] {1, 2}, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ROC AUC: row 1 has the class 2; it must be 0 or 1");
    assertThatThrownBy(() -> auc(new double[] {1, 2}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ROC AUC: 2 predictions for 1 rows; give one per row");
    Tensor scores = Tensor.of(new double[][] {{1, 2}});
    assertThatThrownBy(() -> RocAuc.NONE.plus(scores, Tensor.indices(1)))
        .isInstanceOf(ShapeException.class);
  }
}
