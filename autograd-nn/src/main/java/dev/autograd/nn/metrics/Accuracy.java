package dev.autograd.nn.metrics;

import dev.autograd.Tensor;
import java.util.function.Function;

/**
 * The share of rows whose class is predicted right, from 0 to 1: {@code right / rows}. Prediction
 * first, then truth.
 *
 * <pre>{@code
 * double ofAll = Accuracy.ofScores(model.forward(x), classes);
 * Accuracy accuracy = Accuracy.of(Classes::ofScores);
 * accuracy = accuracy.plus(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 */
public final class Accuracy implements Metric<Accuracy> {

  private final Function<? super Tensor, int[]> classes;
  private final long right;
  private final long rows;

  private Accuracy(Function<? super Tensor, int[]> classes, long right, long rows) {
    this.classes = classes;
    this.right = right;
    this.rows = rows;
  }

  // ---------------------------------------------------------------- of all rows at once

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
    return (double) equal(predicted, actual) / actual.length;
  }

  private static long equal(int[] predicted, int[] actual) {
    long equal = 0;
    for (int row = 0; row < actual.length; row++) {
      equal += predicted[row] == actual[row] ? 1 : 0;
    }
    return equal;
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

  // ---------------------------------------------------------------- batch by batch

  /**
   * Returns the accuracy of no rows yet.
   *
   * @param classes which classes predictions are, such as {@code Classes::ofScores}
   */
  public static Accuracy of(Function<? super Tensor, int[]> classes) {
    return new Accuracy(classes, 0, 0);
  }

  /**
   * Returns this with a batch added.
   *
   * @param targets classes as {@link Classes#ofLabels} reads them
   * @throws IllegalArgumentException if the numbers of rows differ, or what the classes are made by
   *     refuses the predictions
   */
  @Override
  public Accuracy plus(Tensor predictions, Tensor targets) {
    int[] predicted = classes.apply(predictions);
    int[] actual = Classes.ofLabels(targets);
    Values.requireOnePerRow("accuracy", predicted.length, actual.length);
    return new Accuracy(classes, right + equal(predicted, actual), rows + actual.length);
  }

  @Override
  public Accuracy plus(Accuracy other) {
    return new Accuracy(classes, right + other.right, rows + other.rows);
  }

  @Override
  public long count() {
    return rows;
  }

  @Override
  public double value() {
    return (double) right / rows;
  }

  /** Returns the counts, as in {@code Accuracy(97 of 100)}. */
  @Override
  public String toString() {
    return "Accuracy(" + right + " of " + rows + ")";
  }
}
