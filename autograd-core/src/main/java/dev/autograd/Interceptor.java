package dev.autograd;

import java.util.List;

/**
 * Sees the result of every operation as it is recorded, and may put another in its place; see
 * {@link Inspection#intercept}.
 */
@FunctionalInterface
public interface Interceptor {

  /**
   * Returns the tensor that the code gets as the result of an operation: the given one, or another
   * of the same shape and type.
   *
   * @param operation the operation as recorded; its inputs are the nodes of its operands
   * @param operands the tensors it was computed from, in the same order; none for a function under
   *     {@link Autograd#recompute}, of which only the nodes are known
   * @param result what it made, part of the graph
   */
  Tensor recorded(Node operation, List<? extends Tensor> operands, Tensor result);

  /**
   * Returns whether the replacement is what the operation has computed, also for its own pullbacks
   * if they use the output, as that of {@code tanh} does: for trying what the rounding of a result
   * does to derivatives. By default only the code gets it.
   */
  default boolean replacesOutputs() {
    return false;
  }
}
