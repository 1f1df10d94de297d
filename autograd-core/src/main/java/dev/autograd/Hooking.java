package dev.autograd;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Functions that sweeps call with a tensor's gradient.
 *
 * <p><b>When.</b> {@link #replaceGrad} and {@link #observeGrad} hang a function on the gradient of
 * any tracked tensor, leaf or result. Each sweep that reaches the tensor, for {@link
 * Tensor#backward()} or for {@link Autograd#grad(Tensor, Tensor)}, calls it once, with this sweep's
 * gradient, when all contributions are summed and before the sum is passed on, stored or returned.
 *
 * <p><b>How.</b> Hooks run in order of registration, each on what the one before has left, on the
 * thread of the sweep and in its mode: under {@link GradOptions#createGraph} what they compute is
 * recorded and can be differentiated. If one throws, the sweep fails with a {@link
 * PullbackException} and stores nothing. A hook may keep what it is given.
 *
 * <p><b>How long.</b> A hook stays until {@link Hook#remove()}, that of a result until its graph is
 * released. One removed in the middle of a sweep is not called again; one added to a gradient that
 * is already complete waits for the next sweep.
 *
 * <p><b>Threads.</b> Any thread may add and remove hooks. Those on a tensor that several threads
 * sweep at once are called by all of them.
 */
public sealed interface Hooking permits Tensor {

  /**
   * Makes sweeps replace this tensor's gradient by what the hook returns for it; see above.
   *
   * <pre>{@code
   * h.replaceGrad(g -> g.clamp(-1, 1));
   * }</pre>
   *
   * @param hook a function of the gradient; one that returns its argument leaves it as it is
   * @throws NotTrackedException if this has no gradient, as constants have none
   */
  default Hook replaceGrad(UnaryOperator<Tensor> hook) {
    return Hooks.replaceGrad((Tensor) this, hook);
  }

  /**
   * Makes sweeps show this tensor's gradient to the hook, which may keep it; see above.
   *
   * @throws NotTrackedException if this has no gradient, as constants have none
   */
  default Hook observeGrad(Consumer<Tensor> hook) {
    return Hooks.observeGrad((Tensor) this, hook);
  }

  /**
   * Makes every {@link Tensor#backward()} that reaches this leaf call the hook with the new {@link
   * Tensor#grad()} when it is over: all gradients are stored, parameters may be updated, and the
   * gradient cleared.
   *
   * <pre>{@code
   * w.afterBackward(g -> {
   *   w.assign(w.sub(g.mul(0.1)));
   *   w.zeroGrad();
   * });
   * }</pre>
   *
   * <p>Leaves are called in the order in which the sweep has reached them, the hooks of one in
   * order of registration. If one throws, those after it are not called, and the gradients stay
   * stored. {@link Autograd#grad(Tensor, Tensor)} stores nothing and calls none.
   *
   * @throws NotTrackedException if this has no gradient, as constants have none
   * @throws IllegalStateException if this is no leaf but a result
   */
  default Hook afterBackward(Consumer<Tensor> hook) {
    return Hooks.afterBackward((Tensor) this, hook);
  }
}
