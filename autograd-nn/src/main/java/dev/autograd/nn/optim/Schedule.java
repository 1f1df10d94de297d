package dev.autograd.nn.optim;

/**
 * A learning rate as a function of the step: {@code step -> 0.1 / (1 + step)}. Step 0 is the first.
 *
 * <pre>{@code
 * Adam.lr(Schedule.cosine(1e-3, 1000).warmup(50)).over(model.parameters())
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {

  /**
   * Returns the learning rate of a step; a pure function, because it is asked again for the same
   * step.
   *
   * @param step the number of steps before this one
   */
  double at(long step);

  /**
   * Returns the schedule with one rate for all steps.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  static Schedule constant(double rate) {
    Settings.amount("constant: the learning rate", rate);
    return step -> rate;
  }

  /**
   * Returns the schedule that falls from a rate to 0 along half a cosine: {@code rate (1 + cos(π
   * step/steps)) / 2}, and 0 from {@code steps} on. Source: Loshchilov and Hutter, SGDR: stochastic
   * gradient descent with warm restarts, ICLR 2017, equation 5, without restarts.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite, or steps below 1
   */
  static Schedule cosine(double rate, long steps) {
    Settings.amount("cosine: the learning rate", rate);
    Settings.steps("cosine: the number of steps", steps);
    return step -> rate * (1 + Math.cos(Math.PI * Math.min(step, steps) / steps)) / 2;
  }

  /**
   * Returns this schedule with its first rates scaled down, in equal parts: {@code (step +
   * 1)/steps} of the rate for the steps before {@code steps}, which count as steps of this
   * schedule, too.
   *
   * @throws IllegalArgumentException if steps is below 1
   */
  default Schedule warmup(long steps) {
    Settings.steps("warmup: the number of steps", steps);
    return step -> at(step) * Math.min(1, (step + 1.0) / steps);
  }
}
