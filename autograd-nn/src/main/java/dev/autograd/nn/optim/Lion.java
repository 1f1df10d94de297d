package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * Lion: steps of one size, in the direction that the sign of a running mean gives. Immutable;
 * {@link #over} makes the optimiser.
 *
 * <pre>{@code
 * Optimizer lion = Lion.lr(1e-4).weightDecay(0.1).over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g, rate η and decay λ, a step is
 *
 * <pre>
 * p ← (1 - η λ) p - η sign(β₁ m + (1 - β₁) g)
 * m ← β₂ m + (1 - β₂) g
 * </pre>
 *
 * <p>with 0 for the sign of 0. The paper recommends rates 3 to 10 times smaller than those of
 * AdamW, and decays as many times larger. Remembered per parameter: {@code momentum} (m) and {@code
 * step}.
 *
 * <p>Source: Chen et al., Symbolic discovery of optimization algorithms, NeurIPS 2023, program 1.
 *
 * @param schedule the learning rate η
 * @param beta1 β₁, the share of m in the direction, from 0 to less than 1
 * @param beta2 β₂, the share of the old m, from 0 to less than 1
 * @param weightDecay λ, at least 0
 */
public record Lion(Schedule schedule, double beta1, double beta2, double weightDecay) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Lion {
    Settings.share("Lion: beta1", beta1);
    Settings.share("Lion: beta2", beta2);
    Settings.amount("Lion: weightDecay", weightDecay);
  }

  /**
   * Returns Lion with one learning rate, and the paper's β₁ 0.9, β₂ 0.99, without decay.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Lion lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns Lion with a learning rate per step, and the paper's β₁ 0.9, β₂ 0.99. */
  public static Lion lr(Schedule schedule) {
    return new Lion(schedule, 0.9, 0.99, 0);
  }

  /** Returns this with other shares of m, each from 0 to less than 1. */
  public Lion betas(double first, double second) {
    return new Lion(schedule, first, second, weightDecay);
  }

  /** Returns this with decay, which is decoupled from the gradient. */
  public Lion weightDecay(double factor) {
    return new Lion(schedule, beta1, beta2, factor);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    return GroupOptimizer.of(new ParameterGroup(new LionRule(this), schedule, parameters));
  }
}
