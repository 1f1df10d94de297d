package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapeJoinTest {

  private final Tensor x = Tensor.scalar(2).withGrad();

  @Test
  void withoutAnOpenTapeItIsAScope() {
    List<Tensor> inside = new ArrayList<>();
    Tensor returned =
        Tape.join(
            () -> {
              inside.add(x.square());
              return x.mul(3);
            });
    assertThat(returned.item()).isEqualTo(6);
    assertThatThrownBy(() -> inside.get(0).item()).isInstanceOf(ClosedTapeException.class);
  }

  @Test
  void withAnOpenTapeItIsPartOfThat() {
    try (Tape tape = Tape.open()) {
      Tensor y = Tape.join(() -> x.square());
      assertThat(tape.nodes()).extracting(Node::op).containsExactly("square");
      y.backward();
    }
    assertThat(x.grad().item()).isEqualTo(4);
  }

  @Test
  void joinsTheInnermostTape() {
    try (Tape outer = Tape.open()) {
      try (Tape inner = Tape.open()) {
        Tensor y = Tape.join(() -> x.square());
        assertThat(inner.nodes()).hasSize(1);
        assertThat(y.item()).isEqualTo(4);
      }
      assertThat(outer.nodes()).isEmpty();
    }
  }

  @Test
  void leavesNoTapeOpenWhenTheCodeThrows() {
    assertThatThrownBy(
            () ->
                Tape.join(
                    () -> {
                      throw new IllegalArgumentException("from the user");
                    }))
        .hasMessage("from the user");
    Tensor after = x.square();
    try (Tape tape = Tape.open()) {
      assertThat(tape.nodes()).isEmpty();
    }
    assertThat(after.item()).isEqualTo(4);
  }
}
