package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Modes, cuts and tapes: one test per numbered scenario. */
class ScenarioModesTest {

  @Test
  void scenario23NoGrad() throws InterruptedException {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor cut = Autograd.noGrad(() -> x.square());
    assertThat(cut.requiresGrad()).isFalse();
    Tensor mixed = cut.mul(x);
    assertThat(mixed.requiresGrad()).isTrue();
    mixed.backward();
    assertThat(x.grad().item()).isEqualTo(9);

    Autograd.noGrad(
        () -> {
          Autograd.noGrad(() -> assertThat(x.square().requiresGrad()).isFalse());
          assertThat(x.square().requiresGrad()).isFalse();
        });
    assertThat(x.square().requiresGrad()).isTrue();

    IllegalStateException thrown = new IllegalStateException("inside");
    Runnable throwing =
        () -> {
          throw thrown;
        };
    assertThatThrownBy(() -> Autograd.noGrad(throwing)).isSameAs(thrown);
    assertThat(x.square().requiresGrad()).isTrue();

    AtomicReference<Boolean> elsewhere = new AtomicReference<>();
    Thread thread = new Thread(() -> elsewhere.set(x.square().requiresGrad()));
    Autograd.noGrad(thread::start);
    thread.join();
    assertThat(elsewhere.get()).isTrue();
  }

  @Test
  void scenario24DetachCutsAndNoticesUpdates() {
    Tensor x = Tensor.scalar(2).withGrad();
    x.mul(x.detach()).backward();
    assertThat(x.grad().item()).isEqualTo(2);

    Parameter p = Parameter.of("p", Tensor.of(1.0, 2));
    Tensor detached = p.detach();
    Tensor y = p.mul(detached).sum();
    p.assign(Tensor.of(5.0, 6));
    assertThatThrownBy(detached::toDoubleArray).isInstanceOf(StaleValueException.class);
    assertThatThrownBy(y::backward).isInstanceOf(StaleValueException.class);
    assertThat(p.hasGrad()).isFalse();
  }

  @Test
  void scenario25InterleavedPassesAndTapes() {
    Tensor x = Tensor.scalar(3).withGrad();
    try (Tape tape = Tape.open()) {
      Tensor a = x.square();
      Tensor b = x.mul(5);
      Tensor a2 = a.mul(2);
      Tensor b2 = b.square();
      a2.backward();
      assertThat(x.grad().item()).isEqualTo(12);
      b2.backward();
      assertThat(x.grad().item()).isEqualTo(12 + 2 * 25 * 3);
      assertThat(tape.nodes()).hasSize(4);
    }
    x.zeroGrad();

    Tape outer = Tape.open();
    Tensor fromOuter = x.square().named("outer result");
    Tape inner = Tape.open();
    Tensor fromInner = x.mul(4);
    Tensor mixed = fromOuter.mul(fromInner);
    assertThat(inner.nodes()).extracting(Node::op).containsExactly("mul", "mul");
    mixed.backward();
    assertThat(x.grad().item()).isEqualTo(3 * 4 * 9);
    inner.close();
    assertThat(fromOuter.item()).isEqualTo(9);
    assertThatThrownBy(mixed::item)
        .isInstanceOf(ClosedTapeException.class)
        .hasMessageContaining("'mul'")
        .hasMessageContaining("keep()");
    assertThatThrownBy(() -> fromOuter.mul(fromInner)).isInstanceOf(ClosedTapeException.class);
    outer.close();
    assertThatThrownBy(() -> fromOuter.add(1))
        .isInstanceOf(ClosedTapeException.class)
        .hasMessageContaining("\"outer result\"");
    assertThatThrownBy(fromInner::backward).isInstanceOf(ClosedTapeException.class);
  }
}
