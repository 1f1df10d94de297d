package dev.autograd;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function that sweeps call with one tensor's gradient, as {@link Hooking#replaceGrad}, {@link
 * Hooking#observeGrad} and {@link Hooking#afterBackward} return it, to be removed again.
 */
public final class Hook {

  private final Hooks owner;

  /** What is called; null once removed, so that a kept handle holds nothing. */
  private volatile @Nullable UnaryOperator<Tensor> function;

  Hook(Hooks owner, UnaryOperator<Tensor> function) {
    this.owner = owner;
    this.function = function;
  }

  /**
   * Ends the calls at once, also in the middle of a sweep and from inside the hook; removing it
   * again does nothing. Any thread may do it; a call that is running there is not waited for.
   */
  public void remove() {
    function = null;
    owner.drop(this);
  }

  /** Returns what is to be called; null if this was removed. */
  @Nullable UnaryOperator<Tensor> function() {
    return function;
  }
}
