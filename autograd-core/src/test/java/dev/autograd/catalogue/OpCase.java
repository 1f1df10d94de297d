package dev.autograd.catalogue;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * One call of an operation, and what it must return.
 *
 * @param op the method that is called
 * @param label what sets this call apart from the operation's others
 * @param operands the values of the tensors that the result is differentiated by
 * @param call the call, given tensors of these values in either element type
 * @param formula the result, computed without the library
 */
public record OpCase(
    OpMethod op,
    String label,
    List<Grid> operands,
    Function<List<Tensor>, Tensor> call,
    Function<List<Grid>, Grid> formula) {

  /** Returns a number that is the same in every run, for seeds and directions. */
  long seed() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return op.signature() + " " + label;
  }
}
