package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import dev.autograd.ClosedTapeException;
import dev.autograd.NoGradientException;
import dev.autograd.Node;
import dev.autograd.NotTrackedException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimizeTest {

  private final Parameter p = Parameter.of("p", Tensor.of(1.0, 2.0));
  private final Optimizer sgd = Sgd.lr(0.25).over(List.of(p));

  @Test
  void returnsTheLossBeforeTheStep() {
    assertThat(sgd.minimize(() -> p.square().sum())).isEqualTo(5);
    assertThat(p.toDoubleArray()).containsExactly(0.5, 1);
    assertThat(sgd.minimize(() -> p.square().sum())).isEqualTo(1.25);
  }

  @Test
  void returnsTheOldValueOfAParameterThatIsTheLoss() {
    Parameter one = Parameter.of("one", Tensor.scalar(3));
    assertThat(Sgd.lr(1).over(List.of(one)).minimize(() -> one)).isEqualTo(3);
    assertThat(one.item()).isEqualTo(2);
  }

  @Test
  void evaluatesTheLossOnce() {
    List<Double> seen = new ArrayList<>();
    sgd.minimize(
        () -> {
          Tensor loss = p.square().sum();
          seen.add(loss.item());
          return loss;
        });
    assertThat(seen).containsExactly(5.0);
  }

  @Test
  void neitherReadsNorWritesStoredGradients() {
    Tensor x = Tensor.of(3.0, 4.0).withGrad();
    sgd.minimize(() -> p.mul(x).sum());
    assertThat(p.hasGrad()).isFalse();
    assertThat(x.hasGrad()).isFalse();
    p.mul(1000).sum().backward();
    sgd.minimize(() -> p.sum());
    assertThat(p.grad().toDoubleArray()).containsExactly(1000, 1000);
    assertThat(p.toDoubleArray()).containsExactly(1 - 0.75 - 0.25, 2 - 1 - 0.25);
  }

  @Test
  void tensorsMadeInsideDieUnlessKept() {
    List<Tensor> smuggled = new ArrayList<>();
    sgd.minimize(
        () -> {
          Tensor loss = p.square().sum();
          smuggled.add(loss);
          smuggled.add(loss.keep());
          return loss;
        });
    assertThatThrownBy(() -> smuggled.get(0).item())
        .isInstanceOf(ClosedTapeException.class)
        .hasMessageContaining("keep()");
    assertThat(smuggled.get(1).item()).isEqualTo(5);
  }

  @Test
  void joinsAnOpenTape() {
    List<Tensor> made = new ArrayList<>();
    try (Tape tape = Tape.open()) {
      sgd.minimize(
          () -> {
            Tensor loss = p.square().sum();
            made.add(loss);
            return loss;
          });
      assertThat(tape.nodes()).extracting(Node::op).containsExactly("square", "sum");
      assertThat(made.get(0).item()).isEqualTo(5);
    }
    assertThatThrownBy(() -> made.get(0).item()).isInstanceOf(ClosedTapeException.class);
    assertThat(p.toDoubleArray()).containsExactly(0.5, 1);
  }

  @Test
  void memoryOutlivesTheTapeItWasMadeUnder() {
    Optimizer momentum = Sgd.lr(0.25).momentum(0.5).over(List.of(p));
    Tape.scope(() -> momentum.minimize(() -> p.sum()));
    momentum.minimize(() -> p.sum());
    assertThat(p.toDoubleArray()).containsExactly(1 - 0.25 - 0.375, 2 - 0.25 - 0.375);
  }

  @Test
  void leavesNoTapeOpen() {
    sgd.minimize(() -> p.sum());
    assertThatThrownBy(
            () ->
                sgd.minimize(
                    () -> {
                      throw new IllegalArgumentException("from the user");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("from the user");
    Tensor after = p.square();
    assertThat(Tape.scope(() -> 1)).isEqualTo(1);
    assertThat(after.toDoubleArray()).hasSize(2);
    assertThat(after.keep().toDoubleArray()).isEqualTo(after.toDoubleArray());
  }

  @Test
  void nonFiniteLossIsRefusedAndNothingChanges() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> sgd.minimize(() -> p.sum().mul(value)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("the loss is " + value + " at step 0")
          .hasMessageContaining("no parameter was changed");
    }
    assertThat(p.version()).isZero();
    assertThat(sgd.steps()).isZero();
  }

  @Test
  void lossMustBeOneNumber() {
    assertThatThrownBy(() -> sgd.minimize(p::square))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "minimize: the loss has shape [2]; reduce it to one number with mean() or sum()");
    sgd.minimize(() -> p.slice(0, 0, 1));
    assertThat(p.toDoubleArray()).containsExactly(0.75, 2);
  }

  @Test
  void lossMustDependOnTheParameters() {
    Parameter other = Parameter.of("other", Tensor.scalar(1));
    assertThatThrownBy(() -> sgd.minimize(() -> other.mul(2)))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageContaining("none of the 1 parameters");
    assertThatThrownBy(() -> sgd.minimize(() -> Tensor.scalar(2)))
        .isInstanceOf(NotTrackedException.class);
    assertThatThrownBy(() -> Autograd.noGrad(() -> sgd.minimize(() -> p.sum())))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageContaining("noGrad");
    assertThat(p.version() + other.version()).isZero();
  }

  @Test
  void frozenParametersStayAndAllFrozenIsAnError() {
    Parameter q = Parameter.of("q", Tensor.scalar(1));
    Optimizer both = Sgd.lr(0.25).over(List.of(p, q));
    p.freeze();
    both.minimize(() -> p.sum().mul(q));
    assertThat(p.version()).isZero();
    assertThat(q.item()).isEqualTo(1 - 0.75);
    q.freeze();
    assertThatThrownBy(() -> both.minimize(() -> p.sum().mul(q)))
        .isInstanceOf(NoGradientException.class)
        .hasMessage("minimize: all 2 parameters are frozen; unfreeze() one");
  }
}
