package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.Broadcast;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one operand's gradient comes out of the gradient of an operation: its pullback is run, and
 * what it returns is checked and summed to the operand's shape.
 */
final class OperandGradient {

  private final String asked;
  private final boolean record;
  private final String consequence;
  private final @Nullable FiniteCheck check;

  /**
   * Makes the way for one sweep.
   *
   * @param asked the call, for messages
   * @param record whether the sweep itself is recorded
   * @param consequence what a failing pullback leads to, for messages
   * @param check looks at what pullbacks return; null for nothing
   */
  OperandGradient(String asked, boolean record, String consequence, @Nullable FiniteCheck check) {
    this.asked = asked;
    this.record = record;
    this.consequence = consequence;
    this.check = check;
  }

  /**
   * Returns the gradient of operand {@code i}, in that operand's shape and type.
   *
   * @param gradient of the output, for messages
   * @param prepared what {@link Operation#prepared} made of it
   */
  Tensor of(Operation op, int i, Tensor gradient, Tensor prepared) {
    return check == null
        ? unchecked(op, i, prepared)
        : check.pullback(asked, op, i, gradient, () -> unchecked(op, i, prepared));
  }

  private Tensor unchecked(Operation op, int i, Tensor gradient) {
    return fitted(op, i, op.custom() ? custom(op, i, gradient) : pull(op, i, gradient));
  }

  private static Tensor pull(Operation op, int i, Tensor gradient) {
    Object pullback = op.pullback(i);
    // Asked first, because a test for an interface that fails is slow.
    return op.usesOutput() && pullback instanceof Pullback.WithOutput withOutput
        ? withOutput.apply(gradient, op.output())
        : ((Pullback) pullback).apply(gradient);
  }

  /**
   * Runs a user's pullback: its exceptions are wrapped, and it must not lose the second derivative.
   */
  private Tensor custom(Operation op, int i, Tensor gradient) {
    Tensor g = record && !gradient.requiresGrad() ? gradient.detach().withGrad() : gradient;
    Tensor result =
        PullbackException.wrapping(
            asked + ": the pullback of '" + op.op() + "' for input " + i,
            consequence,
            () ->
                op.pullback(i) instanceof OncePullback once
                    ? once.apply(g, "'" + op.op() + "'", operands(op))
                    : pull(op, i, g));
    if (result == null) {
      throw new IllegalStateException(
          asked + ": " + returned(op, i) + "null; return a tensor, zeros for no derivative");
    }
    if (record && !result.requiresGrad()) {
      throw new IllegalStateException(
          asked
              + ": the pullback of '"
              + op.op()
              + "' for input "
              + i
              + " returned a tensor that was not computed from g by tensor operations, so its"
              + " derivative would silently be zero; write it in tensor operations, or declare it"
              + " with Pullback.once(…)");
    }
    return result;
  }

  private static List<Vertex> operands(Operation op) {
    return IntStream.range(0, op.inputCount()).mapToObj(op::input).toList();
  }

  /** Returns a pullback's result summed to the shape of its input: the inverse of broadcasting. */
  private Tensor fitted(Operation op, int i, Tensor result) {
    Vertex input = op.input(i);
    if (result.dtype() != input.dtype()) {
      throw new DTypeException(
          asked
              + ": "
              + returned(op, i)
              + result.dtype()
              + ", but the input is "
              + input.dtype()
              + "; convert it with to("
              + input.dtype()
              + ")");
    }
    if (result.shape().equals(input.shape())) {
      return result;
    }
    if (!Broadcast.expands(input.shape(), result.shape())) {
      throw new ShapeException(
          asked
              + ": "
              + returned(op, i)
              + result.shape()
              + ", but the input is "
              + input.shape()
              + "; return the input's shape, or one that it broadcasts to");
    }
    return sumTo(result, input.shape());
  }

  /** Returns a tensor summed to a shape it could have been broadcast from. */
  private static Tensor sumTo(Tensor a, Shape target) {
    int extra = a.rank() - target.rank();
    int[] over = new int[a.rank()];
    int n = 0;
    for (int axis = 0; axis < a.rank(); axis++) {
      if (axis < extra || (target.dim(axis - extra) == 1 && a.shape().dim(axis) != 1)) {
        over[n++] = axis;
      }
    }
    Axes axes = Axes.of(Arrays.copyOf(over, n));
    // Most often a bias, along whose own axes nothing is summed.
    return n == extra ? a.sum(axes) : a.sum(axes.keep()).reshape(target);
  }

  private static String returned(Operation op, int i) {
    return "the pullback of '" + op.op() + "' for input " + i + " returned ";
  }
}
