package dev.autograd.examples.table;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Rows;
import java.util.stream.IntStream;

/**
 * Rows of inputs, each with what the network shall answer.
 *
 * @param inputs {@code [rows, columns]}
 * @param targets numbers {@code [rows, 1]} as the outputs are, or indices of classes {@code [rows]}
 */
public record Examples(Tensor inputs, Tensor targets) {

  /** Returns the number of rows. */
  public int size() {
    return inputs.shape().dim(0);
  }

  /** Returns some of the rows. */
  public Examples rows(int... rows) {
    return new Examples(Rows.of(inputs, rows), Rows.of(targets, rows));
  }

  /** Returns the first rows, all if there are fewer. */
  public Examples first(int rows) {
    return rows(IntStream.range(0, Math.min(rows, size())).toArray());
  }
}
