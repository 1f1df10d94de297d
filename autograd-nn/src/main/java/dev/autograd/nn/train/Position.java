package dev.autograd.nn.train;

/**
 * Where a run is.
 *
 * @param epoch the number of the present epoch, from 1
 * @param batch how many of its batches are done
 * @param steps the number of steps of the run
 * @param rows the number of rows in the batches that are done
 * @param losses the sum over these rows of their losses
 * @param seconds how long the epoch has taken, up to when the run was resumed
 */
record Position(int epoch, int batch, long steps, long rows, double losses, double seconds) {

  static final Position START = new Position(1, 0, 0, 0, 0, 0);

  /** Returns where a run is after a step over some batches. */
  Position afterStep(int batches, long stepRows, double meanLoss) {
    return new Position(
        epoch, batch + batches, steps + 1, rows + stepRows, losses + meanLoss * stepRows, seconds);
  }

  /** Returns the beginning of the next epoch. */
  Position nextEpoch() {
    return new Position(epoch + 1, 0, steps, 0, 0, 0);
  }

  Position seconds(double soFar) {
    return new Position(epoch, batch, steps, rows, losses, soFar);
  }

  /** Returns the mean loss over the rows of the epoch so far. */
  double meanLoss() {
    return losses / rows;
  }
}
