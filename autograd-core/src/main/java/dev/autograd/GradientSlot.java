package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code grad()} of one tensor. Its value is replaced, never changed in place, so that a
 * gradient once handed out keeps its numbers.
 */
final class GradientSlot {

  /** Held to write any slot, so that a sweep's results appear together and sums are exact. */
  private static final Object WRITING = new Object();

  private volatile long sweepsBefore = Recorder.current().completedSweeps();
  private volatile @Nullable Tensor value;
  private volatile boolean cleared;

  @Nullable Tensor value() {
    return value;
  }

  /**
   * Adds what a sweep found to what the slots of the vertices hold: all or, if one addition fails,
   * nothing.
   *
   * @param reached vertices with a slot
   * @param gradients one per vertex
   * @param check looks at the sums; null for nothing
   * @return the new values
   */
  static List<Tensor> addAll(
      List<Vertex> reached, List<Tensor> gradients, @Nullable FiniteCheck check) {
    List<Tensor> totals = new ArrayList<>(reached.size());
    synchronized (WRITING) {
      for (int i = 0; i < reached.size(); i++) {
        GradientSlot slot = reached.get(i).gradient();
        Tensor before = slot == null ? null : slot.value;
        Tensor gradient = gradients.get(i);
        NdArray sum =
            before == null ? heapStorage(gradient) : Compute.sum(before.array(), gradient.array());
        Tensor total = new Tensor(sum, null, null);
        if (before != null && check != null) {
          check.sum("backward: the sum of sweeps at " + reached.get(i), total, before, gradient);
        }
        totals.add(total);
      }
      for (int i = 0; i < reached.size(); i++) {
        GradientSlot slot = reached.get(i).gradient();
        if (slot != null) {
          slot.value = totals.get(i);
          slot.cleared = false;
        }
      }
    }
    return totals;
  }

  /** Returns storage that no tape or parameter owns. */
  private static NdArray heapStorage(Tensor gradient) {
    return gradient.aliasGuard() == null ? gradient.array() : gradient.array().copy();
  }

  void clear() {
    synchronized (WRITING) {
      value = null;
      cleared = true;
      sweepsBefore = Recorder.current().completedSweeps();
    }
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
