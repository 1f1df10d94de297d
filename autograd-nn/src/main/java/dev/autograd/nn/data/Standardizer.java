package dev.autograd.nn.data;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Iterator;

/**
 * Columns brought to mean 0 and standard deviation 1: {@code (x - mean) / scale}. The numbers come
 * from the rows a model learns from, and are then used for all others.
 *
 * <pre>{@code
 * Standardizer standardizer = Standardizer.fit(learnt);
 * Tensor x = standardizer.transform(judged);
 * }</pre>
 *
 * <p>A column that is constant in the rows learnt from is centred and not divided.
 *
 * @param mean the mean of each column, {@code [columns]}
 * @param scale what each column is divided by, {@code [columns]}: the standard deviation {@code √(Σ
 *     (x - mean)² / rows)}, or 1
 */
public record Standardizer(Tensor mean, Tensor scale) implements Transform {

  /**
   * Checks that the two belong together.
   *
   * @throws ShapeException if they are no vectors of one length
   * @throws DTypeException if their types differ
   */
  public Standardizer {
    if (mean.rank() != 1 || !mean.shape().equals(scale.shape())) {
      throw new ShapeException(
          "Standardizer: mean is "
              + mean.shape()
              + " and scale "
              + scale.shape()
              + "; both must be [columns]");
    }
    if (mean.dtype() != scale.dtype()) {
      throw new DTypeException(
          "Standardizer: mean is "
              + mean.dtype()
              + " and scale "
              + scale.dtype()
              + "; convert one of them with to(DType)");
    }
  }

  /**
   * Returns the standardiser of a table, in the table's element type; computed in double precision.
   *
   * @param x {@code [rows, columns]}
   * @throws ShapeException if x is no matrix, or has no rows
   * @throws IllegalArgumentException if a number is NaN or infinite, or a column's numbers lie too
   *     far apart or too close together for the type
   */
  public static Standardizer fit(Tensor x) {
    if (x.rank() != 2 || x.shape().dim(0) == 0) {
      throw new ShapeException(
          "Standardizer: the table is " + x.shape() + "; it must be [rows, columns] with rows");
    }
    double[][] rows = x.toDoubleMatrix();
    int columns = x.shape().dim(1);
    double[] mean = new double[columns];
    double[] scale = new double[columns];
    for (int c = 0; c < columns; c++) {
      double[] column = column(rows, c);
      mean[c] = mean(column);
      double deviation = deviation(column, mean[c]);
      scale[c] = isConstant(column) ? 1 : Columns.divisor("Standardizer", c, x.dtype(), deviation);
    }
    return new Standardizer(Tensor.of(mean).to(x.dtype()), Tensor.of(scale).to(x.dtype()));
  }

  /**
   * Returns the standardiser of all rows in some batches, of which one is held at a time; the same
   * to rounding as of the whole table.
   *
   * @param batches {@code [rows, columns]} each, such as those of a {@link Loading}
   * @throws ShapeException if one is no matrix, their columns differ, or there are no rows
   * @throws DTypeException if their types differ
   * @throws IllegalArgumentException if a number is NaN or infinite, or a column's numbers lie too
   *     far apart or too close together for the type
   */
  public static Standardizer fit(Iterator<Tensor> batches) {
    ColumnStatistics columns = ColumnStatistics.of("Standardizer", batches);
    return new Standardizer(columns.means(), columns.scales());
  }

  private static double[] column(double[][] rows, int c) {
    double[] column = new double[rows.length];
    for (int r = 0; r < rows.length; r++) {
      column[r] = rows[r][c];
      if (!Double.isFinite(column[r])) {
        throw new IllegalArgumentException(
            "Standardizer: row "
                + r
                + ", column "
                + c
                + " is "
                + column[r]
                + "; leave such rows out, or fill in a number");
      }
    }
    return column;
  }

  /** Returns whether all elements are equal; their computed deviation need not be exactly 0. */
  private static boolean isConstant(double[] column) {
    for (double value : column) {
      if (value != column[0]) {
        return false;
      }
    }
    return true;
  }

  private static double mean(double[] column) {
    double sum = 0;
    for (double value : column) {
      sum += value;
    }
    return sum / column.length;
  }

  private static double deviation(double[] column, double mean) {
    double squares = 0;
    for (double value : column) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / column.length);
  }

  /**
   * Returns {@code (x - mean) / scale}: {@code [..., columns] -> [..., columns]}.
   *
   * @throws ShapeException if x has another number of columns
   * @throws DTypeException if x has another element type
   */
  @Override
  public Tensor transform(Tensor x) {
    requireColumns("transform", x);
    return x.sub(mean).div(scale);
  }

  /**
   * Returns {@code x · scale + mean}, which undoes {@link #transform}.
   *
   * @throws ShapeException if x has another number of columns
   * @throws DTypeException if x has another element type
   */
  @Override
  public Tensor inverse(Tensor x) {
    requireColumns("inverse", x);
    return x.mul(scale).add(mean);
  }

  private void requireColumns(String asked, Tensor x) {
    Columns.require("Standardizer", asked, x, mean.size());
  }
}
