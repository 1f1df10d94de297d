package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Losses;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Golden values by scikit-learn 1.9.1; the first four rows are the example of its documentation.
 */
class RegressionMetricsTest {

  private static final Tensor ACTUAL = Tensor.of(3, -0.5, 2, 7);
  private static final Tensor PREDICTED = Tensor.of(2.5, 0.0, 2, 8);

  private static final double FAR = 1e9;
  private static final Tensor FAR_ACTUAL = Tensor.of(FAR + 1, FAR + 2, FAR + 4, FAR + 7, FAR + 11);
  private static final Tensor FAR_PREDICTED =
      Tensor.of(FAR + 1.5, FAR + 2, FAR + 3, FAR + 8, FAR + 10.25);

  @Test
  void areThoseOfScikitLearn() {
    assertThat(Mae.NONE.plus(PREDICTED, ACTUAL).value()).isEqualTo(0.5);
    assertThat(Rmse.NONE.plus(PREDICTED, ACTUAL).value()).isEqualTo(0.6123724356957945);
    assertThat(Rmse.NONE.plus(PREDICTED, ACTUAL).mse()).isEqualTo(0.375);
    assertThat(R2.NONE.plus(PREDICTED, ACTUAL).value())
        .isCloseTo(0.9486081370449679, within(1e-15));
  }

  @Test
  void areExactFarFromZero() {
    assertThat(Mae.NONE.plus(FAR_PREDICTED, FAR_ACTUAL).value()).isEqualTo(0.65);
    assertThat(Rmse.NONE.plus(FAR_PREDICTED, FAR_ACTUAL).value()).isEqualTo(0.75);
    assertThat(R2.NONE.plus(FAR_PREDICTED, FAR_ACTUAL).value())
        .isCloseTo(0.9573863636363636, within(1e-15));
  }

  @Test
  void smallErrorsAreNotLostBesideALargeOne() {
    // 2^53 takes nothing of 1 in plain addition.
    Mae large = Mae.NONE.plus(Tensor.of(0x1p53), Tensor.of(0.0));
    for (int i = 0; i < 1024; i++) {
      large = large.plus(Tensor.of(1.0), Tensor.of(0.0));
    }
    assertThat(large.value()).isEqualTo((0x1p53 + 1024) / 1025);
  }

  @Test
  void tooLargeIsInfinite() {
    Rmse rmse = Rmse.NONE.plus(Tensor.of(1e200, 1), Tensor.of(0.0, 0.0));
    assertThat(rmse.value()).isInfinite();
  }

  @Test
  void numbersOfAnyShapeAreJudgedOneByOne() {
    Tensor p = PREDICTED.reshape(2, 2);
    Tensor t = ACTUAL.reshape(2, 2);
    assertThat(Mae.NONE.plus(p, t).value()).isEqualTo(0.5);
    assertThat(Mae.NONE.plus(p, t).count()).isEqualTo(4);
    assertThat(Rmse.NONE.plus(p, t).count()).isEqualTo(4);
    Tensor column = PREDICTED.reshape(4, 1);
    assertThat(R2.NONE.plus(column, ACTUAL.reshape(4, 1)).count()).isEqualTo(4);
  }

  @Test
  void explainingNothingIsUndefined() {
    // Three times 0.1 has a mean that is not exactly 0.1 if it is added up.
    Tensor constant = Tensor.of(0.1, 0.1, 0.1);
    assertThat(R2.NONE.plus(constant, constant).value()).isNaN();
    assertThat(R2.NONE.plus(Tensor.of(1.0), Tensor.of(2.0)).value()).isNaN();
    R2 parts = R2.NONE.plus(constant, constant).plus(R2.NONE.plus(constant, constant));
    assertThat(parts.value()).isNaN();
    assertThat(R2.NONE.value()).isNaN();
    assertThat(Mae.NONE.value()).isNaN();
    assertThat(Rmse.NONE.value()).isNaN();
    assertThat(MeanLoss.of(Losses::mse).value()).isNaN();
  }

  @Test
  void worseThanTheMeanIsBelowZero() {
    assertThat(R2.NONE.plus(Tensor.of(2, 1), Tensor.of(1, 2)).value()).isEqualTo(-3);
    assertThat(R2.NONE.plus(Tensor.of(1.5, 1.5), Tensor.of(1, 2)).value()).isZero();
  }

  @Test
  void aMeanLossIsWeightedByRows() {
    MeanLoss loss =
        MeanLoss.of(Losses::mse)
            .plus(Tensor.of(1.0), Tensor.of(0.0))
            .plus(Tensor.of(2.0, 2, 2), Tensor.of(0.0, 0, 0));
    assertThat(loss.value()).isEqualTo(13.0 / 4);
    assertThat(loss).hasToString("MeanLoss(3.25 of 4)");
  }

  @Test
  void printTheirValue() {
    assertThat(Mae.NONE.plus(PREDICTED, ACTUAL)).hasToString("Mae(0.5 of 4)");
    assertThat(Rmse.NONE.plus(FAR_PREDICTED, FAR_ACTUAL)).hasToString("Rmse(0.75 of 5)");
    assertThat(R2.NONE.plus(Tensor.of(2, 1), Tensor.of(1, 2))).hasToString("R2(-3.0 of 2)");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Mae.NONE.plus(PREDICTED.reshape(4, 1), ACTUAL))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "MAE: the predictions are [4, 1] and the targets [4]; the shapes must be equal");
    Tensor square = ACTUAL.reshape(2, 2);
    assertThatThrownBy(() -> R2.NONE.plus(square, square)).isInstanceOf(ShapeException.class);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Rmse.NONE.plus(Tensor.of(0, bad), Tensor.of(0.0, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("RMSE: number 1 is predicted as " + bad + " and is 1.0");
      assertThatThrownBy(() -> R2.NONE.plus(Tensor.of(0.0, 1), Tensor.of(0, bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
