package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a result becomes part of a graph: if recording is on and an operand is tracked, it gets an
 * {@link Operation} with the pullbacks of the tracked operands; otherwise it is a plain value.
 */
final class Recording {

  private Recording() {}

  /** Returns whether nobody will see an operation on these: it is neither recorded nor checked. */
  static boolean isUnseen(Tensor a, Tensor b) {
    Recorder recorder = Recorder.current();
    boolean recorded = recorder.recording() && (a.requiresGrad() || b.requiresGrad());
    return !recorded && FiniteCheck.of(recorder) == null;
  }

  /** Records on one tensor; the value becomes the result. */
  static Tensor result(String op, Tensor value, Tensor a, Object da, boolean usesOutput) {
    Recorder recorder = Recorder.current();
    FiniteCheck check = FiniteCheck.of(recorder);
    if (check != null) {
      check.result(op, value.array(), List.of(a));
    }
    return record(recorder, op, value, a, da, usesOutput);
  }

  /** Returns a view of an operand's storage, which lives and dies with it. */
  static Tensor alias(String op, NdArray value, Tensor a, Pullback da) {
    return record(Recorder.current(), op, new Tensor(value, a.aliasGuard(), null), a, da, false);
  }

  private static Tensor record(
      Recorder recorder, String op, Tensor result, Tensor a, Object da, boolean usesOutput) {
    if (!recorder.recording() || !a.requiresGrad()) {
      return result;
    }
    Operation operation =
        new Operation(recorder.newId(), op, result, usesOutput, a.vertex(), da, null, null);
    remember(FiniteCheck.of(recorder), operation, 0, a);
    enter(recorder, operation, result);
    return recorder.interceptor() == null
        ? result
        : intercepted(recorder, operation, List.of(a), result);
  }

  /** Records on two tensors; the pullback of one without derivative is null. */
  static Tensor result(
      String op,
      Tensor result,
      boolean usesOutput,
      Tensor a,
      Object da,
      Tensor b,
      @Nullable Object db) {
    Recorder recorder = Recorder.current();
    FiniteCheck check = FiniteCheck.of(recorder);
    if (check != null) {
      check.result(op, result.array(), List.of(a, b));
    }
    if (!recorder.recording() || !(a.requiresGrad() || b.requiresGrad())) {
      return result;
    }
    Operation operation =
        new Operation(recorder.newId(), op, result, usesOutput, a.vertex(), da, b.vertex(), db);
    remember(check, operation, 0, a);
    remember(check, operation, 1, b);
    enter(recorder, operation, result);
    return recorder.interceptor() == null
        ? result
        : intercepted(recorder, operation, List.of(a, b), result);
  }

  static Tensor result(
      String op, Tensor value, List<? extends Tensor> inputs, List<?> pullbacks, boolean custom) {
    return wide(op, value, inputs, pullbacks.toArray(), custom, null);
  }

  /** Records pullbacks that have a formula in common; see {@link WideOperation#prepareBy}. */
  static Tensor result(
      String op,
      Tensor value,
      List<? extends Tensor> inputs,
      Pullback.@Nullable WithOutput preparation,
      @Nullable Pullback... pullbacks) {
    return wide(op, value, inputs, pullbacks, false, preparation);
  }

  private static Tensor wide(
      String op,
      Tensor result,
      List<? extends Tensor> inputs,
      @Nullable Object[] pullbacks,
      boolean custom,
      Pullback.@Nullable WithOutput preparation) {
    Recorder recorder = Recorder.current();
    FiniteCheck check = FiniteCheck.of(recorder);
    if (check != null) {
      check.result(op, result.array(), inputs);
    }
    if (!recorder.recording() || !anyTracked(inputs)) {
      return result;
    }
    Vertex[] vertices = new Vertex[inputs.size()];
    Arrays.setAll(vertices, i -> inputs.get(i).vertex());
    WideOperation operation = new WideOperation(recorder.newId(), op, result, vertices, pullbacks);
    if (custom) {
      operation.details().custom = true;
    }
    if (preparation != null) {
      operation.prepareBy(preparation, result);
    }
    for (int i = 0; i < inputs.size(); i++) {
      remember(check, operation, i, inputs.get(i));
    }
    enter(recorder, operation, result);
    return recorder.interceptor() == null
        ? result
        : intercepted(recorder, operation, inputs, result);
  }

  private static boolean anyTracked(List<? extends Tensor> inputs) {
    for (Tensor input : inputs) {
      if (input.requiresGrad()) {
        return true;
      }
    }
    return false;
  }

  /** Returns a value that depends on vertices in a way whose every derivative is one pullback. */
  static Tensor dependent(String op, NdArray value, List<Vertex> inputs, Pullback pullback) {
    Recorder recorder = Recorder.current();
    Tensor result = Allocation.tensor(value);
    Object[] pullbacks = new Object[inputs.size()];
    Arrays.fill(pullbacks, pullback);
    Operation operation =
        new WideOperation(recorder.newId(), op, result, inputs.toArray(Vertex[]::new), pullbacks);
    enter(recorder, operation, result);
    return recorder.interceptor() == null
        ? result
        : intercepted(recorder, operation, List.of(), result);
  }

  /** Returns the value of a function that is an operation as a whole. */
  static Tensor recomputed(NdArray value, Recomputation again) {
    Recorder recorder = Recorder.current();
    Tensor result = Allocation.tensor(value);
    Vertex[] inputs = again.operands().toArray(Vertex[]::new);
    Object[] pullbacks = new Object[inputs.length];
    Arrays.fill(pullbacks, again);
    Operation operation =
        new WideOperation(recorder.newId(), "recompute", result, inputs, pullbacks);
    enter(recorder, operation, result);
    return recorder.interceptor() == null
        ? result
        : intercepted(recorder, operation, List.of(), result);
  }

  private static void remember(
      @Nullable FiniteCheck check, Operation operation, int i, Tensor operand) {
    if (operand instanceof Parameter parameter) {
      operation.rememberVersion(i, parameter.version());
    }
    if (check != null) {
      operation.details().noteNumbers(i, operation.inputCount(), Numbers.of(operand));
    }
  }

  private static void enter(Recorder recorder, Operation operation, Tensor result) {
    result.enter(operation);
    Tape tape = recorder.tape();
    if (tape != null) {
      operation.lease(tape.lease());
      tape.add(operation);
      FiniteCheck check = tape.finiteCheck();
      if (check != null) {
        check.note(operation);
      }
    }
  }

  private static Tensor intercepted(
      Recorder recorder, Operation operation, List<? extends Tensor> operands, Tensor result) {
    Interceptor interceptor = Objects.requireNonNull(recorder.interceptor());
    Tensor replacement =
        recorder.intercepted(null, () -> interceptor.recorded(operation, operands, result));
    if (!replacement.shape().equals(result.shape())) {
      throw new ShapeException(
          operation.op()
              + ": an interceptor replaced the result "
              + result.shape()
              + " by one of shape "
              + replacement.shape()
              + "; keep the shape");
    }
    if (replacement.dtype() != result.dtype()) {
      throw new DTypeException(
          operation.op()
              + ": an interceptor replaced the "
              + result.dtype()
              + " result by one of "
              + replacement.dtype()
              + "; keep the type");
    }
    if (interceptor.replacesOutputs() && operation.usesOutput()) {
      operation.keep(replacement);
    }
    return replacement;
  }
}
