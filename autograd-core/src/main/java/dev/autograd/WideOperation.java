package dev.autograd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded operation on any number of tensors. */
final class WideOperation extends Operation {

  private final Vertex[] inputs;
  private @Nullable Object @Nullable [] pullbacks;

  /** What all pullbacks have in common; null for nothing. */
  private Pullback.@Nullable WithOutput preparation;

  /** Makes an operation on at least one tensor, with one pullback each. */
  WideOperation(long id, String op, Tensor output, Vertex[] inputs, @Nullable Object[] pullbacks) {
    super(id, op, output, false, inputs[0], null, null, null);
    this.inputs = inputs;
    this.pullbacks = pullbacks;
    for (int i = 0; i < inputs.length; i++) {
      if (!inputs[i].tracked()) {
        pullbacks[i] = null;
      } else if (pullbacks[i] instanceof Pullback.WithOutput) {
        keep(output);
      }
    }
  }

  /**
   * Makes sweeps hand the result of a formula to the pullbacks in place of the gradient, as an
   * operation needs that ends in a function of its own, {@code f(x w + b)}: the slope of f is in
   * the gradients of all operands. The formula is linear in g and written in tensor operations,
   * like a pullback, and runs once per sweep.
   */
  void prepareBy(Pullback.WithOutput formula, Tensor recorded) {
    preparation = formula;
    keep(recorded);
  }

  @Override
  Tensor prepared(Tensor gradient) {
    // Read once: a sweep on another thread may release it.
    Pullback.WithOutput formula = preparation;
    return formula == null ? gradient : formula.apply(gradient, output());
  }

  @Override
  @Nullable Object find(int i) {
    return pullbacks == null ? null : pullbacks[i];
  }

  @Override
  boolean released() {
    return pullbacks == null;
  }

  @Override
  void release() {
    super.release();
    pullbacks = null;
    preparation = null;
  }

  @Override
  int inputCount() {
    return inputs.length;
  }

  @Override
  Vertex input(int i) {
    return inputs[i];
  }

  @Override
  public List<Node> inputs() {
    return List.of(inputs);
  }
}
