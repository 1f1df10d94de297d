package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hooks: one test per sentence of the numbered scenarios; the details are in HooksTest. */
class ScenarioHooksTest {

  private static Tensor leaf(double value) {
    return Tensor.scalar(value).withGrad();
  }

  @Test
  void scenario26AHookMultipliesByTen() {
    Tensor x = leaf(2);
    x.replaceGrad(g -> g.mul(10));
    x.mul(3).backward();
    assertReads(x.grad(), 30);

    Tensor z = leaf(2);
    Tensor h = z.mul(1);
    h.replaceGrad(g -> g.mul(10));
    h.mul(3).backward();
    assertReads(z.grad(), 30);
  }

  @Test
  void scenario26AHookThatReturnsNothingLeavesTheGradient() {
    Tensor x = leaf(2);
    List<Double> seen = new ArrayList<>();
    x.observeGrad(g -> seen.add(g.item()));
    x.mul(3).backward();
    assertReads(x.grad(), 3);
    assertThat(seen).containsExactly(3.0);
  }

  @Test
  void scenario26TheOrderOfRegistrationIsKept() {
    Tensor x = leaf(2);
    x.replaceGrad(g -> g.add(1));
    x.replaceGrad(g -> g.mul(10));
    x.mul(3).backward();
    assertReads(x.grad(), 40);
  }

  @Test
  void scenario26RemovalDuringBackward() {
    Tensor x = leaf(2);
    List<Hook> hooks = new ArrayList<>();
    hooks.add(
        x.replaceGrad(
            g -> {
              hooks.forEach(Hook::remove);
              return g.mul(10);
            }));
    hooks.add(x.replaceGrad(g -> g.mul(100)));
    x.mul(3).backward();
    x.mul(3).backward();
    assertReads(x.grad(), 33);
  }

  @Test
  void scenario26OnALeafOncePerBackwardAfterAllContributions() {
    Tensor x = leaf(2);
    List<Double> seen = new ArrayList<>();
    x.observeGrad(g -> seen.add(g.item()));
    x.mul(x).add(x.mul(3)).sub(x.square().square()).backward();
    x.mul(5).backward();
    assertThat(seen).containsExactly(4 + 3 - 32.0, 5.0);
    assertReads(x.grad(), -20);
  }

  @Test
  void scenario26AHookThatThrows() {
    Tensor x = leaf(2);
    Tensor other = leaf(3);
    IllegalStateException broken = new IllegalStateException("broken");
    Hook hook =
        x.observeGrad(
            g -> {
              throw broken;
            });
    Tensor y = x.mul(other);
    assertThatThrownBy(() -> y.backward(GradOptions.retainGraph()))
        .isInstanceOf(PullbackException.class)
        .hasCause(broken);
    assertThat(other.hasGrad()).isFalse();
    hook.remove();
    y.backward();
    assertReads(x.grad(), 3);
    assertReads(other.grad(), 2);
  }

  @Test
  void scenario27AfterBackwardSeesTheSumStepsAndClears() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    Parameter b = Parameter.of("b", Tensor.scalar(0));
    List<Double> sums = new ArrayList<>();
    w.mul(4).backward();
    for (Parameter p : List.of(w, b)) {
      p.afterBackward(
          g -> {
            sums.add(g.item());
            p.assign(p.sub(g.mul(0.5)));
            p.zeroGrad();
          });
    }
    w.mul(3).add(b.mul(8)).backward();
    assertThat(sums).containsExactlyInAnyOrder(7.0, 8.0);
    assertReads(w, -1.5);
    assertReads(b, -4);
    assertThat(w.hasGrad()).isFalse();
    assertThat(b.hasGrad()).isFalse();
    w.mul(3).backward();
    assertReads(w, -3);
  }
}
