package dev.autograd.nn.data;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/**
 * Rows to learn from or to judge by: inputs, each with what the model shall answer.
 *
 * <pre>{@code
 * Examples batch = new Examples(images, Tensor.indices(classes));
 * Tensor loss = Losses.crossEntropy(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 *
 * @param inputs {@code [n, ...]}
 * @param targets numbers {@code [n, ...]}, or classes {@code [n]}
 */
public record Examples(Tensor inputs, Tensor targets) {

  /**
   * Checks that there is a target for each input.
   *
   * @throws ShapeException if one of the two has no rows, or their numbers differ
   */
  public Examples {
    if (inputs.rank() == 0
        || targets.rank() == 0
        || inputs.shape().dim(0) != targets.shape().dim(0)) {
      throw new ShapeException(
          "Examples: the inputs are "
              + inputs.shape()
              + " and the targets "
              + targets.shape()
              + "; both must be [n, ...], with a target for each input");
    }
  }

  /** Returns the number of examples. */
  public int size() {
    return inputs.shape().dim(0);
  }

  /**
   * Returns some of the examples, as constants.
   *
   * @throws ShapeException if there is no such row, or none is chosen
   * @see Rows#of(Tensor, int...)
   */
  public Examples rows(int... rows) {
    return new Examples(Rows.of(inputs, rows), Rows.of(targets, rows));
  }
}
