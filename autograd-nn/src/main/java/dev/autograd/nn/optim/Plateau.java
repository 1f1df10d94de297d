package dev.autograd.nn.optim;

/**
 * When and how to lower a learning rate because a measurement no longer improves. Immutable; {@link
 * #over} makes the schedule that is told the measurements.
 *
 * <pre>{@code
 * PlateauSchedule rate = Plateau.ofLoss().factor(0.5).patience(3).over(0.1);
 * Optimizer sgd = Sgd.lr(rate).over(model.parameters());
 * for (...) {
 *   ...                                           // an epoch
 *   rate.observe(validationLoss);
 * }
 * }</pre>
 *
 * <p>A measurement is an improvement if it is better than the best so far by more than {@code
 * threshold · |best|}. After more than {@code patience} others in a row the rate is multiplied by
 * {@code factor}, and then {@code cooldown} measurements do not count as others. This is PyTorch's
 * {@code ReduceLROnPlateau} with the same defaults, but for {@code |best|}: there the threshold has
 * the wrong sign for negative measurements.
 *
 * @param rising whether larger measurements are better
 * @param factor what the rate is multiplied by, from 0 to less than 1
 * @param patience how many measurements in a row may bring no improvement
 * @param cooldown how many measurements after a reduction are not counted
 * @param threshold the smallest improvement, relative to the best so far
 * @param lowest the rate below which no reduction goes
 */
public record Plateau(
    boolean rising, double factor, int patience, int cooldown, double threshold, double lowest) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Plateau {
    Settings.share("Plateau: factor", factor);
    Settings.amount("Plateau: patience", patience);
    Settings.amount("Plateau: cooldown", cooldown);
    Settings.amount("Plateau: threshold", threshold);
    Settings.amount("Plateau: lowest", lowest);
  }

  /** Returns what suits losses: smaller is better, factor 0.1, patience 10, threshold 1e-4. */
  public static Plateau ofLoss() {
    return new Plateau(false, 0.1, 10, 0, 1e-4, 0);
  }

  /** Returns what suits accuracies: larger is better, factor 0.1, patience 10, threshold 1e-4. */
  public static Plateau ofScore() {
    return new Plateau(true, 0.1, 10, 0, 1e-4, 0);
  }

  /** Returns this with another factor, from 0 to less than 1. */
  public Plateau factor(double share) {
    return new Plateau(rising, share, patience, cooldown, threshold, lowest);
  }

  /** Returns this with another patience. */
  public Plateau patience(int measurements) {
    return new Plateau(rising, factor, measurements, cooldown, threshold, lowest);
  }

  /** Returns this with another cooldown. */
  public Plateau cooldown(int measurements) {
    return new Plateau(rising, factor, patience, measurements, threshold, lowest);
  }

  /** Returns this with another smallest improvement, relative to the best measurement. */
  public Plateau threshold(double share) {
    return new Plateau(rising, factor, patience, cooldown, share, lowest);
  }

  /** Returns this with a rate below which no reduction goes. */
  public Plateau lowest(double rate) {
    return new Plateau(rising, factor, patience, cooldown, threshold, rate);
  }

  /**
   * Returns the schedule that begins with a rate.
   *
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  public PlateauSchedule over(double rate) {
    return over(Schedule.constant(rate));
  }

  /** Returns the schedule that begins with the rates of another. */
  public PlateauSchedule over(Schedule base) {
    return new PlateauSchedule(this, base);
  }
}
