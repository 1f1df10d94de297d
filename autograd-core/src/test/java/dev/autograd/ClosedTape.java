package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;

/** What the tests of lifetimes have in common. */
final class ClosedTape {

  private ClosedTape() {}

  /** Returns what code returns that ran inside a tape, as it is, after the tape is closed. */
  static <T> T after(Supplier<T> code) {
    Tape tape = Tape.open();
    try {
      return code.get();
    } finally {
      tape.close();
    }
  }

  /** Closes what a failed test has left open, so that it does not fail others. */
  static void closeAll() {
    Tape tape = Recorder.current().tape();
    while (tape != null) {
      tape.close();
      assertThat(Recorder.current().tape()).isNotSameAs(tape);
      tape = Recorder.current().tape();
    }
  }

  static void assertDead(Tensor t) {
    assertThatThrownBy(t::toDoubleArray).isInstanceOf(ClosedTapeException.class);
    assertThatThrownBy(() -> t.eq(t)).isInstanceOf(ClosedTapeException.class);
  }

  static void assertReads(Tensor t, double... values) {
    assertThat(t.toDoubleArray()).containsExactly(values);
  }
}
