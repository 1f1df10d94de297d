package dev.autograd.nn.metrics;

import dev.autograd.Tensor;

/** The share of rows whose class is predicted right, from 0 to 1. Prediction first, then truth. */
public final class Accuracy {

  private Accuracy() {}

  /**
   * Returns the share of equal classes.
   *
   * @throws IllegalArgumentException if there is no row, or the numbers of rows differ
   */
  public static double of(int[] predicted, int[] actual) {
    if (predicted.length != actual.length || predicted.length == 0) {
      throw new IllegalArgumentException(
          "accuracy: "
              + predicted.length
              + " predictions for "
              + actual.length
              + " rows; give one per row, and at least one");
    }
    int right = 0;
    for (int row = 0; row < actual.length; row++) {
      right += predicted[row] == actual[row] ? 1 : 0;
    }
    return (double) right / actual.length;
  }

  /** Returns the accuracy of scores {@code [rows, classes]}; see {@link Classes#ofScores}. */
  public static double ofScores(Tensor scores, int[] classes) {
    return of(Classes.ofScores(scores), classes);
  }

  /** Returns the accuracy of probabilities of class 1; see {@link Classes#ofProbabilities}. */
  public static double ofProbabilities(Tensor probabilities, Tensor labels) {
    return of(Classes.ofProbabilities(probabilities), Classes.ofLabels(labels));
  }

  /** Returns the accuracy of logits of class 1; see {@link Classes#ofLogits}. */
  public static double ofLogits(Tensor logits, Tensor labels) {
    return of(Classes.ofLogits(logits), Classes.ofLabels(labels));
  }
}
