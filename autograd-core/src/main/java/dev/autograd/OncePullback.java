package dev.autograd;

import java.util.ArrayList;
import java.util.List;

/** A pullback without a derivative of its own; see {@link Pullback#once}. */
record OncePullback(Pullback pullback) implements Pullback {

  @Override
  public Tensor apply(Tensor g) {
    return apply(g, "an operation", List.of());
  }

  /**
   * Returns the gradient. While a sweep is recorded it depends on {@code g} and on the operands of
   * the operation, as a formula would: a derivative that leads to one of them is refused.
   */
  Tensor apply(Tensor g, String operation, List<Vertex> operands) {
    Tensor value = Autograd.noGrad(() -> pullback.apply(g));
    if (!Recorder.current().recording()) {
      return value;
    }
    List<Vertex> inputs = new ArrayList<>(operands);
    inputs.add(g.vertex());
    return Recording.dependent(
        "once",
        value.array().copy(),
        inputs,
        h -> {
          throw new IllegalStateException(
              "grad: the pullback of "
                  + operation
                  + " was declared once(…) and has no derivative of its own; write it in tensor"
                  + " operations to get one");
        });
  }
}
