package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

  private static final double[] GRADIENTS = {2, -1, 0.5, 0.1};

  private final Parameter p = Parameter.of("p", Tensor.of(1.0));

  private double[] run(Adam adam) {
    Optimizer optimizer = adam.over(List.of(p));
    double[] values = new double[GRADIENTS.length];
    for (int i = 0; i < values.length; i++) {
      double g = GRADIENTS[i];
      optimizer.minimize(() -> p.mul(g).sum());
      values[i] = p.item();
    }
    return values;
  }

  /** The rule, written once more in plain numbers. */
  private static double[] expected(
      double rate, double b1, double b2, double eps, double decay, boolean amsgrad) {
    double[] values = new double[GRADIENTS.length];
    double p = 1;
    double m = 0;
    double s = 0;
    double largest = 0;
    for (int t = 1; t <= values.length; t++) {
      double g = GRADIENTS[t - 1] + decay * p;
      m = b1 * m + (1 - b1) * g;
      s = b2 * s + (1 - b2) * g * g;
      largest = Math.max(largest, s);
      double corrected = (amsgrad ? largest : s) / (1 - Math.pow(b2, t));
      p -= rate * (m / (1 - Math.pow(b1, t))) / (Math.sqrt(corrected) + eps);
      values[t - 1] = p;
    }
    return values;
  }

  @Test
  void followsThePaper() {
    assertThat(run(Adam.lr(0.1)))
        .containsExactly(expected(0.1, 0.9, 0.999, 1e-8, 0, false), within(1e-15));
  }

  @Test
  void firstStepIsTheRateWhateverTheGradient() {
    assertThat(run(Adam.lr(0.1))[0]).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void takesOtherSettings() {
    assertThat(run(Adam.lr(0.1).betas(0.5, 0.8).epsilon(0.1).weightDecay(0.3)))
        .containsExactly(expected(0.1, 0.5, 0.8, 0.1, 0.3, false), within(1e-15));
  }

  @Test
  void amsgradTakesTheLargestMomentSoFar() {
    assertThat(run(Adam.lr(0.1).betas(0.9, 0.5).amsgrad()))
        .containsExactly(expected(0.1, 0.9, 0.5, 1e-8, 0, true), within(1e-15))
        .isNotEqualTo(expected(0.1, 0.9, 0.5, 1e-8, 0, false));
  }

  @Test
  void biasIsCorrectedByTheParametersOwnNumberOfUpdates() {
    Parameter late = Parameter.of("late", Tensor.of(1.0));
    Optimizer adam = Adam.lr(0.1).over(List.of(p, late));
    for (int i = 0; i < 10; i++) {
      adam.minimize(() -> p.mul(3).sum());
    }
    adam.minimize(() -> p.add(late).sum());
    assertThat(late.item()).isCloseTo(0.9, within(1e-8));
  }

  @Test
  void workInF32StaysInF32() {
    Parameter small = Parameter.of("small", Tensor.of(1f, -2f));
    Parameter large = Parameter.of("large", Tensor.of(1.0, -2.0));
    Optimizer rounded = Adam.lr(0.01).amsgrad().over(List.of(small));
    Optimizer exact = Adam.lr(0.01).amsgrad().over(List.of(large));
    for (int i = 0; i < 50; i++) {
      rounded.minimize(() -> small.square().sum());
      exact.minimize(() -> large.square().sum());
    }
    assertThat(small.dtype()).isEqualTo(DType.F32);
    assertThat(small.to(DType.F64).allClose(large, 1e-5, 0)).isTrue();
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Adam.lr(0.1).betas(1, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam: beta1 is 1.0; it must be at least 0 and below 1");
    assertThatThrownBy(() -> Adam.lr(0.1).betas(0.9, -0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta2");
    assertThatThrownBy(() -> Adam.lr(0.1).epsilon(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epsilon");
    assertThatThrownBy(() -> Adam.lr(0.1).weightDecay(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
