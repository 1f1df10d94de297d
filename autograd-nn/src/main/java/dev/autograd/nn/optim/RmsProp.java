package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * RMSprop: steps scaled by a running mean of the squared gradient. Immutable; {@link #over} makes
 * the optimiser.
 *
 * <pre>{@code
 * Optimizer rmsProp = RmsProp.lr(0.01).momentum(0.9).centered().over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g (plus {@code decay · p}), rate η and momentum μ, a step is
 *
 * <pre>
 * s ← α s + (1 - α) g²
 * u = g / (√s + ε)                         or, centered:
 * m ← α m + (1 - α) g
 * u = g / (√(s - m²) + ε)                  with 0 for s - m² where rounding makes it negative
 * p ← p - η u                              or, with momentum:
 * v ← μ v + u
 * p ← p - η v
 * </pre>
 *
 * <p>as in PyTorch (whose root of a negative s - m² is NaN), where the rate is 0.01 unless given.
 * Remembered per parameter: {@code secondMoment} (s), {@code firstMoment} (m, if centered), {@code
 * momentum} (v, with momentum) and {@code step}.
 *
 * <p>Sources: Tieleman and Hinton, Neural networks for machine learning, lecture 6.5, 2012; the
 * centered form is from Graves, Generating sequences with recurrent neural networks, 2013,
 * equations 38 to 41.
 *
 * @param schedule the learning rate η
 * @param alpha α, the share of the old means, from 0 to less than 1
 * @param epsilon ε, which bounds the step where gradients vanish
 * @param momentum μ, from 0 (none) to less than 1
 * @param deviation whether steps are scaled by the deviation from the mean (the centered form)
 * @param weightDecay the factor of p that is added to the gradient
 */
public record RmsProp(
    Schedule schedule,
    double alpha,
    double epsilon,
    double momentum,
    boolean deviation,
    double weightDecay) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RmsProp {
    Settings.share("RmsProp: alpha", alpha);
    Settings.amount("RmsProp: epsilon", epsilon);
    Settings.share("RmsProp: momentum", momentum);
    Settings.amount("RmsProp: weightDecay", weightDecay);
  }

  /**
   * Returns RMSprop with one learning rate, α 0.99, ε 1e-8, and no momentum.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static RmsProp lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns RMSprop with a learning rate per step, α 0.99, ε 1e-8, and no momentum. */
  public static RmsProp lr(Schedule schedule) {
    return new RmsProp(schedule, 0.99, 1e-8, 0, false, 0);
  }

  /** Returns this with another share of the old means, from 0 to less than 1. */
  public RmsProp alpha(double share) {
    return new RmsProp(schedule, share, epsilon, momentum, deviation, weightDecay);
  }

  /** Returns this with another ε. */
  public RmsProp epsilon(double value) {
    return new RmsProp(schedule, alpha, value, momentum, deviation, weightDecay);
  }

  /** Returns this with momentum, from 0 to less than 1. */
  public RmsProp momentum(double share) {
    return new RmsProp(schedule, alpha, epsilon, share, deviation, weightDecay);
  }

  /** Returns this with steps scaled by the gradient's deviation from its running mean. */
  public RmsProp centered() {
    return new RmsProp(schedule, alpha, epsilon, momentum, true, weightDecay);
  }

  /** Returns this with a multiple of each parameter added to its gradient. */
  public RmsProp weightDecay(double factor) {
    return new RmsProp(schedule, alpha, epsilon, momentum, deviation, factor);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    return GroupOptimizer.of(new ParameterGroup(new RmsPropRule(this), schedule, parameters));
  }
}
