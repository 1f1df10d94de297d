package dev.autograd.nn.train;

/**
 * A loss or a gradient of a training run is NaN or infinite. No parameter, and nothing that layers
 * remember, was changed by the step.
 */
public final class DivergenceException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int batch;
  private final long step;
  private final double loss;

  /**
   * Where a step is in a run.
   *
   * @param epoch from 1
   * @param batch the number of the step's first batch in the epoch, from 1
   * @param step the number of the step in the run, from 1
   * @param checkpoint a sentence on the last checkpoint
   */
  record Place(int epoch, int batch, long step, String checkpoint) {}

  DivergenceException(Place place, double loss, String what, String origin) {
    super(
        "training: in epoch "
            + place.epoch()
            + ", batch "
            + place.batch()
            + " (step "
            + place.step()
            + ") "
            + what
            + "; where it came from: "
            + origin
            + ". The model is as it was before this step; "
            + place.checkpoint()
            + ". Lower the learning rate, clip the gradients, or mend what the operation is given");
    epoch = place.epoch();
    batch = place.batch();
    step = place.step();
    this.loss = loss;
  }

  /** Returns the number of the epoch, from 1. */
  public int epoch() {
    return epoch;
  }

  /** Returns the number of the step's first batch in the epoch, from 1. */
  public int batch() {
    return batch;
  }

  /** Returns the number of the step in the run, from 1. */
  public long step() {
    return step;
  }

  /** Returns the loss, which is finite if a gradient is not. */
  public double loss() {
    return loss;
  }
}
