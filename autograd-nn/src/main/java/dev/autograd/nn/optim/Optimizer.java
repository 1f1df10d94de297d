package dev.autograd.nn.optim;

import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.ValueAndGradients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
   * Makes one step along the gradient of a sum of losses, and returns the sum as it was before: the
   * same step as with {@code minimize} of the sum, but the losses are evaluated and differentiated
   * one after the other, each on a tape of its own, so that the memory is that of the largest. This
   * is how a batch is trained with that does not fit in memory (gradient accumulation):
   *
   * <pre>{@code
   * adam.minimizeSum(parts, b -> Losses.mse(model.forward(b.x(), Mode.TRAINING), b.y()).div(k));
   * }</pre>
   *
   * <p>has, with k parts of equal size, the gradient of the mean over the whole batch, but for
   * rounding and for layers that look at the batch as a whole.
   *
   * @param parts at least one
   * @param loss the loss of a part, one number
   * @throws IllegalArgumentException if there are no parts
   * @throws RuntimeException as {@link #minimize}, for any part; nothing has changed
   */
  default <T> double minimizeSum(Iterable<? extends T> parts, Function<? super T, Tensor> loss) {
    return minimize(
        () -> {
          List<Tensor> losses = new ArrayList<>();
          parts.forEach(part -> losses.add(loss.apply(part)));
          return losses.stream()
              .reduce(Tensor::add)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "minimizeSum: there are no parts; pass at least one"));
        });
  }

  /**
   * Returns a loss, finite or not, with its gradients with respect to those of this optimiser's
   * parameters that are not frozen; no step is made, and no {@code grad()} read or written. {@link
   * #step(Gradients)} is the other half of {@link #minimize}. On an open tape they belong to it.
   *
   * @throws dev.autograd.ShapeException if the loss has not exactly one element
   * @throws dev.autograd.NotTrackedException if it depends on none of the parameters
   * @throws dev.autograd.NoGradientException if all parameters are frozen
   * @throws UnsupportedOperationException by optimisers that are not made by this library and do
   *     not override this
   */
  default ValueAndGradients differentiate(Supplier<Tensor> loss) {
    throw new UnsupportedOperationException(
        "differentiate: "
            + getClass().getName()
            + " does not say what it differentiates; override differentiate(Supplier)");
  }

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
   * @throws IllegalArgumentException if there is none, a parameter is in two of them, one clips its
   *     gradients (clip those of the result instead), or one is not made by this library, because
   *     its steps cannot be taken together with others
   */
  static Optimizer all(Optimizer... optimizers) {
    return GroupOptimizer.joining(optimizers);
  }

  /**
   * Returns this optimiser with gradients that are scaled down together before each step, if their
   * length √Σg² is greater than a limit; see {@link Gradients#clipNorm}. The length is that of all
   * gradients of a step: of parameters in all groups, not frozen. Parameters, memory and schedules
   * are shared with this one.
   *
   * <p>Steps along gradients that are not finite throw {@link ArithmeticException} and change
   * nothing. Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural
   * networks, ICML 2013, algorithm 1.
   *
   * @throws IllegalArgumentException if the limit is not above 0, or this is not made by this
   *     library
   */
  default Optimizer clipNorm(double limit) {
    Settings.positive("clipNorm: the limit", limit);
    return GroupOptimizer.clipping("clipNorm", this, gradients -> gradients.clipNorm(limit));
  }

  /**
   * Returns this optimiser with gradients of which every element is limited to [-limit, limit]
   * before each step; see {@link Gradients#clipValue}. Parameters, memory and schedules are shared
   * with this one.
   *
   * <p>Steps along gradients with NaN throw {@link ArithmeticException} and change nothing;
   * infinite elements are limited like others.
   *
   * @throws IllegalArgumentException if the limit is not above 0, or this is not made by this
   *     library
   */
  default Optimizer clipValue(double limit) {
    Settings.positive("clipValue: the limit", limit);
    return GroupOptimizer.clipping("clipValue", this, gradients -> gradients.clipValue(limit));
  }
}
