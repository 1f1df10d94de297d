package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * AdamW: {@link Adam} with weight decay that is decoupled from the gradient, so that the moments do
 * not see it. Immutable; {@link #over} makes the optimiser.
 *
 * <pre>{@code
 * Parameters all = model.parameters();
 * Optimizer adamW =
 *     Optimizer.all(
 *         AdamW.lr(1e-3).weightDecay(0.05).over(all.matching("**weight")),
 *         AdamW.lr(1e-3).weightDecay(0).over(all.except("**weight")));   // biases do not decay
 * }</pre>
 *
 * <p>With gradient g, rate η and decay λ, a step is
 *
 * <pre>
 * p ← (1 - η λ) p
 * </pre>
 *
 * <p>and then a step of Adam along g. The decay follows the schedule of the rate, as in PyTorch,
 * whose rate is 0.001 unless given. Remembered per parameter: what Adam remembers.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019, algorithm 2,
 * with the rate in the place of the schedule's multiplier.
 *
 * @param schedule the learning rate η
 * @param beta1 β₁, the share of the old first moment, from 0 to less than 1
 * @param beta2 β₂, the share of the old second moment, from 0 to less than 1
 * @param epsilon ε, which bounds the step where gradients vanish
 * @param weightDecay λ, at least 0
 * @param largestMoment whether the largest second moment so far counts (AMSGrad)
 */
public record AdamW(
    Schedule schedule,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean largestMoment) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AdamW {
    Settings.share("AdamW: beta1", beta1);
    Settings.share("AdamW: beta2", beta2);
    Settings.amount("AdamW: epsilon", epsilon);
    Settings.amount("AdamW: weightDecay", weightDecay);
  }

  /**
   * Returns AdamW with one learning rate, decay 0.01, β₁ 0.9, β₂ 0.999 and ε 1e-8.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static AdamW lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns AdamW with a learning rate per step, and the other settings as with one. */
  public static AdamW lr(Schedule schedule) {
    return new AdamW(schedule, 0.9, 0.999, 1e-8, 0.01, false);
  }

  /** Returns this with other shares of the old moments, each from 0 to less than 1. */
  public AdamW betas(double first, double second) {
    return new AdamW(schedule, first, second, epsilon, weightDecay, largestMoment);
  }

  /** Returns this with another ε. */
  public AdamW epsilon(double value) {
    return new AdamW(schedule, beta1, beta2, value, weightDecay, largestMoment);
  }

  /** Returns this with another decay. */
  public AdamW weightDecay(double factor) {
    return new AdamW(schedule, beta1, beta2, epsilon, factor, largestMoment);
  }

  /** Returns this in the variant AMSGrad. */
  public AdamW amsgrad() {
    return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, true);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    Adam coupled = new Adam(schedule, beta1, beta2, epsilon, 0, largestMoment);
    AdamRule rule = new AdamRule(coupled, weightDecay);
    return GroupOptimizer.of(new ParameterGroup(rule, schedule, parameters));
  }
}
