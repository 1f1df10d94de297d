package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a result becomes part of a graph: if recording is on and an operand is tracked, it gets an {@link
 * Operation} with the pullbacks of the tracked operands; otherwise it is a plain value.
 */
final class Recording {

  private Recording() {}

  static Tensor result(String op, NdArray value, Tensor a, Object da) {
    Recorder recorder = Recorder.current();
    Tensor result = new Tensor(value, recorder.lease(), null);
    if (!recorder.recording() || !a.requiresGrad()) {
      return result;
    }
    return record(recorder, op, result, new Tensor[] {a}, new Object[] {da}, false);
  }

  static Tensor result(String op, NdArray value, Tensor a, Object da, Tensor b, Object db) {
    Recorder recorder = Recorder.current();
    Tensor result = new Tensor(value, recorder.lease(), null);
    if (!recorder.recording() || !(a.requiresGrad() || b.requiresGrad())) {
      return result;
    }
    return record(recorder, op, result, new Tensor[] {a, b}, new Object[] {da, db}, false);
  }

  static Tensor result(
      String op, NdArray value, List<? extends Tensor> inputs, List<?> pullbacks, boolean custom) {
    Recorder recorder = Recorder.current();
    Tensor result = new Tensor(value, recorder.lease(), null);
    if (!recorder.recording() || inputs.stream().noneMatch(Tensor::requiresGrad)) {
      return result;
    }
    Tensor[] operands = inputs.toArray(Tensor[]::new);
    return record(recorder, op, result, operands, pullbacks.toArray(), custom);
  }

  /** Returns a view of an operand's storage, which lives and dies with it. */
  static Tensor alias(String op, NdArray value, Tensor a, Pullback da) {
    Recorder recorder = Recorder.current();
    Tensor result = new Tensor(value, a.aliasGuard(), null);
    if (!recorder.recording() || !a.requiresGrad()) {
      return result;
    }
    return record(recorder, op, result, new Tensor[] {a}, new Object[] {da}, false);
  }

  private static Tensor record(
      Recorder recorder,
      String op,
      Tensor result,
      Tensor[] operands,
      @Nullable Object[] pullbacks,
      boolean custom) {
    Vertex[] inputs = new Vertex[operands.length];
    for (int i = 0; i < operands.length; i++) {
      inputs[i] = operands[i].vertex();
      if (!inputs[i].tracked()) {
        pullbacks[i] = null;
      }
    }
    Operation operation =
        new Operation(recorder.newId(), op, result, inputs, pullbacks, recorder.lease(), custom);
    for (int i = 0; i < operands.length; i++) {
      if (operands[i] instanceof Parameter parameter) {
        operation.rememberVersion(i, parameter.version());
      }
    }
    result.enter(operation);
    Tape tape = recorder.tape();
    if (tape != null) {
      tape.add(operation);
    }
    return result;
  }
}
