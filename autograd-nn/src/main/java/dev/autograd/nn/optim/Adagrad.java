package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * Adagrad: steps scaled by the sum of all squared gradients so far. Immutable; {@link #over} makes
 * the optimiser.
 *
 * <pre>{@code
 * Optimizer adagrad = Adagrad.lr(0.01).over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g (plus {@code decay · p}) and rate η, a step is
 *
 * <pre>
 * s ← s + g²
 * p ← p - η g / (√s + ε)
 * </pre>
 *
 * <p>with s from {@link #initialSum} on, as in PyTorch, whose rate is 0.01 unless given, and whose
 * {@code lr_decay} is {@link Schedule#inverseTime}. Remembered per parameter: {@code sum} (s) and
 * {@code step}.
 *
 * <p>Source: Duchi, Hazan and Singer, Adaptive subgradient methods for online learning and
 * stochastic optimization, JMLR 2011, figure 1, with a diagonal matrix.
 *
 * @param schedule the learning rate η
 * @param initialSum what s is at first, at least 0
 * @param epsilon ε, which bounds the step where gradients vanish; with 0 for both, a gradient of 0
 *     at first gives NaN
 * @param weightDecay the factor of p that is added to the gradient
 */
public record Adagrad(Schedule schedule, double initialSum, double epsilon, double weightDecay) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adagrad {
    Settings.amount("Adagrad: initialSum", initialSum);
    Settings.amount("Adagrad: epsilon", epsilon);
    Settings.amount("Adagrad: weightDecay", weightDecay);
  }

  /**
   * Returns Adagrad with one learning rate, a sum that starts with 0, and ε 1e-10.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Adagrad lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns Adagrad with a learning rate per step, a sum that starts with 0, and ε 1e-10. */
  public static Adagrad lr(Schedule schedule) {
    return new Adagrad(schedule, 0, 1e-10, 0);
  }

  /** Returns this with another sum to start with. */
  public Adagrad initialSum(double value) {
    return new Adagrad(schedule, value, epsilon, weightDecay);
  }

  /** Returns this with another ε. */
  public Adagrad epsilon(double value) {
    return new Adagrad(schedule, initialSum, value, weightDecay);
  }

  /** Returns this with a multiple of each parameter added to its gradient. */
  public Adagrad weightDecay(double factor) {
    return new Adagrad(schedule, initialSum, epsilon, factor);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    return GroupOptimizer.of(new ParameterGroup(new AdagradRule(this), schedule, parameters));
  }
}
