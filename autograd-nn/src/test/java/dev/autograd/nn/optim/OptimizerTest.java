package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.NoGradientException;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.nn.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerTest {

  private final Parameter a = Parameter.of("a", Tensor.scalar(1));
  private final Parameter b = Parameter.of("b", Tensor.scalar(2));
  private final Optimizer sgd = Sgd.lr(0.5).over(List.of(a, b));

  @Test
  void stepUsesStoredGradientsAndLeavesThem() {
    a.mul(4).add(b.mul(6)).backward();
    sgd.step();
    assertThat(a.item()).isEqualTo(-1);
    assertThat(b.item()).isEqualTo(-1);
    assertThat(a.grad().item()).isEqualTo(4);
    sgd.step();
    assertThat(a.item()).isEqualTo(-3);
    assertThat(sgd.steps()).isEqualTo(2);
  }

  @Test
  void zeroGradRemovesThem() {
    a.add(b).backward();
    sgd.zeroGrad();
    assertThat(a.hasGrad() || b.hasGrad()).isFalse();
  }

  @Test
  void stepWithoutAnyGradientIsAnError() {
    assertThatThrownBy(sgd::step)
        .isInstanceOf(NoGradientException.class)
        .hasMessage(
            "step: none of the 2 parameters has a gradient and is not frozen; call backward()"
                + " first, or unfreeze() them");
    assertThat(sgd.steps()).isZero();
  }

  @Test
  void parameterWithoutGradientIsSkippedWithItsMemory() {
    Optimizer momentum = Sgd.lr(0.5).momentum(0.5).over(List.of(a, b));
    momentum.minimize(() -> a.mul(2).add(b));
    double before = b.item();
    momentum.minimize(() -> a.mul(2));
    assertThat(b.item()).isEqualTo(before);
    momentum.minimize(() -> b.mul(1));
    assertThat(b.item()).isEqualTo(before - 0.5 * (0.5 * 1 + 1));
  }

  @Test
  void frozenParametersAreSkippedAlsoWithAnOldGradient() {
    a.add(b).backward();
    a.freeze();
    sgd.step();
    assertThat(a.item()).isEqualTo(1);
    assertThat(b.item()).isEqualTo(1.5);
    b.freeze();
    assertThatThrownBy(sgd::step).isInstanceOf(NoGradientException.class);
    a.unfreeze();
    sgd.step();
    assertThat(a.item()).isEqualTo(0.5);
    assertThat(b.item()).isEqualTo(1.5);
  }

  @Test
  void stepAlongGivenGradientsIgnoresStoredOnesAndOthers() {
    a.mul(100).backward();
    Parameter other = Parameter.of("other", Tensor.scalar(3));
    Gradients given = Autograd.grad(a.mul(2).add(other), a, other);
    sgd.step(given);
    assertThat(a.item()).isEqualTo(0);
    assertThat(b.item()).isEqualTo(2);
    assertThat(other.item()).isEqualTo(3);
  }

  @Test
  void gradientsOfNoneOfTheParametersAreAnError() {
    Parameter other = Parameter.of("other", Tensor.scalar(3));
    Gradients foreign = Autograd.grad(other.mul(2), List.of(other));
    assertThatThrownBy(() -> sgd.step(foreign))
        .isInstanceOf(NoGradientException.class)
        .hasMessageContaining("pass gradients with respect to them");
    Gradients unreached =
        Autograd.grad(other.mul(2), List.of(a, other), GradOptions.defaults().allowUnused());
    assertThatThrownBy(() -> sgd.step(unreached)).isInstanceOf(NoGradientException.class);
  }

  @Test
  void unreachedGradientIsNotAZeroOne() {
    Optimizer decaying = Sgd.lr(0.5).weightDecay(0.5).over(List.of(a, b));
    Gradients partly = Autograd.grad(a.mul(2), List.of(a, b), GradOptions.defaults().allowUnused());
    decaying.step(partly);
    assertThat(b.item()).isEqualTo(2);
  }

  @Test
  void trackedGradientsAreUsedAsNumbers() {
    Gradients tracked =
        Autograd.grad(a.square().add(b.square()), List.of(a, b), GradOptions.createGraph());
    sgd.step(tracked);
    assertThat(a.item()).isEqualTo(0);
    assertThat(a.requiresGrad()).isTrue();
    assertThat(a.nodes()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void stepInsideATapeLeavesNothingBehindOnIt() {
    Optimizer adam = Adam.lr(0.1).over(List.of(a));
    try (Tape tape = Tape.open()) {
      a.square().backward();
      int recorded = tape.nodes().size();
      adam.step();
      assertThat(tape.nodes()).hasSize(recorded);
    }
    a.zeroGrad();
    a.square().backward();
    adam.step();
    assertThat(adam.state().get("a.firstMoment")).isNotNull();
    assertThat(a.item()).isBetween(0.79, 0.81);
  }

  @Test
  void eachParameterIsTakenOnce() {
    Optimizer twice = Sgd.lr(0.5).over(List.of(a, a));
    twice.minimize(() -> a.mul(1));
    assertThat(a.item()).isEqualTo(0.5);
  }

  @Test
  void sharedParameterOfAModelIsSteppedOnce() {
    Parameters tied = Parameters.none().and("x", Parameters.of(a)).and("y", Parameters.of(a));
    Sgd.lr(0.5).over(tied).minimize(() -> a.mul(1));
    assertThat(a.item()).isEqualTo(0.5);
  }

  @Test
  void nothingToOptimiseIsAnError() {
    assertThatThrownBy(() -> Adam.lr(0.1).over(Parameters.of(a).matching("encoder.**")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are no parameters")
        .hasMessageContaining("paths()");
  }

  @Test
  void rateIsThatOfTheNextStep() {
    Optimizer decaying = Sgd.lr(step -> 0.1 * (step + 1)).over(List.of(a));
    assertThat(decaying.lr()).isEqualTo(0.1);
    decaying.minimize(() -> a.mul(1));
    assertThat(decaying.lr()).isEqualTo(0.2);
    assertThat(sgd.lr()).isEqualTo(0.5);
  }
}
