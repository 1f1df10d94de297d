package dev.autograd.nn.optim;

import dev.autograd.Parameter;

/**
 * Exponential moving averages of parameters, which often do better than the last values. Immutable;
 * {@link #over} makes what is updated and read.
 *
 * <pre>{@code
 * MovingAverage average = Ema.decay(0.999).over(model.parameters());
 * for (...) {
 *   adam.minimize(...);
 *   average.update();
 * }
 * Layer averaged = model.map(average::of);
 * }</pre>
 *
 * <p>An update is
 *
 * <pre>
 * a ← a + (1 - d) (p - a)
 * </pre>
 *
 * <p>with a = p when it is made, so that the values at that time have weight dⁿ after n updates.
 * {@linkplain #debiased() Without bias} they have none: the factor is (1 - d) / (1 - dᵗ) in update
 * t, which makes a the mean of the values at updates alone, with weights that fall by d from each
 * to the one before.
 *
 * <p>Source: Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992, with
 * exponential weights; the correction of bias is that of Kingma and Ba, Adam: a method for
 * stochastic optimization, ICLR 2015, section 3.
 *
 * @param decay d, from 0 (the last values) to less than 1
 * @param unbiased whether the values before the first update are left out
 */
public record Ema(double decay, boolean unbiased) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the decay is out of its range
   */
  public Ema {
    Settings.share("Ema: decay", decay);
  }

  /**
   * Returns averages that start with the values at the time.
   *
   * @throws IllegalArgumentException if the decay is not at least 0 and below 1
   */
  public static Ema decay(double share) {
    return new Ema(share, false);
  }

  /** Returns this without weight on the values before the first update. */
  public Ema debiased() {
    return new Ema(decay, true);
  }

  /**
   * Returns the averages of the given parameters, each taken once. Their state names them as that
   * of an optimiser does.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public MovingAverage over(Iterable<? extends Parameter> parameters) {
    return new MovingAverage(this, parameters);
  }
}
