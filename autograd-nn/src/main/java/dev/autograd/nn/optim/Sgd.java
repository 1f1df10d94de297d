package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * Stochastic gradient descent, with momentum if asked for. Immutable; {@link #over} makes the
 * optimiser.
 *
 * <pre>{@code
 * Optimizer sgd = Sgd.lr(0.1).momentum(0.9).nesterov().over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g (plus {@code decay · p}), rate η, momentum μ and dampening τ, a step is
 *
 * <pre>
 * p ← p - η g                              without momentum
 * v ← g at first, then μ v + (1 - τ) g
 * p ← p - η v                              with momentum
 * p ← p - η (g + μ v)                      with Nesterov's momentum
 * </pre>
 *
 * <p>as in PyTorch: v is not multiplied by η, and dampening does not apply to the first g.
 * Remembered per parameter, with momentum: {@code momentum} (v) and {@code step}.
 *
 * <p>Sources: Polyak, Some methods of speeding up the convergence of iteration methods, 1964;
 * Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep
 * learning, ICML 2013.
 *
 * @param schedule the learning rate η
 * @param momentum μ, from 0 (none) to less than 1
 * @param dampening τ, from 0 to less than 1
 * @param accelerated whether the momentum is Nesterov's
 * @param weightDecay the factor of p that is added to the gradient
 */
public record Sgd(
    Schedule schedule, double momentum, double dampening, boolean accelerated, double weightDecay) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Sgd {
    Settings.share("Sgd: momentum", momentum);
    Settings.share("Sgd: dampening", dampening);
    Settings.amount("Sgd: weightDecay", weightDecay);
  }

  /**
   * Returns plain gradient descent with one learning rate.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Sgd lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns plain gradient descent with a learning rate per step. */
  public static Sgd lr(Schedule schedule) {
    return new Sgd(schedule, 0, 0, false, 0);
  }

  /** Returns this with momentum, from 0 to less than 1. */
  public Sgd momentum(double share) {
    return new Sgd(schedule, share, dampening, accelerated, weightDecay);
  }

  /** Returns this with a share of each later gradient kept out of the momentum. */
  public Sgd dampening(double share) {
    return new Sgd(schedule, momentum, share, accelerated, weightDecay);
  }

  /** Returns this with Nesterov's momentum, which needs momentum and no dampening. */
  public Sgd nesterov() {
    return new Sgd(schedule, momentum, dampening, true, weightDecay);
  }

  /** Returns this with a multiple of each parameter added to its gradient. */
  public Sgd weightDecay(double factor) {
    return new Sgd(schedule, momentum, dampening, accelerated, factor);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters, or Nesterov's momentum has no
   *     momentum or a dampening
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    if (accelerated && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "Sgd: nesterov with momentum "
              + momentum
              + " and dampening "
              + dampening
              + "; it needs momentum(…) above 0, and no dampening");
    }
    return GroupOptimizer.of(new ParameterGroup(new SgdRule(this), schedule, parameters));
  }
}
