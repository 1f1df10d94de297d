package dev.autograd.examples.training;

import dev.autograd.nn.metrics.ConfusionMatrix;

/** How well a trained network answers. */
public sealed interface Result {

  /**
   * Answers that are classes.
   *
   * @param training the share of training rows that are right
   * @param heldOut which held-out rows were taken for what
   */
  record Decisions(double training, ConfusionMatrix heldOut) implements Result {}

  /** Answers that are numbers, in the units of the file. */
  record Estimates(Fit training, Fit heldOut) implements Result {}

  /**
   * How close numbers are to the truth.
   *
   * @param rmse the root of the mean squared error
   * @param r2 the share of the variance that is explained: 1 - squared errors / squared deviations
   *     from the mean; NaN if all true numbers are equal
   */
  record Fit(double rmse, double r2) {}
}
