package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.NoGradientException;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerGroupsTest {

  private final Parameter a = Parameter.of("a", Tensor.scalar(1));
  private final Parameter b = Parameter.of("b", Tensor.scalar(2));
  private final Parameter c = Parameter.of("c", Tensor.scalar(3));
  private final Optimizer slow = Sgd.lr(0.25).over(List.of(a));
  private final Optimizer fast = Sgd.lr(0.5).over(List.of(b));

  @Test
  void eachGroupStepsByItsOwnRule() {
    Optimizer all = Optimizer.all(slow, fast, Adam.lr(0.125).epsilon(0).over(List.of(c)));
    assertThat(all.minimize(() -> a.add(b).add(c.mul(10)))).isEqualTo(33);
    assertThat(a.item()).isEqualTo(0.75);
    assertThat(b.item()).isEqualTo(1.5);
    assertThat(c.item()).isEqualTo(2.875);
    assertThat(all.lr()).isEqualTo(0.25);
    assertThat(all.steps()).isEqualTo(1);
  }

  @Test
  void groupsWithoutGradientCountTheStep() {
    Schedule falling = step -> 1.0 / (1 + step);
    Optimizer late = Sgd.lr(falling).over(List.of(b));
    Optimizer all = Optimizer.all(slow, late);
    all.minimize(() -> a.mul(1));
    assertThat(late.lr()).isEqualTo(0.5);
    b.freeze();
    all.minimize(() -> a.add(b));
    assertThat(b.item()).isEqualTo(2);
  }

  @Test
  void gradientsInNoGroupAreAnError() {
    Optimizer all = Optimizer.all(slow, fast);
    assertThatThrownBy(all::step).isInstanceOf(NoGradientException.class);
    c.mul(1).backward();
    assertThatThrownBy(all::step).isInstanceOf(NoGradientException.class);
  }

  @Test
  void zeroGradClearsEveryGroup() {
    a.add(b).backward();
    Optimizer.all(slow, fast).zeroGrad();
    assertThat(a.hasGrad() || b.hasGrad()).isFalse();
  }

  @Test
  void groupsOfGroupsAreGroups() {
    Optimizer nested = Optimizer.all(Optimizer.all(slow, fast), Sgd.lr(1).over(List.of(c)));
    nested.minimize(() -> a.add(b).add(c));
    assertThat(c.item()).isEqualTo(2);
    assertThat(nested.state().keySet())
        .containsExactly("group0.steps", "group1.steps", "group2.steps");
  }

  @Test
  void parameterInTwoGroupsIsAnError() {
    assertThatThrownBy(() -> Optimizer.all(slow, Adam.lr(0.1).over(List.of(b, a))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "all: parameter \"a\" of shape [] is in group 0 and in group 1; select disjoint groups"
                + " with matching(…) and except(…)");
    assertThatThrownBy(() -> Optimizer.all(slow, slow))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noGroupsIsAnError() {
    assertThatThrownBy(() -> Optimizer.all())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  @Test
  void foreignOptimisersCannotBeSteppedTogether() {
    assertThatThrownBy(() -> Optimizer.all(slow, new ForeignOptimizer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ForeignOptimizer");
  }

  /** The usual split: weights decay, biases do not. */
  @Test
  void eachGroupHasItsOwnDecay() {
    Dense dense =
        new Dense(
            Parameter.of("weight", Tensor.of(new double[][] {{8}})),
            Parameter.of("bias", Tensor.of(8.0)));
    Parameters all = dense.parameters();
    AdamW adamW = AdamW.lr(0.25).epsilon(0);
    Optimizer both =
        Optimizer.all(
            adamW.weightDecay(0.5).over(all.matching("**weight")),
            adamW.weightDecay(0).over(all.except("**weight")));
    both.minimize(() -> dense.forward(Tensor.of(new double[][] {{1}})).sum());
    assertThat(dense.weight().item(0, 0)).isEqualTo(8 - 8 * 0.125 - 0.25);
    assertThat(dense.bias().item(0)).isEqualTo(7.75);
  }
}
