package dev.autograd.examples.training;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;

/**
 * Rows of inputs, each with what the network shall answer.
 *
 * <p>Targets are classes, which become a tensor of indices {@code [rows]}, or numbers, which become a
 * column {@code [rows, 1]}, as the outputs of a network are.
 */
public final class Examples {

  private final double[][] inputs;
  private final double[] targets;
  private final boolean indices;

  private Examples(double[][] inputs, double[] targets, boolean indices) {
    this.inputs = inputs;
    this.targets = targets;
    this.indices = indices;
  }

  /** Returns examples of classes, from 0. */
  static Examples ofClasses(double[][] inputs, int[] classes) {
    return new Examples(inputs, Arrays.stream(classes).asDoubleStream().toArray(), true);
  }

  /** Returns examples of numbers. */
  static Examples ofNumbers(double[][] inputs, double[] numbers) {
    return new Examples(inputs, numbers, false);
  }

  /** Returns the number of rows. */
  public int size() {
    return inputs.length;
  }

  /** Returns the first rows. */
  public Examples first(int rows) {
    return new Examples(
        Arrays.copyOf(inputs, rows), Arrays.copyOf(targets, rows), indices);
  }

  /** Returns some of the rows, in the order given. */
  Examples rows(int[] rows) {
    double[][] chosen = new double[rows.length][];
    double[] answers = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = inputs[rows[i]];
      answers[i] = targets[rows[i]];
    }
    return new Examples(chosen, answers, indices);
  }

  /** Returns the inputs, {@code [rows, columns]}. */
  Tensor inputs() {
    return Tensor.of(inputs);
  }

  /** Returns the targets, indices {@code [rows]} or numbers {@code [rows, 1]}. */
  Tensor targets() {
    return indices
        ? Tensor.indices(classes())
        : Tensor.of(Shape.of(targets.length, 1), targets);
  }

  /** Returns the targets as classes. */
  int[] classes() {
    return Arrays.stream(targets).mapToInt(target -> (int) target).toArray();
  }
}
