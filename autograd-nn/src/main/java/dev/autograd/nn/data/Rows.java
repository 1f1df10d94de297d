package dev.autograd.nn.data;

import dev.autograd.Autograd;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Arrays;

/** Chosen rows of a data set, in the order chosen; a row may be chosen more than once. */
public final class Rows {

  private Rows() {}

  /**
   * Returns the given rows of a tensor, {@code [n, ...] -> [rows.length, ...]}, as a constant.
   *
   * @param rows from 0; negative ones count from the end
   * @throws ShapeException if x is 0-d, there is no such row, or none is chosen
   */
  public static Tensor of(Tensor x, int... rows) {
    if (rows.length == 0 || x.rank() == 0) {
      throw new ShapeException(
          "rows: "
              + rows.length
              + " are chosen of "
              + x.shape()
              + "; choose at least one of a tensor [n, ...]");
    }
    int count = x.shape().dim(0);
    int[] places = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      places[i] = rows[i] < 0 ? rows[i] + count : rows[i];
      if (places[i] < 0 || places[i] >= count) {
        throw new ShapeException(
            "rows: there is no row " + rows[i] + " in " + x.shape() + "; " + there(count));
      }
    }
    return Autograd.noGrad(() -> x.indexSelect(0, Tensor.indices(places)));
  }

  /**
   * Returns the given elements of an array, such as the classes of chosen rows.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public static int[] of(int[] values, int... rows) {
    return Arrays.stream(rows).map(row -> values[row]).toArray();
  }

  /**
   * Returns the given row numbers, which a {@link Dataset} can then rely on.
   *
   * @param count the number of rows there are
   * @throws IndexOutOfBoundsException if one is below 0, or not below {@code count}
   * @throws IllegalArgumentException if none is given
   */
  public static int[] requireThere(int count, int... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "rows: none is chosen of " + count + "; choose at least one");
    }
    for (int row : rows) {
      if (row < 0 || row >= count) {
        throw new IndexOutOfBoundsException("rows: there is no row " + row + "; " + there(count));
      }
    }
    return rows;
  }

  private static String there(int count) {
    return count == 0 ? "there are none" : "there are rows 0 to " + (count - 1);
  }
}
