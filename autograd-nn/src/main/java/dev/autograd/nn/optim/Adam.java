package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * Adam: steps scaled by running means of the gradient and of its square. Immutable; {@link #over}
 * makes the optimiser.
 *
 * <pre>{@code
 * Optimizer adam = Adam.lr(1e-3).betas(0.9, 0.999).over(model.parameters());
 * }</pre>
 *
 * <p>With gradient g (plus {@code decay · p}), rate η, and t the number of the parameter's update
 * from 1, a step is
 *
 * <pre>
 * m ← β₁ m + (1 - β₁) g
 * s ← β₂ s + (1 - β₂) g²
 * p ← p - η (m / (1 - β₁ᵗ)) / (√(s / (1 - β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>with ε outside the root of the corrected moment, as in the paper and in PyTorch, whose rate is
 * 0.001 unless given. For decay that is decoupled from the gradient see {@link AdamW}. AMSGrad
 * takes the largest s so far instead of s, corrected in the same way. Remembered per parameter:
 * {@code firstMoment} (m), {@code secondMoment} (s), {@code largestSecondMoment} (AMSGrad only) and
 * {@code step} (t).
 *
 * <p>Sources: Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1;
 * Reddi, Kale and Kumar, On the convergence of Adam and beyond, ICLR 2018, algorithm 2, with the
 * correction of bias that PyTorch adds.
 *
 * @param schedule the learning rate η
 * @param beta1 β₁, the share of the old m, from 0 to less than 1
 * @param beta2 β₂, the share of the old s, from 0 to less than 1
 * @param epsilon ε, which bounds the step where gradients vanish
 * @param weightDecay the factor of p that is added to the gradient
 * @param largestMoment whether the largest s so far counts (AMSGrad)
 */
public record Adam(
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
  public Adam {
    Settings.share("Adam: beta1", beta1);
    Settings.share("Adam: beta2", beta2);
    Settings.amount("Adam: epsilon", epsilon);
    Settings.amount("Adam: weightDecay", weightDecay);
  }

  /**
   * Returns Adam with one learning rate, and the paper's other settings: β₁ 0.9, β₂ 0.999, ε 1e-8.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public static Adam lr(double rate) {
    return lr(Schedule.constant(rate));
  }

  /** Returns Adam with a learning rate per step, and the paper's other settings. */
  public static Adam lr(Schedule schedule) {
    return new Adam(schedule, 0.9, 0.999, 1e-8, 0, false);
  }

  /** Returns this with other shares of the old moments, each from 0 to less than 1. */
  public Adam betas(double first, double second) {
    return new Adam(schedule, first, second, epsilon, weightDecay, largestMoment);
  }

  /** Returns this with another ε. */
  public Adam epsilon(double value) {
    return new Adam(schedule, beta1, beta2, value, weightDecay, largestMoment);
  }

  /** Returns this with a multiple of each parameter added to its gradient. */
  public Adam weightDecay(double factor) {
    return new Adam(schedule, beta1, beta2, epsilon, factor, largestMoment);
  }

  /** Returns this in the variant AMSGrad. */
  public Adam amsgrad() {
    return new Adam(schedule, beta1, beta2, epsilon, weightDecay, true);
  }

  /**
   * Returns an optimiser of the given parameters, each taken once. Its state names them by path, if
   * they are {@link dev.autograd.nn.Parameters}, else by their own name, numbered where several
   * have the same.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public Optimizer over(Iterable<? extends Parameter> parameters) {
    return GroupOptimizer.of(new ParameterGroup(new AdamRule(this, 0), schedule, parameters));
  }
}
