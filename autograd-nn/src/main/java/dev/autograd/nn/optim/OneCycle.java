package dev.autograd.nn.optim;

/**
 * A learning rate that rises to a large value and then falls far below where it began. Immutable.
 *
 * <pre>{@code
 * Sgd.lr(Schedule.oneCycle(0.5, 10_000).rising(0.4)).momentum(0.9)
 * }</pre>
 *
 * <p>Between the steps 0, {@code rising · steps - 1} and {@code steps - 1} the rate follows half a
 * cosine, {@code b + (a - b) (1 + cos(π share)) / 2} from a to b: from {@code first} to {@code
 * largest}, then to {@code last}, where it stays. These are the two phases of PyTorch's {@code
 * OneCycleLR}, with the same defaults; momentum does not change along with it.
 *
 * <p>Source: Smith and Topin, Super-convergence: very fast training of neural networks using large
 * learning rates, 2017, with half cosines in the place of lines.
 *
 * @param largest the largest rate
 * @param steps the number of all steps, at least 1
 * @param rising the share of the steps until the largest rate, above 0 and below 1
 * @param first the rate of step 0
 * @param last the rate of the last step
 */
public record OneCycle(double largest, long steps, double rising, double first, double last)
    implements Schedule {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public OneCycle {
    Settings.amount("oneCycle: the largest learning rate", largest);
    Settings.steps("oneCycle: the number of steps", steps);
    Settings.amount("oneCycle: the first learning rate", first);
    Settings.amount("oneCycle: the last learning rate", last);
    if (!(rising > 0 && rising < 1)) {
      throw new IllegalArgumentException(
          "oneCycle: the share of rising steps is " + rising + "; it must be above 0 and below 1");
    }
  }

  /** Returns this with another share of steps until the largest rate. */
  public OneCycle rising(double share) {
    return new OneCycle(largest, steps, share, first, last);
  }

  /** Returns this with another first rate, instead of 1/25 of the largest. */
  public OneCycle first(double rate) {
    return new OneCycle(largest, steps, rising, rate, last);
  }

  /** Returns this with another last rate, instead of 1/250,000 of the largest. */
  public OneCycle last(double rate) {
    return new OneCycle(largest, steps, rising, first, rate);
  }

  @Override
  public double at(long step) {
    double peak = rising * steps - 1;
    if (step < peak) {
      return HalfCosine.between(first, largest, step / peak);
    }
    double share = (Math.min(step, steps - 1) - peak) / (steps - 1 - peak);
    return HalfCosine.between(largest, last, share);
  }
}
