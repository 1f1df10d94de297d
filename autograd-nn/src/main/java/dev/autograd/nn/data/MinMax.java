package dev.autograd.nn.data;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Iterator;
import java.util.List;

/**
 * Columns brought into a range, [0, 1] unless told otherwise: {@code from + (x - minimum) / span ·
 * (to - from)}. The numbers come from the rows a model learns from, and are then used for all
 * others, which may lie outside: nothing is clamped.
 *
 * <pre>{@code
 * MinMax scaled = MinMax.fit(learnt).to(-1, 1);
 * Tensor x = scaled.transform(judged);
 * }</pre>
 *
 * <p>A column that is constant in the rows learnt from is moved to {@code from}, and not divided.
 *
 * @param minimum the least number of each column, {@code [columns]}
 * @param span what each column is divided by, {@code [columns]}: the largest number minus the
 *     least, or 1
 * @param from where the range begins
 * @param to where it ends, above {@code from}
 */
public record MinMax(Tensor minimum, Tensor span, double from, double to) implements Transform {

  /**
   * Checks that all belong together.
   *
   * @throws ShapeException if minimum and span are no vectors of one length
   * @throws DTypeException if their types differ
   * @throws IllegalArgumentException if the range is empty, or not finite
   */
  public MinMax {
    if (minimum.rank() != 1 || !minimum.shape().equals(span.shape())) {
      throw new ShapeException(
          "MinMax: minimum is "
              + minimum.shape()
              + " and span "
              + span.shape()
              + "; both must be [columns]");
    }
    if (minimum.dtype() != span.dtype()) {
      throw new DTypeException(
          "MinMax: minimum is "
              + minimum.dtype()
              + " and span "
              + span.dtype()
              + "; convert one of them with to(DType)");
    }
    if (!(from < to) || !Double.isFinite(to - from)) {
      throw new IllegalArgumentException(
          "MinMax: the range is "
              + from
              + " to "
              + to
              + "; it must be finite, and begin below its end");
    }
  }

  /**
   * Returns the range [0, 1] for the columns of a table, in the table's element type.
   *
   * @param x {@code [rows, columns]}
   * @throws ShapeException if x is no matrix, or has no rows
   * @throws IllegalArgumentException if a number is NaN or infinite, or a column's numbers lie too
   *     far apart for the type
   */
  public static MinMax fit(Tensor x) {
    return fit(List.of(x).iterator());
  }

  /**
   * Returns the range [0, 1] for the columns of all rows in some batches, of which one is held at a
   * time.
   *
   * @param batches {@code [rows, columns]} each, such as those of a {@link Loading}
   * @throws ShapeException if one is no matrix, their columns differ, or there are no rows
   * @throws DTypeException if their types differ
   * @throws IllegalArgumentException if a number is NaN or infinite, or a column's numbers lie too
   *     far apart for the type
   */
  public static MinMax fit(Iterator<Tensor> batches) {
    ColumnStatistics columns = ColumnStatistics.of("MinMax", batches);
    return new MinMax(columns.minima(), columns.spans(), 0, 1);
  }

  /**
   * Returns the same columns with another range.
   *
   * @throws IllegalArgumentException if it is empty, or not finite
   */
  public MinMax to(double newFrom, double newTo) {
    return new MinMax(minimum, span, newFrom, newTo);
  }

  /**
   * Returns the columns in the range: {@code [..., columns] -> [..., columns]}.
   *
   * @throws ShapeException if x has another number of columns
   * @throws DTypeException if x has another element type
   */
  @Override
  public Tensor transform(Tensor x) {
    requireColumns("transform", x);
    return x.sub(minimum).div(span).mul(to - from).add(from);
  }

  /**
   * Returns the columns as they were, which undoes {@link #transform}.
   *
   * @throws ShapeException if x has another number of columns
   * @throws DTypeException if x has another element type
   */
  @Override
  public Tensor inverse(Tensor x) {
    requireColumns("inverse", x);
    return x.sub(from).div(to - from).mul(span).add(minimum);
  }

  private void requireColumns(String asked, Tensor x) {
    Columns.require("MinMax", asked, x, minimum.size());
  }
}
