package dev.autograd.check;

import dev.autograd.Replay;
import org.jspecify.annotations.Nullable;

/**
 * A function whose random state stays as it was in the first run: what it draws through {@link
 * Replay#draw} then, a mask of a dropout say, it gets again in every later run.
 */
final class Repeated implements Subject {

  /** What the first run of a function has drawn, for it and its twin. */
  static final class Memory {
    private @Nullable Replay drawn;
  }

  private final Subject subject;
  private final Memory memory;

  Repeated(Subject subject, Memory memory) {
    this.subject = subject;
    this.memory = memory;
  }

  @Override
  public Run run(double[][] values) {
    Replay known = memory.drawn;
    if (known != null) {
      return known.again(() -> subject.run(values));
    }
    Replay fresh = new Replay();
    Run run = fresh.record(() -> subject.run(values));
    memory.drawn = fresh;
    return run;
  }

  @Override
  public void disturb(double[][] values) {
    Replay known = memory.drawn;
    if (known != null) {
      known.again(
          () -> {
            subject.disturb(values);
            return Boolean.TRUE;
          });
    }
  }
}
