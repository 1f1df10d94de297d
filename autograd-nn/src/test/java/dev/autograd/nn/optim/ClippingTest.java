package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ClippingTest {

  private final Parameter a = Parameter.of("a", Tensor.of(0.0, 0));
  private final Parameter b = Parameter.of("b", Tensor.scalar(0));
  private final Optimizer plain = Sgd.lr(1).over(List.of(a, b));

  /** Has the gradients (3, 4) and 12, of length 13. */
  private Tensor loss() {
    return a.mul(Tensor.of(3.0, 4)).sum().add(b.mul(12));
  }

  private void assertMoved(double a0, double a1, double b0) {
    assertThat(a.toDoubleArray()).containsExactly(new double[] {-a0, -a1}, within(1e-15));
    assertThat(b.item()).isCloseTo(-b0, within(1e-15));
    a.assign(Tensor.of(0.0, 0));
    b.assign(Tensor.scalar(0));
  }

  @Test
  void theThreeWaysToStepClipTheLengthOfAllGradients() {
    Optimizer clipped = plain.clipNorm(6.5);
    clipped.minimize(this::loss);
    assertMoved(1.5, 2, 6);
    clipped.step(Autograd.grad(loss(), a, b));
    assertMoved(1.5, 2, 6);
    loss().backward();
    clipped.step();
    assertMoved(1.5, 2, 6);
    assertThat(b.grad().item()).isEqualTo(12);
    clipped.zeroGrad();
    assertThat(b.hasGrad()).isFalse();
    assertThat(clipped.steps()).isEqualTo(3);
  }

  @Test
  void shortGradientsStay() {
    plain.clipNorm(13).minimize(this::loss);
    assertMoved(3, 4, 12);
  }

  @Test
  void elementsAreClippedOneByOne() {
    plain.clipValue(3.5).minimize(this::loss);
    assertMoved(3, 3.5, 3.5);
  }

  @Test
  void clippingsFollowEachOther() {
    plain.clipValue(4).clipNorm(Math.sqrt(41) / 2).minimize(this::loss);
    assertMoved(1.5, 2, 2);
  }

  @Test
  void frozenParametersAndOthersDoNotCount() {
    Parameter other = Parameter.of("other", Tensor.scalar(0));
    b.freeze();
    plain.clipNorm(2.5).minimize(() -> loss().add(other.mul(1000)));
    assertMoved(1.5, 2, 0);
    b.unfreeze();
    plain.clipNorm(6.5).step(Autograd.grad(loss().add(other.mul(1000)), other, a, b));
    assertMoved(1.5, 2, 6);
  }

  @Test
  void memoryAndScheduleAreShared() {
    Optimizer momentum = Sgd.lr(step -> 1.0 / (1 + step)).momentum(0.5).over(List.of(a, b));
    Optimizer clipped = momentum.clipNorm(6.5);
    clipped.minimize(this::loss);
    assertMoved(1.5, 2, 6);
    assertThat(momentum.steps()).isEqualTo(1);
    assertThat(momentum.lr()).isEqualTo(0.5);
    momentum.minimize(this::loss);
    assertMoved((0.75 + 3) / 2, (1 + 4) / 2.0, (3 + 12) / 2.0);
    assertThat(clipped.state().keySet()).isEqualTo(momentum.state().keySet());
  }

  @Test
  void groupsAreClippedTogether() {
    Optimizer one = Sgd.lr(1).over(List.of(a));
    Optimizer two = Sgd.lr(2).over(List.of(b));
    Optimizer.all(one, two).clipNorm(6.5).minimize(this::loss);
    assertMoved(1.5, 2, 12);
    Optimizer clipped = one.clipNorm(1);
    assertThatThrownBy(() -> Optimizer.all(two, clipped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Optimizer.all(…).clipNorm(…)");
  }

  @Test
  void gradientsThatAreNotFiniteStopTheStep() {
    for (UnaryOperator<Optimizer> clipping :
        List.<UnaryOperator<Optimizer>>of(o -> o.clipNorm(1), o -> o.clipValue(1))) {
      Optimizer clipped = clipping.apply(Adam.lr(0.1).over(List.of(a, b)));
      assertThatThrownBy(() -> clipped.minimize(() -> a.sum().add(slopeNaN(b))))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("find the step that diverged");
      assertThat(clipped.steps()).isZero();
      assertThat(a.version() + b.version()).isZero();
    }
  }

  /** Returns 0, with the derivative NaN. */
  private static Tensor slopeNaN(Tensor x) {
    return Tensor.custom("slopeNaN", Tensor.scalar(0), x, g -> Tensor.scalar(Double.NaN));
  }

  @Test
  void infiniteElementsAreClippedByValueAndRefusedByLength() {
    assertThatThrownBy(() -> plain.clipNorm(1).minimize(() -> b.sqrt().add(a.sum())))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("is Infinity");
    assertThat(a.version() + b.version()).isZero();
    plain.clipValue(2).minimize(() -> b.sqrt().add(a.sum()));
    assertMoved(1, 1, 2);
  }

  @Test
  void clippingIsNotRecorded() {
    try (Tape tape = Tape.open()) {
      plain.clipNorm(1).minimize(this::loss);
      int nodes = tape.nodes().size();
      plain.minimize(this::loss);
      assertThat(tape.nodes()).hasSize(2 * nodes);
    }
  }

  @Test
  void refusesLimitsThatAreNotAboveZero() {
    for (double wrong : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> plain.clipNorm(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("clipNorm: the limit is " + wrong + "; it must be above 0");
      assertThatThrownBy(() -> plain.clipValue(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("clipValue: the limit is " + wrong + "; it must be above 0");
    }
  }
}
