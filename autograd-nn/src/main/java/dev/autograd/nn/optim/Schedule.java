package dev.autograd.nn.optim;

import java.util.Arrays;

/**
 * A learning rate as a function of the step: {@code step -> 0.1 / (1 + step)}. Step 0 is the first.
 *
 * <pre>{@code
 * Adam.lr(Schedule.cosine(1e-3, 1000).warmup(50)).over(model.parameters())
 * Sgd.lr(Schedule.linear(0, 0.1, 100).then(100, Schedule.exponential(0.1, 0.99))).over(...)
 * }</pre>
 *
 * <p>Schedules of a finite number of steps stay at their last rate. A rate that follows a measured
 * loss instead of the step is a {@link PlateauSchedule}.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * Returns the learning rate of a step; between two steps always the same, because it is asked
   * again for the same step.
   *
   * @param step the number of steps before this one
   */
  double at(long step);

  // ---------------------------------------------------------------- one formula

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
   * Returns the schedule that goes from one rate to another in a straight line, {@code from + (to -
   * from) step/steps}, and stays there from {@code steps} on.
   *
   * @throws IllegalArgumentException if a rate is negative or not finite, or steps below 1
   */
  static Schedule linear(double from, double to, long steps) {
    Settings.amount("linear: the first learning rate", from);
    Settings.amount("linear: the last learning rate", to);
    Settings.steps("linear: the number of steps", steps);
    return step -> from + (to - from) * share(step, steps);
  }

  /**
   * Returns the schedule that falls from a rate to 0 by a power, {@code rate (1 - step/steps)ᵏ},
   * and stays there from {@code steps} on.
   *
   * @param power k, at least 0; with 0 the rate does not fall
   * @throws IllegalArgumentException if the rate or the power is negative or not finite, or steps
   *     below 1
   */
  static Schedule polynomial(double rate, double power, long steps) {
    Settings.amount("polynomial: the learning rate", rate);
    Settings.amount("polynomial: the power", power);
    Settings.steps("polynomial: the number of steps", steps);
    return step -> rate * Math.pow(1 - share(step, steps), power);
  }

  /**
   * Returns the schedule that is multiplied in each step: {@code rate · factorˢᵗᵉᵖ}.
   *
   * @throws IllegalArgumentException if the rate or the factor is negative or not finite
   */
  static Schedule exponential(double rate, double factor) {
    return step(rate, factor, 1);
  }

  /**
   * Returns the schedule that is multiplied once every so many steps: {@code rate ·
   * factor^⌊step/every⌋}.
   *
   * @throws IllegalArgumentException if the rate or the factor is negative or not finite, or {@code
   *     every} below 1
   */
  static Schedule step(double rate, double factor, long every) {
    Settings.amount("step: the learning rate", rate);
    Settings.amount("step: the factor", factor);
    Settings.steps("step: the number of steps between changes", every);
    return step -> {
      long changes = step / every;
      return rate * Math.pow(factor, (double) changes);
    };
  }

  /**
   * Returns the schedule {@code rate / (1 + decay · step)}, the {@code lr_decay} of PyTorch's
   * Adagrad.
   *
   * @throws IllegalArgumentException if the rate or the decay is negative or not finite
   */
  static Schedule inverseTime(double rate, double decay) {
    Settings.amount("inverseTime: the learning rate", rate);
    Settings.amount("inverseTime: the decay", decay);
    return step -> rate / (1 + decay * step);
  }

  /**
   * Returns the schedule that falls from a rate to 0 along half a cosine: {@code rate (1 + cos(π
   * step/steps)) / 2}, and 0 from {@code steps} on. Source: Loshchilov and Hutter, SGDR: stochastic
   * gradient descent with warm restarts, ICLR 2017, equation 5, without restarts.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite, or steps below 1
   */
  static Schedule cosine(double rate, long steps) {
    return cosine(rate, 0, steps);
  }

  /**
   * Returns the schedule that falls from a rate to a lowest one along half a cosine: {@code lowest
   * + (rate - lowest) (1 + cos(π step/steps)) / 2}, and stays there from {@code steps} on.
   *
   * @throws IllegalArgumentException if a rate is negative or not finite, or steps below 1
   */
  static Schedule cosine(double rate, double lowest, long steps) {
    Settings.amount("cosine: the learning rate", rate);
    Settings.amount("cosine: the lowest learning rate", lowest);
    Settings.steps("cosine: the number of steps", steps);
    return step -> HalfCosine.between(rate, lowest, share(step, steps));
  }

  /**
   * Returns the schedule that falls along half a cosine again and again: after {@code steps} steps
   * it starts anew, and each period is {@code growth} times as long as the one before. Source:
   * Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017,
   * equation 5.
   *
   * @param lowest the rate at the end of a period, which no step reaches
   * @param growth a whole number, 1 for equal periods
   * @throws IllegalArgumentException if a rate is negative or not finite, or steps or growth below
   *     1
   */
  static Schedule cosineRestarts(double rate, double lowest, long steps, long growth) {
    Settings.amount("cosineRestarts: the learning rate", rate);
    Settings.amount("cosineRestarts: the lowest learning rate", lowest);
    Settings.steps("cosineRestarts: the number of steps", steps);
    Settings.steps("cosineRestarts: the growth", growth);
    return step -> {
      long period = steps;
      long since = growth == 1 ? step % steps : step;
      while (since >= period) {
        since -= period;
        period = period > Long.MAX_VALUE / growth ? Long.MAX_VALUE : period * growth;
      }
      return HalfCosine.between(rate, lowest, share(since, period));
    };
  }

  /**
   * Returns the schedule that rises to a rate and falls far below where it began, each along half a
   * cosine.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite, or steps below 1
   */
  static OneCycle oneCycle(double largest, long steps) {
    return new OneCycle(largest, steps, 0.3, largest / 25, largest / 25 / 1e4);
  }

  private static double share(long step, long steps) {
    return Math.min(step, steps) / (double) steps;
  }

  // ---------------------------------------------------------------- put together

  /**
   * Returns the schedule with the first rate before the first boundary, the second from there on,
   * and so on.
   *
   * @param rates one more than boundaries
   * @param boundaries the steps that first have the next rate, rising
   * @throws IllegalArgumentException if a rate is negative or not finite, the boundaries do not
   *     rise from 1 on, or the numbers do not fit
   */
  static Schedule piecewise(double[] rates, long... boundaries) {
    if (rates.length != boundaries.length + 1) {
      throw new IllegalArgumentException(
          "piecewise: there are "
              + rates.length
              + " learning rates and "
              + boundaries.length
              + " boundaries between them; give one boundary less than rates");
    }
    double[] own = rates.clone();
    long[] starts = boundaries.clone();
    for (double rate : own) {
      Settings.amount("piecewise: a learning rate", rate);
    }
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] <= (i == 0 ? 0 : starts[i - 1])) {
        throw new IllegalArgumentException(
            "piecewise: the boundaries are "
                + Arrays.toString(starts)
                + "; they must rise, above 0");
      }
    }
    return step -> {
      int found = Arrays.binarySearch(starts, step);
      return own[found >= 0 ? found + 1 : -found - 1];
    };
  }

  /**
   * Returns this schedule for so many steps, and then another from its step 0 on.
   *
   * @throws IllegalArgumentException if steps is below 1
   */
  default Schedule then(long steps, Schedule next) {
    Settings.steps("then: the number of steps", steps);
    return step -> step < steps ? at(step) : next.at(step - steps);
  }

  /**
   * Returns this schedule with all rates multiplied by a factor.
   *
   * @throws IllegalArgumentException if the factor is negative or not finite
   */
  default Schedule scaled(double factor) {
    Settings.amount("scaled: the factor", factor);
    return step -> at(step) * factor;
  }

  /**
   * Returns this schedule with its first rates scaled down, in equal parts: {@code (step +
   * 1)/steps} of the rate for the steps before {@code steps}, which count as steps of this
   * schedule, too. For a rise before the first step of this schedule see {@link #linear} and {@link
   * #then}.
   *
   * @throws IllegalArgumentException if steps is below 1
   */
  default Schedule warmup(long steps) {
    Settings.steps("warmup: the number of steps", steps);
    return step -> at(step) * Math.min(1, (step + 1.0) / steps);
  }
}
