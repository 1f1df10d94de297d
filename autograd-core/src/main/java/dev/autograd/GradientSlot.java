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
        totals.add(leaf.place().total(leaf, recycling, check));
      }
      // From here on nothing fails.
      for (int i = 0; i < totals.size(); i++) {
        reached.get(i).place().commit(reached.get(i), totals.get(i), recycling);
      }
    }
    return totals;
  }

  /**
   * Returns a value in storage that no tape or parameter owns, or that the tape will hand over:
   * then it is the gradient's own.
   */
  private Tensor total(
      LeafGradient leaf, @Nullable Recycling recycling, @Nullable FiniteCheck check) {
    Tensor gradient = leaf.gradient();
    NdArray found = gradient.array();
    Tensor before = value;
    if (before == null) {
      boolean free =
          gradient.aliasGuard() == null
              || (recycling != null && recycling.number(leaf.slot(), gradient) >= 0);
      return new Tensor(free ? found : found.copy(), null, null);
    }
    Tensor total = new Tensor(Compute.sum(before.array(), found), null, null);
    if (check != null) {
      check.sum("backward: the sum of sweeps at " + leaf.vertex(), total, before, gradient);
    }
    return total;
  }

  private void commit(LeafGradient leaf, Tensor total, @Nullable Recycling recycling) {
    pooled =
        recycling != null
            && total.storage() == leaf.gradient().storage()
            && recycling.handOver(leaf.slot(), leaf.gradient(), spare);
    if (pooled) {
      spare = null;
    }
    value = total;
    cleared = false;
    // Hooks on it run when all gradients are stored, and may keep what they are shown.
    Details known = leaf.vertex().knownDetails();
    handedOut = known != null && known.afterBackward != null;
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
