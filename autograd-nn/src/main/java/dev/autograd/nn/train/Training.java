package dev.autograd.nn.train;

import dev.autograd.nn.Layer;
import dev.autograd.nn.optim.Optimizer;

/**
 * A run of a {@link Trainer} as {@link Callback}s see it: where it is, and what it works on. All of
 * it is of the moment at which the callback is called.
 */
public interface Training {

  /** Returns the model that is trained. */
  Layer model();

  /** Returns what makes the steps. */
  Optimizer optimizer();

  /** Returns the number of epochs that the run is to have. */
  int epochs();

  /** Returns the number of the present epoch, from 1; after an epoch, of the one that is over. */
  int epoch();

  /** Returns the number of batches per epoch. */
  int batches();

  /** Returns how many batches of the present epoch are done; after an epoch, all. */
  int batch();

  /**
   * Returns whether no step of the present epoch comes after the present one: before and after its
   * last step, and after the epoch.
   */
  boolean isLastStepOfEpoch();

  /** Returns how many steps the run has made, those before it was resumed included. */
  long steps();

  /**
   * Returns the loss of the last step, as it was before it, the mean over the rows; NaN before the
   * first step, also of a run that is resumed.
   */
  double loss();

  /** Returns the epochs that are over. */
  History history();

  /**
   * Asks the run to stop as soon as the callback returns: after a step in the middle of its epoch.
   *
   * @param reason a part of a sentence, for {@link History#reason()}; half a surrogate pair in it
   *     becomes a question mark
   * @throws IllegalArgumentException if the reason is empty
   */
  void stop(String reason);
}
