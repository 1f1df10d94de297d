package dev.autograd.nn.optim;

import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Changes parameters along their gradients, one step at a time, and remembers what its rule needs.
 *
 * <pre>{@code
 * Optimizer adam = Adam.lr(1e-3).over(model.parameters());
 * adam.minimize(() -> Losses.mse(model.forward(x, Mode.TRAINING), y));      // nothing to forget, or:
 *
 * Losses.mse(model.forward(x, Mode.TRAINING), y).backward();
 * adam.step();
 * adam.zeroGrad();
 * }</pre>
 *
 * <p><b>Which parameters change.</b> Frozen ones are skipped, and so is, with its memory, one that
 * has no gradient in this step.
 *
 * <p><b>All or nothing.</b> A step finds out whether it can be made before it changes the first
 * number: if it throws, parameters and memory are as they were.
 *
 * <p><b>Threads.</b> One optimiser belongs to one thread at a time, and a step must not overlap
 * with another thread's forward pass over the same parameters. Optimisers of different parameters
 * are independent.
 */
public interface Optimizer extends Minimizer {

  /**
   * Evaluates the loss, makes one step along its gradients, and returns the loss as it was before.
   * Differentiates with respect to this optimiser's parameters only, and neither reads nor writes
   * any {@code grad()}.
   *
   * <p>If this thread has an open {@link dev.autograd.Tape}, the computation is part of it;
   * otherwise all tensors made inside, but those that are kept ({@link Tensor#keep()}), die when
   * this returns.
   *
   * @throws dev.autograd.ShapeException if the loss has not exactly one element
   * @throws dev.autograd.NotTrackedException if it depends on none of the parameters
   * @throws dev.autograd.NoGradientException if all parameters are frozen
   * @throws ArithmeticException if the loss is NaN or infinite: a step would spread that to every
   *     parameter; nothing has changed
   */
  @Override
  double minimize(Supplier<Tensor> loss);

  /**
   * Makes one step along the {@code grad()} of the parameters, which stays.
   *
   * @throws dev.autograd.NoGradientException if no parameter has one that is not frozen
   */
  void step();

  /**
   * Makes one step along given gradients. Those of other tensors are ignored.
   *
   * @throws dev.autograd.NoGradientException if they have none of a parameter that is not frozen
   */
  void step(Gradients gradients);

  /** Removes the {@code grad()} of all parameters. */
  void zeroGrad();

  /** Returns the number of steps so far. */
  long steps();

  /** Returns the learning rate of the next step; with several groups, the first one's. */
  double lr();

  /**
   * Returns a copy of what is remembered, by name: {@code "steps"}, and per parameter {@code path +
   * "." + what}, as in {@code "0.weight.momentum"}. With several groups each name starts with its
   * group, {@code "group0."}.
   */
  Map<String, Tensor> state();

  /**
   * Replaces what is remembered by copies, after which training goes on bit for bit as it would
   * have where {@link #state()} was taken. A state that does not fit changes nothing.
   *
   * @throws IllegalArgumentException if a name is missing, or there is one too many
   * @throws dev.autograd.ShapeException if a shape differs
   * @throws dev.autograd.DTypeException if an element type differs
   */
  void load(Map<String, Tensor> state);

  /**
   * Returns the optimisers as groups of one that steps all of them or none. They keep their memory
   * and their schedules; step them through the result only.
   *
   * <pre>{@code
   * Optimizer.all(
   *     Sgd.lr(1e-4).over(all.matching("encoder.**")),
   *     Adam.lr(1e-3).over(all.except("encoder.**")));
   * }</pre>
   *
   * @throws IllegalArgumentException if there is none, a parameter is in two of them, or one is not
   *     made by this library, because its steps cannot be taken together with others
   */
  static Optimizer all(Optimizer... optimizers) {
    return GroupOptimizer.joining(optimizers);
  }
}
