package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code grad()} of one tensor. A value that was handed out is replaced, never changed in
 * place, so that it keeps its numbers; until then its storage is this slot's own, and serves again
 * when it was cleared.
 */
final class GradientSlot {

  /** Held to read or write any slot, so that a sweep's results appear together, sums are exact. */
  private static final Object WRITING = new Object();

  private volatile long sweepsBefore = Recorder.current().completedSweeps();
  private volatile @Nullable Tensor value;
  private boolean handedOut;

  /** Whether the storage of the value comes from a pool, and is nobody else's. */
  private boolean pooled;

  /** Storage that a cleared value has left. */
  private @Nullable Object spare;

  private volatile boolean cleared;

  /** Returns whether there is a value. */
  boolean isPresent() {
    return value != null;
  }

  /** Returns the value, to be kept by whoever asks. */
  @Nullable Tensor value() {
    synchronized (WRITING) {
      handedOut = true;
      return value;
    }
  }

  /** Returns the value, for reading before anything else happens here. */
  @Nullable Tensor peek() {
    return value;
  }

  /** Says that somebody keeps the value. */
  void handOut() {
    synchronized (WRITING) {
      handedOut = true;
    }
  }

  /**
   * Adds what a sweep found to what the slots hold: all or, if one addition fails, nothing.
   *
   * @param recycling knows which storage nobody else holds; null for none
   * @param check looks at the sums; null for nothing
   * @return the new values
   */
  static List<Tensor> addAll(
      List<LeafGradient> reached, @Nullable Recycling recycling, @Nullable FiniteCheck check) {
    List<Tensor> totals = new ArrayList<>(reached.size());
    synchronized (WRITING) {
      for (LeafGradient leaf : reached) {
        Tensor before = leaf.place().value;
        if (before == null) {
          totals.add(leaf.gradient());
          continue;
        }
        NdArray sum = Compute.sum(before.array(), leaf.gradient().array());
        Tensor total = new Tensor(sum, null, null);
        if (check != null) {
          check.sum(
              "backward: the sum of sweeps at " + leaf.vertex(), total, before, leaf.gradient());
        }
        totals.add(total);
      }
      for (int i = 0; i < totals.size(); i++) {
        GradientSlot slot = reached.get(i).place();
        if (slot.value == null) {
          totals.set(i, slot.own(reached.get(i), recycling));
        } else {
          slot.pooled = false;
        }
        slot.value = totals.get(i);
        slot.handedOut = false;
        slot.cleared = false;
      }
    }
    return totals;
  }

  /** Returns a first gradient in storage that no tape or parameter owns. */
  private Tensor own(LeafGradient leaf, @Nullable Recycling recycling) {
    Tensor gradient = leaf.gradient();
    pooled = recycling != null && recycling.handOver(leaf.slot(), spare);
    if (pooled) {
      spare = null;
    }
    boolean foreign = !pooled && gradient.aliasGuard() != null;
    return new Tensor(foreign ? gradient.array().copy() : gradient.array(), null, null);
  }

  void clear() {
    synchronized (WRITING) {
      Tensor known = value;
      if (known != null && pooled && !handedOut) {
        spare = known.storage();
      }
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
