package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The clause about operands that must be refused. */
final class Refusals {

  private final Op op;
  private final List<List<Tensor>> refused;

  Refusals(Op op, List<List<Tensor>> refused) {
    this.op = op;
    this.refused = refused;
  }

  void check() {
    for (List<Tensor> operands : refused) {
      requireRefused(operands, describe(operands));
      requireRefused(tracked(operands), describe(operands) + ", tracked");
    }
  }

  private void requireRefused(List<Tensor> operands, String what) {
    Tensor result;
    try {
      result = op.on(operands);
    } catch (RuntimeException refusal) {
      requireReadable(refusal, what);
      return;
    }
    throw new Broken(
        "operands " + what + " were not refused; the output is " + result.dtype() + result.shape());
  }

  /** Requires a message made for whoever reads it, not one that the JVM came up with. */
  private void requireReadable(RuntimeException refusal, String what) {
    String message = refusal.getMessage();
    boolean meant =
        message != null
            && (message.contains(op.name()) || refusal instanceof IllegalArgumentException);
    if (!meant) {
      throw new Broken(
          "operands "
              + what
              + " were refused by "
              + refusal
              + ", which neither names '"
              + op.name()
              + "' nor is an IllegalArgumentException with a message");
    }
  }

  private static List<Tensor> tracked(List<Tensor> operands) {
    List<Tensor> tracked = new ArrayList<>();
    for (Tensor operand : operands) {
      tracked.add(operand.dtype().isFloating() ? operand.detach().withGrad() : operand);
    }
    return tracked;
  }

  private static String describe(List<Tensor> operands) {
    return operands.stream()
        .map(x -> (x.dtype() == DType.F64 ? "" : x.dtype().toString()) + x.shape())
        .collect(Collectors.joining(" x "));
  }
}
