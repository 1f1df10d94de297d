package dev.autograd.check;

import dev.autograd.Replay;
import org.jspecify.annotations.Nullable;

/**
 * A function whose random state stays as it was in the first run: what it draws through {@link
 * Replay#draw} then, a mask of a dropout say, it gets again in every later run.
 */
final class Repeated implements Subject {

  private final Subject subject;
  private @Nullable Replay drawn;

  Repeated(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Run run(double[][] values) {
    Replay known = drawn;
    if (known != null) {
      return known.again(() -> subject.run(values));
    }
    Replay fresh = new Replay();
    Run run = fresh.record(() -> subject.run(values));
    drawn = fresh;
    return run;
  }

  @Override
  public void disturb(double[][] values) {
    Replay known = drawn;
    if (known != null) {
      known.again(
          () -> {
            subject.disturb(values);
            return Boolean.TRUE;
          });
    }
  }
}
