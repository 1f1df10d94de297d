package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Arrays;

/** What tensors of predictions and targets hold, read by rows and checked. */
final class Values {

  private Values() {}

  /** Returns the numbers of a tensor {@code [rows]} or {@code [rows, 1]}, none of them NaN. */
  static double[] onePerRow(String metric, String what, Tensor x) {
    boolean column = x.rank() == 2 && x.shape().dim(1) == 1;
    if (x.rank() != 1 && !column) {
      throw new ShapeException(
          metric + ": the " + what + " are " + x.shape() + "; they must be [rows] or [rows, 1]");
    }
    return numbers(metric, "value", x);
  }

  /** Returns all numbers of a tensor, none of them NaN. */
  static double[] numbers(String metric, String what, Tensor x) {
    double[] values = x.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException(
            metric
                + ": "
                + what
                + " "
                + i
                + " is NaN, which belongs to no class; the model diverged");
      }
    }
    return values;
  }

  /** Returns the numbers of a matrix {@code [rows, classes]}, none of them NaN. */
  static double[][] matrix(String metric, String what, Tensor x) {
    requireMatrix(metric, what, x);
    numbers(metric, what, x);
    return x.toDoubleMatrix();
  }

  /** Requires the shape {@code [rows, classes]}. */
  static void requireMatrix(String metric, String what, Tensor x) {
    if (x.rank() != 2) {
      throw new ShapeException(
          metric + ": the " + what + " are " + x.shape() + "; they must be [rows, classes]");
    }
  }

  /** Requires a number from 0 to 1. */
  static void requireProbability(String metric, int row, double value, String remedy) {
    if (value < 0 || value > 1) {
      throw new IllegalArgumentException(
          metric + ": row " + row + " has the probability " + value + "; " + remedy);
    }
  }

  /** Requires a target for each prediction. */
  static void requireOnePerRow(String metric, int predictions, int rows) {
    if (predictions != rows) {
      throw new IllegalArgumentException(
          metric + ": " + predictions + " predictions for " + rows + " rows; give one per row");
    }
  }

  /**
   * Requires a class that there is.
   *
   * @param which whose it is, {@code "true"} or {@code "predicted"}
   */
  static void requireClass(String metric, String which, int row, int found, int classes) {
    if (found < 0 || found >= classes) {
      throw new IndexOutOfBoundsException(
          metric
              + ": the "
              + which
              + " class of row "
              + row
              + " is "
              + found
              + "; there are classes 0 to "
              + (classes - 1));
    }
  }

  /** Returns whether each row is of class 1, of classes 0 and 1. */
  static boolean[] events(String metric, Tensor targets) {
    int[] labels = Classes.ofLabels(targets);
    boolean[] events = new boolean[labels.length];
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] > 1) {
        throw new IllegalArgumentException(
            metric + ": row " + row + " has the class " + labels[row] + "; it must be 0 or 1");
      }
      events[row] = labels[row] == 1;
    }
    return events;
  }

  /** Returns predictions minus targets, element by element. */
  static double[] errors(String metric, Tensor predictions, Tensor targets) {
    if (!predictions.shape().equals(targets.shape())) {
      throw new ShapeException(
          metric
              + ": the predictions are "
              + predictions.shape()
              + " and the targets "
              + targets.shape()
              + "; the shapes must be equal");
    }
    double[] errors = predictions.toDoubleArray();
    double[] truth = targets.toDoubleArray();
    for (int i = 0; i < errors.length; i++) {
      if (!Double.isFinite(errors[i]) || !Double.isFinite(truth[i])) {
        throw new IllegalArgumentException(
            metric
                + ": number "
                + i
                + " is predicted as "
                + errors[i]
                + " and is "
                + truth[i]
                + "; both must be finite, else the model diverged or the data are damaged");
      }
      errors[i] -= truth[i];
    }
    return errors;
  }

  /** Returns the square of each number. */
  static double[] squares(double... values) {
    return Arrays.stream(values).map(value -> value * value).toArray();
  }
}
