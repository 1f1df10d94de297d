package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * NAdam: {@link Adam} with Nesterov's momentum, whose strength rises over time. Immutable; {@link
 * #over} makes the optimiser.
 *
 * <pre>{@code
 * Optimizer nadam = NAdam.lr(2e-3).over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g (plus {@code decay · p}), rate η, and t the number of the parameter's update
 * from 1, a step is
 *
 * <pre>
 * μₜ = β₁ (1 - 0.96^(ψ t) / 2)
 * m ← β₁ m + (1 - β₁) g
 * s ← β₂ s + (1 - β₂) g²
 * d = √(s / (1 - β₂ᵗ)) + ε
 * p ← p - η ((1 - μₜ) / (1 - μ₁⋯μₜ) · g + μₜ₊₁ / (1 - μ₁⋯μₜ₊₁) · m) / d
 * </pre>
 *
 * <p>as in PyTorch, whose rate is 0.002 unless given. Remembered per parameter: {@code firstMoment}
 * (m), {@code secondMoment} (s) and {@code step} (t).
 *
 * <p>Source: Dozat, Incorporating Nesterov momentum into Adam, ICLR 2016 workshop, algorithm 2.
 *
 * @param schedule the learning rate η
 * @param beta1 β₁, the share of the old m, from 0 to less than 1
 * @param beta2 β₂, the share of the old s, from 0 to less than 1
 * @param epsilon ε, which bounds the step where gradients vanish
 * @param momentumDecay ψ, how fast μ comes from about β₁/2 to β₁, at least 0
 * @param weightDecay the factor of p that is added to the gradient
 */
public record NAdam(
    Schedule schedule,
    double beta1,
    double beta2,
    double epsilon,
    double momentumDecay,
    double weightDecay) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public NAdam {
    Settings.share("NAdam: beta1", beta1);
    Settings.share("NAdam: beta2", beta2);
    Settings.amount("NAdam: epsilon", epsilon);
    Settings.amount("NAdam: momentumDecay", momentumDecay);
    Settings.amount("NAdam: weightDecay", weightDecay);
  }

  /**
   * Returns NAdam with one learning rate, and β₁ 0.9, β₂ 0.999, ε 1e-8, ψ 0.004.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static NAdam lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns NAdam with a learning rate per step, and β₁ 0.9, β₂ 0.999, ε 1e-8, ψ 0.004. */
  public static NAdam lr(Schedule schedule) {
    return new NAdam(schedule, 0.9, 0.999, 1e-8, 0.004, 0);
  }

  /** Returns this with other shares of the old moments, each from 0 to less than 1. */
  public NAdam betas(double first, double second) {
    return new NAdam(schedule, first, second, epsilon, momentumDecay, weightDecay);
  }

  /** Returns this with another ε. */
  public NAdam epsilon(double value) {
    return new NAdam(schedule, beta1, beta2, value, momentumDecay, weightDecay);
  }

  /** Returns this with another ψ. */
  public NAdam momentumDecay(double value) {
    return new NAdam(schedule, beta1, beta2, epsilon, value, weightDecay);
  }

  /** Returns this with a multiple of each parameter added to its gradient. */
  public NAdam weightDecay(double factor) {
    return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay, factor);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    return GroupOptimizer.of(new ParameterGroup(new NAdamRule(this), schedule, parameters));
  }
}
