package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function as one operation that keeps no intermediate result: a sweep runs the function again,
 * and sweeps what that records.
 *
 * <p>The operands are the tracked tensors that the function reads, passed to it or closed over:
 * what its result leads to and what was not recorded on the tape it ran in. The second run ends at
 * the same ones, and its gradients go one by one to the sweep it is part of, in the order in which
 * that would meet them without recomputation. Sums have the same bits, unless an operand is
 * computed from another one.
 */
final class Recomputation {

  private final Supplier<Tensor> function;
  private final Replay draws;
  private final NdArray value;
  private final Set<Vertex> operands;
  private final Map<Vertex, Long> parameters;

  private Recomputation(
      Supplier<Tensor> function,
      Replay draws,
      NdArray value,
      Set<Vertex> operands,
      Map<Vertex, Long> parameters) {
    this.function = function;
    this.draws = draws;
    this.value = value;
    this.operands = operands;
    this.parameters = parameters;
  }

  /** Returns what the function returns, recorded as one operation if it is tracked. */
  static Tensor of(Supplier<Tensor> function) {
    if (!Recorder.current().recording()) {
      return function.get();
    }
    Replay draws = new Replay();
    NdArray value;
    Set<Vertex> operands;
    Map<Vertex, Long> parameters;
    try (Tape tape = Tape.open()) {
      // What it records is dropped here and recorded again in the sweep, unseen.
      Tensor y = Recorder.current().intercepted(null, () -> draws.record(function));
      if (!y.requiresGrad()) {
        return y.keep();
      }
      if (!tape.holds(y.vertex())) {
        return y;
      }
      operands = operands(y, tape);
      parameters = parameters(tape);
      value = y.array().copy();
    }
    Recomputation again = new Recomputation(function, draws, value, operands, parameters);
    return Recording.recomputed(value, again);
  }

  /** Returns the operands, in the order in which a sweep would meet them. */
  private static Set<Vertex> operands(Tensor y, Tape tape) {
    Set<Vertex> operands = new LinkedHashSet<>();
    Set<Vertex> met = new HashSet<>();
    Deque<Vertex> path = new ArrayDeque<>();
    Deque<int[]> next = new ArrayDeque<>();
    met.add(y.vertex());
    path.push(y.vertex());
    next.push(new int[1]);
    while (!path.isEmpty()) {
      Vertex vertex = path.element();
      int i = next.element()[0]++;
      if (i == vertex.inputCount()) {
        path.pop();
        next.pop();
      } else if (Order.leads(vertex, i)) {
        Vertex input = vertex.input(i);
        if (!tape.holds(input)) {
          operands.add(input);
        } else if (met.add(input)) {
          path.push(input);
          next.push(new int[1]);
        }
      }
    }
    return operands;
  }

  /** Returns the version of every parameter that was read, frozen ones too. */
  private static Map<Vertex, Long> parameters(Tape tape) {
    Map<Vertex, Long> versions = new HashMap<>();
    for (Operation operation : tape.operations()) {
      operation.noteVersions(versions);
    }
    return versions;
  }

  /** Returns the operands. */
  Set<Vertex> operands() {
    return operands;
  }

  /** Returns if a parameter still has the version it was read at, or was not read. */
  void checkVersion(Operation operation, Parameter parameter) {
    Long version = parameters.get(parameter.vertex());
    if (version != null && version != parameter.version()) {
      throw operation.stale(parameter, version);
    }
  }

  /** Runs the function again and adds the gradients of its operands to a running sweep. */
  void pull(Sweep sweep, Tensor gradient) {
    if (sweep.isRecorded()) {
      // Further derivatives need what the second run computes, so it belongs to whom they belong.
      Tensor y = Recorder.withRecording(true, this::runAgain);
      requireSame(y);
      sweep.continueInto(y, gradient, operands, null);
      return;
    }
    Tape tape = Tape.open();
    try {
      Tensor y = Recorder.withRecording(true, this::runAgain);
      requireSame(y);
      if (!operands.containsAll(operands(y, tape))) {
        throw notRepeatable("it read other tracked tensors than the first time");
      }
      // What is computed from here on are gradients, which belong to whom the sweep belongs.
      tape.leave();
      sweep.continueInto(y, gradient, operands, tape);
    } finally {
      tape.leave();
      tape.lease().end();
    }
  }

  private Tensor runAgain() {
    return PullbackException.wrapping(
        "backward: the function of 'recompute', when it ran again,",
        "no gradient was changed",
        () -> draws.again(function));
  }

  private void requireSame(Tensor y) {
    NdArray second = y.array();
    if (!second.hasSameBits(value)) {
      throw notRepeatable(
          second.shape().equals(value.shape()) && second.dtype() == value.dtype()
              ? "its result has other numbers than the first time"
              : "its result is "
                  + second.dtype()
                  + second.shape()
                  + " and was "
                  + value.dtype()
                  + value.shape());
    }
  }

  /** Returns the exception for a function that does not do the same when it runs again. */
  static IllegalStateException notRepeatable(@Nullable String difference) {
    return new IllegalStateException(
        "recompute: the function did not do the same when it ran again: "
            + difference
            + "; it must depend on unchanged tensors only, and draw random state through"
            + " Replay.draw");
  }
}
