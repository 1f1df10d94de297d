package dev.autograd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded operation on any number of tensors. */
final class WideOperation extends Operation {

  private final Vertex[] inputs;
  private @Nullable Object @Nullable [] pullbacks;

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
