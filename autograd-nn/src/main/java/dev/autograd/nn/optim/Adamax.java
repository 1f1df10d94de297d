package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * Adamax: {@link Adam} scaled by the largest recent gradient instead of a mean square. Immutable;
 * {@link #over} makes the optimiser.
 *
 * <pre>{@code
 * Optimizer adamax = Adamax.lr(2e-3).over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g (plus {@code decay · p}), rate η, and t the number of the parameter's update
 * from 1, a step is
 *
 * <pre>
 * m ← β₁ m + (1 - β₁) g
 * u ← max(β₂ u, |g| + ε)
 * p ← p - η (m / (1 - β₁ᵗ)) / u
 * </pre>
 *
 * <p>with ε inside the maximum as in PyTorch, whose rate is 0.002 unless given. Remembered per
 * parameter: {@code firstMoment} (m), {@code largestGradient} (u) and {@code step} (t).
 *
 * <p>Source: Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 2.
 *
 * @param schedule the learning rate η
 * @param beta1 β₁, the share of the old m, from 0 to less than 1
 * @param beta2 β₂, the share of the old u, from 0 to less than 1
 * @param epsilon ε, which bounds the step where gradients vanish
 * @param weightDecay the factor of p that is added to the gradient
 */
public record Adamax(
    Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adamax {
    Settings.share("Adamax: beta1", beta1);
    Settings.share("Adamax: beta2", beta2);
    Settings.amount("Adamax: epsilon", epsilon);
    Settings.amount("Adamax: weightDecay", weightDecay);
  }

  /**
   * Returns Adamax with one learning rate, and β₁ 0.9, β₂ 0.999, ε 1e-8.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Adamax lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns Adamax with a learning rate per step, and β₁ 0.9, β₂ 0.999, ε 1e-8. */
  public static Adamax lr(Schedule schedule) {
    return new Adamax(schedule, 0.9, 0.999, 1e-8, 0);
  }

  /** Returns this with other shares of m and u, each from 0 to less than 1. */
  public Adamax betas(double first, double second) {
    return new Adamax(schedule, first, second, epsilon, weightDecay);
  }

  /** Returns this with another ε. */
  public Adamax epsilon(double value) {
    return new Adamax(schedule, beta1, beta2, value, weightDecay);
  }

  /** Returns this with a multiple of each parameter added to its gradient. */
  public Adamax weightDecay(double factor) {
    return new Adamax(schedule, beta1, beta2, epsilon, factor);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    return GroupOptimizer.of(new ParameterGroup(new AdamaxRule(this), schedule, parameters));
  }
}
