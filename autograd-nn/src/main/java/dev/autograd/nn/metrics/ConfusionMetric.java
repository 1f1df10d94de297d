package dev.autograd.nn.metrics;

import dev.autograd.Tensor;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A number that follows from a confusion matrix, gathered batch by batch: precision, recall, F1, of
 * one class or averaged, or any other.
 *
 * <pre>{@code
 * ConfusionMetric f1 = ConfusionMetric.of(10, Classes::ofScores, m -> m.f1(Average.MACRO));
 * ConfusionMetric recall = ConfusionMetric.of(2, Classes::ofLogits, m -> m.recall(1));
 * f1 = f1.plus(model.forward(batch.inputs()), batch.targets());
 * System.out.println(f1.value() + System.lineSeparator() + f1.matrix());
 * }</pre>
 */
public final class ConfusionMetric implements Metric<ConfusionMetric> {

  private final ConfusionMatrix matrix;
  private final Function<? super Tensor, int[]> classes;
  private final ToDoubleFunction<? super ConfusionMatrix> value;

  private ConfusionMetric(
      ConfusionMatrix matrix,
      Function<? super Tensor, int[]> classes,
      ToDoubleFunction<? super ConfusionMatrix> value) {
    this.matrix = matrix;
    this.classes = classes;
    this.value = value;
  }

  /**
   * Returns the number for no rows yet.
   *
   * @param count how many classes there are
   * @param classes which classes predictions are, such as {@code Classes::ofScores}
   * @param value the number, such as {@code m -> m.f1(Average.MACRO)}
   */
  public static ConfusionMetric of(
      int count,
      Function<? super Tensor, int[]> classes,
      ToDoubleFunction<? super ConfusionMatrix> value) {
    ConfusionMatrix none = ConfusionMatrix.of(count, new int[0], new int[0]);
    return new ConfusionMetric(none, classes, value);
  }

  /**
   * Returns this with a batch added.
   *
   * @param targets classes as {@link Classes#ofLabels} reads them
   * @throws IllegalArgumentException if the numbers of rows differ, or what the classes are made by
   *     refuses the predictions
   * @throws IndexOutOfBoundsException if there is no such class
   */
  @Override
  public ConfusionMetric plus(Tensor predictions, Tensor targets) {
    int[] predicted = classes.apply(predictions);
    return with(matrix.plus(predicted, Classes.ofLabels(targets)));
  }

  /**
   * Returns this with all rows added that another one has gathered.
   *
   * @throws IllegalArgumentException if it has another number of classes
   */
  @Override
  public ConfusionMetric plus(ConfusionMetric other) {
    return with(matrix.plus(other.matrix));
  }

  private ConfusionMetric with(ConfusionMatrix sum) {
    return new ConfusionMetric(sum, classes, value);
  }

  /** Returns which rows were taken for what. */
  public ConfusionMatrix matrix() {
    return matrix;
  }

  @Override
  public long count() {
    return matrix.total();
  }

  @Override
  public double value() {
    return value.applyAsDouble(matrix);
  }

  /** Returns the value and the number of rows, as in {@code ConfusionMetric(0.9 of 100)}. */
  @Override
  public String toString() {
    return "ConfusionMetric(" + value() + " of " + count() + ")";
  }
}
