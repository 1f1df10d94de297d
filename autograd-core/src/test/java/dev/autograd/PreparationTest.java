package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The formula that the pullbacks of an operation have in common, on {@code (a + b + c)²}. */
class PreparationTest {

  private int runs;

  private final Tensor a = Tensor.of(1.0, -2).withGrad();
  private final Tensor b = Tensor.of(0.5, 3).withGrad();
  private final Tensor c = Tensor.of(2.0, 1).withGrad();

  private Tensor squareOfSum() {
    Tensor sum = Autograd.noGrad(() -> a.add(b).add(c));
    Pullback same = g -> g;
    return Recording.result(
        "squareOfSum",
        sum.square(),
        List.of(a, b, c),
        (g, y) -> {
          runs++;
          return g.mul(a.add(b).add(c)).mul(2);
        },
        same,
        same,
        same);
  }

  @Test
  void runsOncePerSweep() {
    Tensor y = squareOfSum();
    y.backward(GradOptions.retainGraph().seed(Tensor.of(1.0, 1)));
    y.backward(Tensor.of(1.0, 1));
    assertThat(runs).isEqualTo(2);
    assertThat(a.grad()).hasToString(Tensor.of(14.0, 8).toString());
    assertThat(b.grad()).hasToString(a.grad().toString());
    assertThat(c.grad()).hasToString(a.grad().toString());
  }

  @Test
  void isDifferentiatedAgain() {
    Tensor y = squareOfSum().sum();
    Tensor g = Autograd.grad(y, b, GradOptions.createGraph());
    assertThat(Autograd.grad(g.sum(), c).toDoubleArray()).containsExactly(2, 2);
  }

  @Test
  void isLetGoOf() {
    Tensor y = squareOfSum().sum();
    y.backward();
    assertThatThrownBy(y::backward).isInstanceOf(ReleasedGraphException.class);
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void isCheckedAsAPartOfEachPullback() {
    try (Tape tape = Tape.open(Tape.Option.CHECK_FINITE)) {
      Tensor y = squareOfSum();
      assertThatThrownBy(() -> y.backward(Tensor.of(1e308, 1)))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("the pullback of 'squareOfSum' for input 0 made an infinity");
      assertThat(tape.nodes()).hasSize(1);
    }
  }
}
