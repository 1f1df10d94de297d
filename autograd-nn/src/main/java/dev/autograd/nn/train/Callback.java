package dev.autograd.nn.train;

import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Something that happens during a run of a {@link Trainer}. Callbacks are called on the training
 * thread, in the order in which they were given; what one throws ends the run.
 *
 * <pre>{@code
 * trainer
 *     .callback(Callback.onEpoch(t -> System.out.println(t.history().last().loss())))
 *     .callback(Callback.onStep(t -> { if (t.loss() < 1e-3) t.stop("the loss is below 0.001"); }))
 * }</pre>
 *
 * <p><b>State.</b> A callback that remembers something on which what it does depends, says so by
 * {@link #state()}: it is kept in checkpoints, and given back by {@link #load} before {@link
 * #beforeRun} when a run goes on, so that it does what it would have done.
 */
public interface Callback {

  /** Comes before the first step of a run, or before the first one after it was resumed. */
  default void beforeRun(Training training) {}

  /**
   * Comes before a step, when its gradients are known and no parameter has changed.
   *
   * @param gradients finite; they die when this returns, but for what is kept ({@link
   *     Tensor#keep()})
   */
  default void beforeStep(Training training, Gradients gradients) {}

  /** Comes after a step. */
  default void afterStep(Training training) {}

  /** Comes after an epoch and its validation; the history has it as its last. */
  default void afterEpoch(Training training) {}

  /**
   * Comes at the end, however the run ends, also by an exception, if {@link #beforeRun} of this
   * callback has returned. What it throws keeps no other callback from its end, and is suppressed
   * by what the run or another one has thrown before.
   */
  default void afterRun(Training training) {}

  /**
   * Returns the name under which checkpoints keep the state; the simple name of the class. Of the
   * callbacks of a run that override {@link #state}, each must have its own, and none may begin
   * with that of another and a dot.
   */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Returns what is remembered, by name; unless overridden, nothing. */
  default Map<String, Tensor> state() {
    return Map.of();
  }

  /** Replaces what is remembered by what {@link #state()} once returned. */
  default void load(Map<String, Tensor> state) {}

  /** Returns a callback that does something after each step. */
  static Callback onStep(Consumer<Training> action) {
    return new Callback() {
      @Override
      public void afterStep(Training training) {
        action.accept(training);
      }
    };
  }

  /** Returns a callback that does something after each epoch. */
  static Callback onEpoch(Consumer<Training> action) {
    return new Callback() {
      @Override
      public void afterEpoch(Training training) {
        action.accept(training);
      }
    };
  }
}
