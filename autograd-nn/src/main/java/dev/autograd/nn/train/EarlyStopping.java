package dev.autograd.nn.train;

/**
 * When to end a run because a value no longer improves, and what weights it then has. Immutable.
 *
 * <pre>{@code
 * trainer.stopEarly(EarlyStopping.on("accuracy").rising().patience(10).minDelta(1e-3));
 * }</pre>
 *
 * <p>A value is an improvement if it is better than the best so far by more than {@code minDelta};
 * the first one is, unless it is NaN, which never is. After {@code patience} others in a row the
 * run ends. However it ends, but by an interruption or an exception, parameters, buffers and moving
 * averages are then set to what they were after the best epoch; {@link #keepLast} leaves them.
 *
 * <p>Checkpoints hold the last and the best weights: a run that is resumed knows its best epoch,
 * and one that goes on with more epochs goes on from its last weights.
 *
 * @param value a name that {@link Epoch#value} knows
 * @param isRising whether larger values are better
 * @param patience after how many epochs in a row without improvement the run ends, at least 1
 * @param minDelta what an improvement has to exceed, at least 0
 * @param restoresBest whether the weights of the best epoch are put back
 */
public record EarlyStopping(
    String value, boolean isRising, int patience, double minDelta, boolean restoresBest) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "EarlyStopping: patience is " + patience + "; it must be at least 1");
    }
    if (!(minDelta >= 0 && Double.isFinite(minDelta))) {
      throw new IllegalArgumentException(
          "EarlyStopping: minDelta is " + minDelta + "; it must be finite and at least 0");
    }
  }

  /** Returns a rule for a value that is better the smaller it is, with patience 10. */
  public static EarlyStopping on(String value) {
    return new EarlyStopping(value, false, 10, 0, true);
  }

  /** Returns this for a value that is better the larger it is. */
  public EarlyStopping rising() {
    return new EarlyStopping(value, true, patience, minDelta, restoresBest);
  }

  /** Returns this with another patience. */
  public EarlyStopping patience(int epochs) {
    return new EarlyStopping(value, isRising, epochs, minDelta, restoresBest);
  }

  /** Returns this with something that an improvement has to exceed. */
  public EarlyStopping minDelta(double difference) {
    return new EarlyStopping(value, isRising, patience, difference, restoresBest);
  }

  /** Returns this without putting the best weights back. */
  public EarlyStopping keepLast() {
    return new EarlyStopping(value, isRising, patience, minDelta, false);
  }

  /** Returns whether a value is an improvement over the best so far. */
  boolean improves(double measured, double best) {
    return isRising ? measured > best + minDelta : measured < best - minDelta;
  }

  /** Returns what every value but NaN is better than. */
  double worst() {
    return isRising ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
