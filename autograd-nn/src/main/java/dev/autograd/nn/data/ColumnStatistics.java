package dev.autograd.nn.data;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.IntToDoubleFunction;

/**
 * What columns hold, gathered row by row in double precision: number, mean, squared deviations (by
 * Welford's update, measured from the first row), least and largest number.
 */
final class ColumnStatistics {

  private final String who;
  private final DType dtype;
  private final double[] first;
  private final double[] mean;
  private final double[] deviations;
  private final double[] least;
  private final double[] largest;
  private long rows;

  private ColumnStatistics(String who, Tensor batch) {
    this.who = who;
    requireMatrix(batch);
    int columns = batch.shape().dim(1);
    dtype = batch.dtype();
    first = new double[columns];
    mean = new double[columns];
    deviations = new double[columns];
    least = new double[columns];
    largest = new double[columns];
  }

  /**
   * Returns the statistics of all rows of some batches.
   *
   * @param who asks, for messages
   */
  static ColumnStatistics of(String who, Iterator<Tensor> batches) {
    if (!batches.hasNext()) {
      throw new ShapeException(who + ": there is no batch; give at least one of [rows, columns]");
    }
    Tensor batch = batches.next();
    ColumnStatistics statistics = new ColumnStatistics(who, batch);
    statistics.add(batch);
    while (batches.hasNext()) {
      statistics.add(batches.next());
    }
    if (statistics.rows == 0) {
      throw new ShapeException(who + ": the batches have no rows; give at least one row");
    }
    return statistics;
  }

  private void requireMatrix(Tensor batch) {
    if (batch.rank() != 2) {
      throw new ShapeException(
          who + ": a batch is " + batch.shape() + "; it must be [rows, columns]");
    }
  }

  private void add(Tensor batch) {
    requireMatrix(batch);
    if (batch.shape().dim(1) != first.length) {
      throw new ShapeException(
          who
              + ": a batch is "
              + batch.shape()
              + " and the first one had "
              + first.length
              + " columns; all must have the same");
    }
    if (batch.dtype() != dtype) {
      throw new DTypeException(
          who
              + ": a batch is "
              + batch.dtype()
              + " and the first one was "
              + dtype
              + "; convert one of them with to(DType)");
    }
    for (double[] row : batch.toDoubleMatrix()) {
      add(row);
    }
  }

  private void add(double... row) {
    for (int c = 0; c < row.length; c++) {
      if (!Double.isFinite(row[c])) {
        throw new IllegalArgumentException(
            who
                + ": row "
                + rows
                + ", column "
                + c
                + " is "
                + row[c]
                + "; leave such rows out, or fill in a number");
      }
    }
    if (rows == 0) {
      System.arraycopy(row, 0, first, 0, row.length);
      System.arraycopy(row, 0, least, 0, row.length);
      System.arraycopy(row, 0, largest, 0, row.length);
    }
    rows++;
    for (int c = 0; c < row.length; c++) {
      double x = row[c] - first[c];
      double delta = x - mean[c];
      mean[c] += delta / rows;
      deviations[c] += delta * (x - mean[c]);
      least[c] = Math.min(least[c], row[c]);
      largest[c] = Math.max(largest[c], row[c]);
    }
  }

  /** Returns the means, {@code [columns]}. */
  Tensor means() {
    return vector(c -> first[c] + mean[c]);
  }

  /** Returns the standard deviations, {@code [columns]}; 1 for a constant column. */
  Tensor scales() {
    return vector(c -> isConstant(c) ? 1 : divisor(c, Math.sqrt(deviations[c] / rows)));
  }

  /** Returns the least numbers, {@code [columns]}. */
  Tensor minima() {
    return vector(c -> least[c]);
  }

  /** Returns the largest numbers minus the least, {@code [columns]}; 1 for a constant column. */
  Tensor spans() {
    return vector(c -> isConstant(c) ? 1 : divisor(c, largest[c] - least[c]));
  }

  private boolean isConstant(int c) {
    return least[c] == largest[c];
  }

  private double divisor(int c, double value) {
    return Columns.divisor(who, c, dtype, value);
  }

  private Tensor vector(IntToDoubleFunction value) {
    double[] values = new double[first.length];
    Arrays.setAll(values, value);
    return Tensor.of(values).to(dtype);
  }
}
