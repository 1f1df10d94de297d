package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * that would meet them without recomputation, so that sums have the same bits.
 */
final class Recomputation {

  private final Supplier<Tensor> function;
  private final Replay draws;
  private final NdArray value;
  private final Set<Vertex> operands;

  private Recomputation(
      Supplier<Tensor> function, Replay draws, NdArray value, Set<Vertex> operands) {
    this.function = function;
    this.draws = draws;
    this.value = value;
    this.operands = operands;
  }

  /** Returns what the function returns, recorded as one operation if it is tracked. */
  static Tensor of(Supplier<Tensor> function) {
    if (!Recorder.current().recording()) {
      return function.get();
    }
    Replay draws = new Replay();
    NdArray value;
    Map<Vertex, Long> operands;
    try (Tape tape = Tape.open()) {
      Tensor y = draws.record(function);
      if (!y.requiresGrad()) {
        return y.keep();
      }
      if (!tape.holds(y.vertex())) {
        return y;
      }
      operands = operands(y, tape);
      value = y.array().copy();
    }
    Recomputation again =
        new Recomputation(
            function, draws, value, Collections.unmodifiableSet(new HashSet<>(operands.keySet())));
    return Recording.recomputed(value, operands, again);
  }

  /**
   * Returns the operands, each with the version it was read at if it is a parameter, in the order
   * in which a sweep would meet them.
   */
  private static Map<Vertex, Long> operands(Tensor y, Tape tape) {
    Map<Vertex, Long> operands = new LinkedHashMap<>();
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
          operands.putIfAbsent(input, ((Operation) vertex).versionOf(i));
        } else if (met.add(input)) {
          path.push(input);
          next.push(new int[1]);
        }
      }
    }
    return operands;
  }

  /** Runs the function again and adds the gradients of its operands to a running sweep. */
  void pull(Sweep sweep, Tensor gradient) {
    Tape tape = Tape.open();
    try {
      Tensor y = Recorder.withRecording(true, this::runAgain);
      requireSame(y, tape);
      // What is computed from here on are gradients, which belong to whom the sweep belongs.
      tape.leave();
      sweep.continueInto(y, gradient, operands, tape);
    } finally {
      tape.leave();
      if (!sweep.isRecorded()) {
        tape.lease().end();
      }
    }
  }

  private Tensor runAgain() {
    return PullbackException.wrapping(
        "backward: the function of 'recompute', when it ran again,",
        "no gradient was changed",
        () -> draws.again(function));
  }

  private void requireSame(Tensor y, Tape tape) {
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
    if (!operands.containsAll(operands(y, tape).keySet())) {
      throw notRepeatable("it read other tracked tensors than the first time");
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
