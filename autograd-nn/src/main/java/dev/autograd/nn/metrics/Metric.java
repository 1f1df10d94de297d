package dev.autograd.nn.metrics;

import dev.autograd.Tensor;

/**
 * A number that says how good predictions are, gathered over any number of batches. What was
 * gathered is an immutable value: adding a batch returns another one, so that nothing has to be
 * reset, and threads need no locks.
 *
 * <pre>{@code
 * Accuracy accuracy = Accuracy.of(Classes::ofScores);
 * try (Loading<Examples> batches = loader.epoch(0)) {
 *   while (batches.hasNext()) {
 *     Examples batch = batches.next();
 *     accuracy = accuracy.plus(model.forward(batch.inputs()), batch.targets());
 *   }
 * }
 * System.out.println(accuracy.value());
 * }</pre>
 *
 * <p>The number is that of all rows together, however they were divided into batches, and not a
 * mean of the batches' numbers. What is counted is exact. What is summed is compensated, or updated
 * row by row, and has the same bits for any division of the same sequence of rows; parts that are
 * put together by {@link #plus(Metric)} have it to rounding.
 *
 * <p>Before the first row, and where a number is undefined, the value is NaN; each metric says
 * where. Predictions that are NaN are refused: they belong to no order and to no class.
 *
 * @param <M> the metric itself
 */
public interface Metric<M extends Metric<M>> {

  /**
   * Returns this with a batch added.
   *
   * @param predictions what a model returned for each row; each metric says in which shape
   * @param targets what is true for each row
   */
  M plus(Tensor predictions, Tensor targets);

  /**
   * Returns this with all rows added that another one has gathered, such as on another thread.
   *
   * @param other one that was made as this was
   */
  M plus(M other);

  /** Returns the number of rows, or of single numbers where several in a row are judged. */
  long count();

  /** Returns the number for all that was added; NaN where it is undefined. */
  double value();
}
