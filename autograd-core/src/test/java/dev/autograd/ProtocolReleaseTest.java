package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A sweep uses a graph up: what still works afterwards, and what is an error with the ways out. */
class ProtocolReleaseTest {

  private static void assertReleasedAt(String op, ThrowingCallable sweep, String asked) {
    assertThatThrownBy(sweep)
        .isInstanceOf(ReleasedGraphException.class)
        .hasMessage(
            asked
                + ": an earlier sweep has released the graph at '"
                + op
                + "'; pass GradOptions.retainGraph() to the earlier one, add the results before"
                + " sweeping, use Autograd.backward(List.of(a, b)), or run the forward pass again");
  }

  @Test
  void twoLossesOverOneTrunk() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor trunk = x.exp();
    Tensor first = trunk.mul(2);
    Tensor second = trunk.add(1);
    first.backward();
    double once = x.grad().item();
    assertReleasedAt("exp", second::backward, "backward");
    assertReleasedAt("exp", () -> Autograd.grad(second, x), "grad");
    assertThat(x.grad().item()).isEqualTo(once);
  }

  @Test
  void everySweepReleasesUnlessToldOtherwise() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = x.square();
    Autograd.grad(y, x, GradOptions.retainGraph());
    Autograd.grad(y, x, GradOptions.createGraph());
    y.backward(GradOptions.retainGraph());
    Autograd.grad(y, x);
    assertReleasedAt("square", y::backward, "backward");
    assertReleasedAt("square", () -> Autograd.grad(y, x), "grad");
    assertReleasedAt("square", () -> Autograd.backward(List.of(y)), "backward");
  }

  @Test
  void operationsThatSavedNothingAreReleasedToo() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    for (Tensor y :
        List.of(
            x.add(x),
            x.neg(),
            x.reshape(2, 1),
            x.sum(),
            x.identity(),
            x.slice(0, 0, 1),
            x.broadcastTo(3, 2),
            Tensor.concat(0, x, x))) {
      Tensor one = y.sum();
      one.backward();
      assertThatThrownBy(one::backward).isInstanceOf(ReleasedGraphException.class);
      assertThatThrownBy(() -> y.sum().backward()).isInstanceOf(ReleasedGraphException.class);
    }
  }

  @Test
  void aSweepForOneInputReleasesTheBranchesItDidNotTake() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor z = Tensor.scalar(4).withGrad();
    Tensor branch = z.square();
    Tensor y = x.mul(branch);
    Autograd.grad(y, x);
    assertReleasedAt("square", branch::backward, "backward");
  }

  @Test
  void namesShapesAndValuesStay() {
    Tensor x = Tensor.of(1.0, 2).withGrad().named("x");
    Tensor y = x.square().named("y").sum();
    y.backward();
    assertThat(y.nodes()).extracting(Node::op).containsExactly("leaf", "square", "sum");
    assertThat(y.nodes()).extracting(Node::name).containsExactly("x", "y", "");
    assertThat(y.nodes().get(1).shape()).isEqualTo(x.shape());
    assertThat(y.item()).isEqualTo(5);
    assertThat(y.requiresGrad()).isTrue();
  }

  @Test
  void aReleasedResultIsStillANumberForNewGraphs() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = x.square();
    y.backward();
    Tensor z = Tensor.scalar(2).withGrad();
    y.detach().mul(z).backward();
    assertThat(z.grad().item()).isEqualTo(9);
    Tensor through = y.mul(z);
    assertReleasedAt("square", through::backward, "backward");
    assertThat(z.grad().item()).isEqualTo(9);
  }

  @Test
  void whatWasRefusedBeforeTheSweepLeavesTheGraphUsable() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor vector = x.square();
    assertThatThrownBy(vector::backward).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Autograd.grad(vector, x)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Autograd.grad(vector.sum(), Tensor.scalar(1)))
        .isInstanceOf(NotTrackedException.class);
    vector.sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void aFailedSweepUsesTheGraphUpAndSaysSo() {
    Tensor x = Tensor.scalar(3).withGrad();
    Pullback fails =
        g -> {
          throw new ArithmeticException("no");
        };
    Tensor y = Tensor.custom("fails", Tensor.scalar(1), x, fails).mul(2);
    assertThatThrownBy(() -> y.backward(GradOptions.retainGraph()))
        .isInstanceOf(PullbackException.class)
        .hasMessage(
            "backward: the pullback of 'fails' for input 0 threw java.lang.ArithmeticException: no;"
                + " no gradient was changed");
    assertThatThrownBy(y::backward)
        .isInstanceOf(PullbackException.class)
        .hasMessage(
            "backward: the pullback of 'fails' for input 0 threw java.lang.ArithmeticException: no;"
                + " no gradient was changed, the graph is released");
    assertReleasedAt("mul", y::backward, "backward");
  }
}
