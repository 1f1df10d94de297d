package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.List;

/**
 * What can run a random graph: formulas of your own, another library, a new back end.
 *
 * @param <V> its values
 */
public interface Engine<V> {

  /** Returns the engine's own value of a leaf. */
  V leaf(Tensor value);

  /**
   * Returns the result of an operation.
   *
   * @param op which one, known by its {@link GraphOp#name}
   * @param operands one or two values
   * @param numbers axes, indices, sizes, as they stand for {@code #} in {@link GraphOp#text}
   */
  V apply(GraphOp op, List<V> operands, int... numbers);

  /** Returns {@code scale · x + shift}: the normalisation of an operation's result. */
  V affine(V x, double scale, double shift);
}
