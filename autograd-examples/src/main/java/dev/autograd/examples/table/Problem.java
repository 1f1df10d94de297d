package dev.autograd.examples.table;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Split;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.io.CsvTable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table as tensors, divided into rows to train on and rows held out to test on.
 *
 * @param target what is learned
 * @param features what it is learned from
 * @param units the place and spread of numbers that are learned, {@code [1]}; none for classes
 * @param training the rows to train on
 * @param heldOut the rows to test on
 */
public record Problem(
    Target target,
    Features features,
    Optional<Standardizer> units,
    Examples training,
    Examples heldOut) {

  private static final int FEWEST_ROWS = 2;

  /**
   * Returns the problem that a task makes of a table. Of every class, the same share is held out.
   *
   * @param seed decides which rows are held out
   * @throws InvalidInputException if the table does not allow it
   */
  public static Problem of(CsvTable table, Task task, long seed) {
    task.ignored().forEach(table::column);
    Target target = Target.of(table, task.target(), task.regression());
    Split split = split(table, target, task.testFraction(), seed);
    Set<String> leftOut = new HashSet<>(task.ignored());
    leftOut.add(task.target());
    Features features = Features.fit(table, leftOut, split.train());
    if (target instanceof Target.Numbers numbers) {
      return ofNumbers(table, numbers, features, split);
    }
    return ofClasses(table, (Target.Classes) target, features, split);
  }

  private static Split split(CsvTable table, Target target, double fraction, long seed) {
    int rows = table.rows().size();
    long held = Math.round(rows * fraction);
    if (held < FEWEST_ROWS || rows - held < FEWEST_ROWS) {
      throw new InvalidInputException(
          table.source()
              + ": of "
              + rows
              + " rows, "
              + held
              + " would be held out and "
              + (rows - held)
              + " trained on; both need "
              + FEWEST_ROWS
              + " at least: add rows, or change --test-fraction");
    }
    return target instanceof Target.Classes classes
        ? Split.stratified(classes.of(IntStream.range(0, rows).toArray()), fraction, seed)
        : Split.random(rows, fraction, seed);
  }

  private static Problem ofNumbers(
      CsvTable table, Target.Numbers target, Features features, Split split) {
    Tensor learned = column(target.of(split.train()));
    Tensor judged = column(target.of(split.test()));
    Standardizer units = Standardizer.fit(learned);
    return new Problem(
        target,
        features,
        Optional.of(units),
        new Examples(features.of(table, split.train()), units.transform(learned)),
        new Examples(features.of(table, split.test()), units.transform(judged)));
  }

  private static Problem ofClasses(
      CsvTable table, Target.Classes target, Features features, Split split) {
    return new Problem(
        target,
        features,
        Optional.empty(),
        new Examples(features.of(table, split.train()), labels(target, split.train())),
        new Examples(features.of(table, split.test()), labels(target, split.test())));
  }

  /** Two classes are learned as probabilities of the second, more as indices. */
  private static Tensor labels(Target.Classes target, int... rows) {
    int[] classes = target.of(rows);
    return target.labels().size() == 2
        ? column(IntStream.of(classes).asDoubleStream().toArray())
        : Tensor.indices(classes);
  }

  private static Tensor column(double... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }
}
