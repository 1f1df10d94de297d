package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest {

  /** The gradients of three steps; the loss is linear in p, so that they do not depend on it. */
  private static final double[] GRADIENTS = {2, -1, 0.5};

  private final Parameter p = Parameter.of("p", Tensor.of(1.0));

  /** Returns p after each of three steps. */
  private double[] run(Sgd sgd) {
    Optimizer optimizer = sgd.over(List.of(p));
    double[] values = new double[GRADIENTS.length];
    for (int i = 0; i < values.length; i++) {
      double g = GRADIENTS[i];
      optimizer.minimize(() -> p.mul(g).sum());
      values[i] = p.item();
    }
    return values;
  }

  @Test
  void plainStepsGoAgainstTheGradient() {
    double one = 1 - 2 * 0.1;
    double two = one + 1 * 0.1;
    assertThat(run(Sgd.lr(0.1))).containsExactly(one, two, two - 0.5 * 0.1);
  }

  @Test
  void weightDecayAddsAMultipleOfTheParameter() {
    double one = 1 - (2 + 1 * 0.5) * 0.1;
    double two = one - (-1 + one * 0.5) * 0.1;
    assertThat(run(Sgd.lr(0.1).weightDecay(0.5)))
        .containsExactly(one, two, two - (0.5 + two * 0.5) * 0.1);
  }

  @Test
  void momentumStartsWithTheGradientAndIsNotScaledByTheRate() {
    double v1 = 2;
    double v2 = v1 * 0.9 + -1;
    double v3 = v2 * 0.9 + 0.5;
    double one = 1 - v1 * 0.1;
    double two = one - v2 * 0.1;
    assertThat(run(Sgd.lr(0.1).momentum(0.9))).containsExactly(one, two, two - v3 * 0.1);
  }

  @Test
  void dampeningSparesTheFirstGradient() {
    double v1 = 2;
    double v2 = v1 * 0.9 + -1 * 0.75;
    double v3 = v2 * 0.9 + 0.5 * 0.75;
    double one = 1 - v1 * 0.1;
    double two = one - v2 * 0.1;
    assertThat(run(Sgd.lr(0.1).momentum(0.9).dampening(0.25)))
        .containsExactly(one, two, two - v3 * 0.1);
  }

  @Test
  void nesterovLooksAhead() {
    double v1 = 2;
    double v2 = v1 * 0.9 + -1;
    double v3 = v2 * 0.9 + 0.5;
    double one = 1 - (2 + v1 * 0.9) * 0.1;
    double two = one - (-1 + v2 * 0.9) * 0.1;
    assertThat(run(Sgd.lr(0.1).momentum(0.9).nesterov()))
        .containsExactly(one, two, two - (0.5 + v3 * 0.9) * 0.1);
  }

  @Test
  void scheduleSetsTheRateOfEachStep() {
    double one = 1 - 2 * 1.0;
    double two = one + 1 * 0.5;
    assertThat(run(Sgd.lr(step -> 1.0 / (1 + step)))).containsExactly(one, two, two - 0.5 / 3);
  }

  @Test
  void workInF32StaysInF32() {
    Parameter small = Parameter.of("small", Tensor.of(1f));
    Optimizer sgd = Sgd.lr(0.1).momentum(0.9).weightDecay(0.01).over(List.of(small));
    for (int i = 0; i < 3; i++) {
      sgd.minimize(() -> small.square().sum());
    }
    assertThat(small.dtype()).isEqualTo(DType.F32);
    Parameter large = Parameter.of("large", Tensor.of(1.0));
    Optimizer exact = Sgd.lr(0.1).momentum(0.9).weightDecay(0.01).over(List.of(large));
    for (int i = 0; i < 3; i++) {
      exact.minimize(() -> large.square().sum());
    }
    assertThat(small.to(DType.F64).allClose(large, 1e-6, 0)).isTrue();
  }

  @Test
  void settingsAreImmutable() {
    Sgd base = Sgd.lr(0.1);
    Sgd changed = base.momentum(0.9).weightDecay(0.1);
    assertThat(base.momentum()).isZero();
    assertThat(base.weightDecay()).isZero();
    assertThat(changed.nesterov().accelerated()).isTrue();
    assertThat(changed.accelerated()).isFalse();
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Sgd.lr(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learning rate is -0.1");
    assertThatThrownBy(() -> Sgd.lr(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sgd.lr(0.1).momentum(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sgd: momentum is 1.0; it must be at least 0 and below 1");
    assertThatThrownBy(() -> Sgd.lr(0.1).dampening(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sgd.lr(0.1).weightDecay(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weightDecay is Infinity");
  }

  @Test
  void nesterovNeedsUndampedMomentumInWhateverOrderItIsSet() {
    assertThatThrownBy(() -> Sgd.lr(0.1).nesterov().over(List.of(p)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("momentum 0.0");
    assertThatThrownBy(() -> Sgd.lr(0.1).momentum(0.9).dampening(0.1).nesterov().over(List.of(p)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dampening 0.1");
    assertThat(Sgd.lr(0.1).nesterov().momentum(0.9).over(List.of(p)).steps()).isZero();
  }
}
