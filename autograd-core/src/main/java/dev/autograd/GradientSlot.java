package dev.autograd;

import org.jspecify.annotations.Nullable;

/**
 * The {@code grad()} of one tensor. Its value is replaced, never changed in place, so that a
 * gradient once handed out keeps its numbers. Written only under the lock of {@link Sweep}'s
 * commit.
 */
final class GradientSlot {

  private volatile long sweepsBefore = Recorder.current().completedSweeps();
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
    sweepsBefore = Recorder.current().completedSweeps();
  }

  /** Returns why there is no value. */
  String absence() {
    if (Recorder.current().completedSweeps() != sweepsBefore) {
      return "no sweep so far has reached it; the results did not depend on it, or it was detached";
    }
    return cleared
        ? "it was cleared with zeroGrad(); run backward() again"
        : "no sweep has run yet; call backward() on a result first";
  }
}
