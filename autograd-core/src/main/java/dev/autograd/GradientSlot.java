package dev.autograd;

import org.jspecify.annotations.Nullable;

/**
 * The {@code grad()} of one tensor. Its value is replaced, never changed in place, so that a
 * gradient once handed out keeps its numbers. Written only under the lock of {@link Sweep}'s
 * commit.
 */
final class GradientSlot {

  private final long sweepsBefore = Recorder.current().completedSweeps();
  private volatile @Nullable Tensor value;
  private volatile boolean cleared;

  @Nullable Tensor value() {
    return value;
  }

  void set(Tensor gradient) {
    value = gradient;
    cleared = false;
  }

  void clear() {
    value = null;
    cleared = true;
  }

  /** Returns why there is no value. */
  String absence() {
    if (cleared) {
      return "it was cleared with zeroGrad(); run backward() again";
    }
    return Recorder.current().completedSweeps() == sweepsBefore
        ? "no sweep has run yet; call backward() on a result first"
        : "no sweep so far has reached it; the results did not depend on it, or it was detached";
  }
}
