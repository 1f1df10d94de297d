package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Arrays;

/** One class per row, from 0: what a model predicts, or what is true. */
public final class Classes {

  private Classes() {}

  /**
   * Returns the class with the largest score of each row, the first of several; scores may be
   * logits or probabilities.
   *
   * @param scores {@code [rows, classes]}
   * @throws ShapeException if the scores are no matrix
   * @throws IllegalArgumentException if a score is NaN
   */
  public static int[] ofScores(Tensor scores) {
    Values.requireMatrix("classes", "scores", scores);
    Values.numbers("classes", "score", scores);
    return Arrays.stream(scores.argMax(1).toLongArray()).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * Returns 1 for each probability above 0.5, else 0.
   *
   * @param probabilities one per row, {@code [rows]} or {@code [rows, 1]}
   * @throws ShapeException if there are several per row
   * @throws IllegalArgumentException if one is NaN or outside [0, 1]
   */
  public static int[] ofProbabilities(Tensor probabilities) {
    double[] p = Values.onePerRow("classes", "probabilities", probabilities);
    for (int row = 0; row < p.length; row++) {
      Values.requireProbability("classes", row, p[row], "apply sigmoid(), or use ofLogits");
    }
    return Arrays.stream(p).mapToInt(value -> value > 0.5 ? 1 : 0).toArray();
  }

  /**
   * Returns 1 for each logit above 0, else 0: the same classes as of the probabilities {@code
   * sigmoid(z)}.
   *
   * @param logits one per row, {@code [rows]} or {@code [rows, 1]}
   * @throws ShapeException if there are several per row
   * @throws IllegalArgumentException if one is NaN
   */
  public static int[] ofLogits(Tensor logits) {
    double[] z = Values.onePerRow("classes", "logits", logits);
    return Arrays.stream(z).mapToInt(value -> value > 0 ? 1 : 0).toArray();
  }

  /**
   * Returns classes that are stored as numbers, such as the targets of a binary loss.
   *
   * @param labels one per row, {@code [rows]} or {@code [rows, 1]}
   * @throws ShapeException if there are several per row
   * @throws IllegalArgumentException if one is no integer from 0
   */
  public static int[] ofLabels(Tensor labels) {
    double[] values = Values.onePerRow("classes", "labels", labels);
    for (int row = 0; row < values.length; row++) {
      if (values[row] < 0 || values[row] != (int) values[row]) {
        throw new IllegalArgumentException(
            "classes: row " + row + " has the label " + values[row] + ", no integer from 0");
      }
    }
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }
}
