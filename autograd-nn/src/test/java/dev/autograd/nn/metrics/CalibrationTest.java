package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Golden values by scikit-learn 1.9.1; the calibration errors from its {@code calibration_curve}.
 */
class CalibrationTest {

  private static final Tensor PROBABILITIES =
      Tensor.of(new double[][] {{.7, .2, .1}, {.1, .3, .6}, {.3, .4, .3}, {.5, .25, .25}});

  private static final Tensor CLASSES = Tensor.indices(0, 2, 1, 2);

  @Test
  void isThatOfScikitLearn() {
    Calibration calibration = Calibration.of(10).plus(Sample.SCORES, Sample.LABELS);
    assertThat(calibration.count()).isEqualTo(200);
    assertThat(calibration.value()).isCloseTo(0.265, within(1e-15));
    assertThat(calibration.maximumError()).isCloseTo(0.7209090909090909, within(1e-15));
    List<Calibration.Bin> bins = calibration.bins();
    assertThat(bins)
        .extracting(Calibration.Bin::rows)
        .containsExactly(25L, 22L, 13L, 19L, 20L, 25L, 22L, 15L, 22L, 17L);
    assertThat(bins.get(2).frequency()).isCloseTo(0.38461538461538464, within(1e-15));
    assertThat(bins.get(2).confidence()).isCloseTo(0.256923076923077, within(1e-15));
    assertThat(bins.get(9).to()).isEqualTo(1);
  }

  @Test
  void severalClassesAreJudgedByTheMostProbable() {
    // Confidences 0.7, 0.6, 0.4 and 0.5; the first three are right.
    Calibration one = Calibration.of(1).plus(PROBABILITIES, CLASSES);
    assertThat(one.value()).isCloseTo(0.75 - 0.55, within(1e-15));
    Calibration two = Calibration.of(2).plus(PROBABILITIES, CLASSES);
    // In (0.5, 1]: two rows, both right, 0.65; in [0, 0.5]: 0.45, one of two right.
    assertThat(two.value()).isCloseTo((0.35 + 0.05) / 2, within(1e-15));
    assertThat(two.maximumError()).isCloseTo(0.35, within(1e-15));
  }

  @Test
  void aBorderBelongsToTheBinBelow() {
    for (int bins = 1; bins <= 100; bins++) {
      Calibration borders = Calibration.of(bins).plus(Tensor.of(0.0), Tensor.of(0.0));
      for (int b = 1; b <= bins; b++) {
        double border = (double) b / bins;
        borders = borders.plus(Tensor.of(border), Tensor.of(0.0));
        if (b < bins) {
          borders = borders.plus(Tensor.of(Math.nextUp(border)), Tensor.of(0.0));
        }
      }
      assertThat(borders.bins()).allMatch(bin -> bin.rows() == 2);
    }
  }

  @Test
  void printsTheBinsThatHaveRows() {
    Calibration calibration = Calibration.of(4).plus(Tensor.of(0, 0.25, 0.9), Tensor.of(0.0, 1, 1));
    assertThat(calibration.toString().lines())
        .containsExactly(
            "probability       rows  confidence  frequency",
            "[0.000, 0.250]       2      0.1250     0.5000",
            "(0.750, 1.000]       1      0.9000     1.0000");
    assertThat(calibration.bins().get(1).frequency()).isNaN();
    assertThat(calibration.bins().get(1).confidence()).isNaN();
  }

  @Test
  void brierIsThatOfScikitLearn() {
    assertThat(Brier.NONE.plus(Sample.SCORES, Sample.LABELS).value())
        .isCloseTo(0.30657199999999996, within(1e-15));
    assertThat(Brier.NONE.plus(PROBABILITIES, CLASSES).value()).isCloseTo(0.45375, within(1e-15));
    assertThat(Brier.NONE.plus(Sample.SCORES.unsqueeze(1), Sample.LABELS).value())
        .isEqualTo(Brier.NONE.plus(Sample.SCORES, Sample.LABELS).value());
    assertThat(Brier.NONE.plus(Tensor.of(0.5), Tensor.of(1.0))).hasToString("Brier(0.25 of 1)");
  }

  @Test
  void nothingHasNoValue() {
    assertThat(Calibration.of(3).value()).isNaN();
    assertThat(Calibration.of(3).maximumError()).isNaN();
    assertThat(Brier.NONE.value()).isNaN();
  }

  @Test
  void refusesWhatIsNoProbability() {
    Calibration ten = Calibration.of(10);
    assertThatThrownBy(() -> Calibration.of(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ten.plus(Calibration.of(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration: one part has 10 bins and the other 9; gather with the same");
    assertThatThrownBy(() -> ten.plus(Tensor.of(0.5, 1.5), Tensor.of(0.0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration: row 1 has the probability 1.5; apply sigmoid()");
    Tensor logits = Tensor.of(new double[][] {{0, 1}, {2, -1}});
    assertThatThrownBy(() -> ten.plus(logits, Tensor.indices(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration: row 1 has the probability 2.0; apply softmax(1)");
    assertThatThrownBy(() -> Brier.NONE.plus(Tensor.of(Double.NaN), Tensor.of(0.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Brier.NONE.plus(Tensor.of(0.5), Tensor.of(2.0)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Brier: the true class of row 0 is 2; there are classes 0 to 1");
    assertThatThrownBy(() -> Brier.NONE.plus(PROBABILITIES, Tensor.indices(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Brier.NONE.plus(Tensor.scalar(0.5), Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class);
  }
}
