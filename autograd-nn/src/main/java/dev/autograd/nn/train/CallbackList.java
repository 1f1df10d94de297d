package dev.autograd.nn.train;

import java.util.ArrayList;
import java.util.List;

/** The callbacks of a run: each that has begun hears of the end, whatever others throw. */
final class CallbackList {

  private final List<Callback> callbacks;

  CallbackList(List<Callback> callbacks) {
    this.callbacks = List.copyOf(callbacks);
  }

  /**
   * Does a run between the beginning and the end of each callback.
   *
   * @throws RuntimeException what was thrown first, or an {@link Error}; what was thrown after it
   *     is suppressed
   */
  void around(Training training, Runnable run) {
    List<Callback> begun = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    attempt(
        () -> {
          for (Callback callback : callbacks) {
            callback.beforeRun(training);
            begun.add(callback);
          }
          run.run();
        },
        failures);
    begun.forEach(callback -> attempt(() -> callback.afterRun(training), failures));
    if (!failures.isEmpty()) {
      throw first(failures);
    }
  }

  private static void attempt(Runnable action, List<Throwable> failures) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private static RuntimeException first(List<Throwable> failures) {
    Throwable first = failures.get(0);
    // Two callbacks may throw one object, which cannot suppress itself.
    failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    return (RuntimeException) first;
  }
}
