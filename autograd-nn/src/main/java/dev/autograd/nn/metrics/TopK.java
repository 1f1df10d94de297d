package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/**
 * The share of rows whose true class is among those with the k largest scores. Of equal scores the
 * lower class comes first, so that the top 1 is the {@link Accuracy} of {@link Classes#ofScores}.
 *
 * <pre>{@code
 * TopK top5 = TopK.of(5).plus(model.forward(x), classes);
 * }</pre>
 */
public final class TopK implements Metric<TopK> {

  private final int k;
  private final long right;
  private final long rows;

  private TopK(int k, long right, long rows) {
    this.k = k;
    this.right = right;
    this.rows = rows;
  }

  /**
   * Returns the share of no rows yet.
   *
   * @param k how many of the best classes count, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public static TopK of(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top k: k is " + k + "; it must be at least 1");
    }
    return new TopK(k, 0, 0);
  }

  /**
   * Returns this with a batch added.
   *
   * @param scores {@code [rows, classes]}, logits or probabilities
   * @param targets classes as {@link Classes#ofLabels} reads them
   * @throws ShapeException if the scores are no matrix
   * @throws IllegalArgumentException if there are fewer than k classes, the numbers of rows differ,
   *     or a score is NaN
   * @throws IndexOutOfBoundsException if there is no such class
   */
  @Override
  public TopK plus(Tensor scores, Tensor targets) {
    double[][] rowsOfScores = Values.matrix("top k", "scores", scores);
    int[] actual = Classes.ofLabels(targets);
    int classes = scores.shape().dim(1);
    if (k > classes) {
      throw new IllegalArgumentException(
          "top k: k is "
              + k
              + " and there are scores of "
              + classes
              + " classes; choose a smaller k");
    }
    Values.requireOnePerRow("top k", rowsOfScores.length, actual.length);
    long found = right;
    for (int row = 0; row < actual.length; row++) {
      Values.requireClass("top k", "true", row, actual[row], classes);
      found += place(rowsOfScores[row], actual[row]) < k ? 1 : 0;
    }
    return new TopK(k, found, rows + actual.length);
  }

  /** Returns how many classes come before one. */
  private static int place(double[] scores, int actual) {
    int before = 0;
    for (int c = 0; c < scores.length; c++) {
      boolean first = scores[c] == scores[actual] && c < actual;
      before += scores[c] > scores[actual] || first ? 1 : 0;
    }
    return before;
  }

  /**
   * Returns this with all rows added that another one has gathered.
   *
   * @throws IllegalArgumentException if its k is another
   */
  @Override
  public TopK plus(TopK other) {
    if (k != other.k) {
      throw new IllegalArgumentException(
          "top k: one part has k = " + k + " and the other " + other.k + "; gather with one k");
    }
    return new TopK(k, right + other.right, rows + other.rows);
  }

  @Override
  public long count() {
    return rows;
  }

  @Override
  public double value() {
    return (double) right / rows;
  }

  /** Returns the counts, as in {@code TopK(5: 99 of 100)}. */
  @Override
  public String toString() {
    return "TopK(" + k + ": " + right + " of " + rows + ")";
  }
}
