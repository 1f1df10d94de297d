package dev.autograd.nn.data;

import dev.autograd.Autograd;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.List;

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
    if (rows.length == 0) {
      throw new ShapeException("rows: none is chosen of " + x.shape() + "; choose at least one");
    }
    return Autograd.noGrad(
        () -> {
          List<Tensor> chosen = Arrays.stream(rows).mapToObj(row -> x.select(0, row)).toList();
          return Tensor.stack(0, chosen);
        });
  }

  /**
   * Returns the given elements of an array, such as the classes of chosen rows.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public static int[] of(int[] values, int... rows) {
    return Arrays.stream(rows).map(row -> values[row]).toArray();
  }
}
