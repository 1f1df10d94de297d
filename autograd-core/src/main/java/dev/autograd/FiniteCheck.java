package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mode {@link Tape.Option#CHECK_FINITE}, one per tape: it looks at what every operation,
 * pullback and sum of gradients makes, and throws where a NaN or an infinity comes into being.
 *
 * <p>A pullback counts as a whole, since formulas may pass through infinities that {@code chain}
 * removes: what it computes on the way is not looked at, only what it returns.
 */
final class FiniteCheck {

  /** Operations that put a number, which is an argument, at some places, and compute none. */
  private static final Set<String> PLACING = Set.of("maskedFill", "pad");

  private static final String ADVICE = "; keep the operands away from there, with clamp or where";

  /** Whether what runs is a part of something that is checked as a whole. */
  private boolean suspended;

  /** The operation whose pullback runs; null outside of pullbacks. */
  private @Nullable Operation pulled;

  /** Returns the mode that a thread is in; null if it is off, as it mostly is. */
  static @Nullable FiniteCheck of(Recorder recorder) {
    Tape tape = recorder.tape();
    return tape == null ? null : tape.finiteCheck();
  }

  /** Checks the result of an operation. */
  void result(String op, NdArray value, List<? extends Tensor> operands) {
    Numbers result = Numbers.of("", value);
    if (suspended || result.finite() || PLACING.contains(op)) {
      return;
    }
    List<Numbers> sources = operands.stream().map(Numbers::of).toList();
    String made = result.madeFrom(sources);
    if (!made.isEmpty()) {
      throw new NonFiniteException(
          op
              + ": it made "
              + made
              + " out of "
              + wereWithout(made)
              + ": the result is "
              + result
              + listed(sources, " is ")
              + "; computed at "
              + Source.line()
              + ADVICE);
    }
  }

  /** Notes on a recorded operation what messages about its pullbacks will say. */
  void note(Operation operation) {
    Operation within = pulled;
    String line = Source.line();
    operation
        .details()
        .describe(
            "source",
            within == null
                ? line
                : line + ", in the pullback of '" + within.op() + "' " + recorded(within));
  }

  /** Returns what pullbacks are given, which is looked at in what they return. */
  Tensor prepared(Operation op, Tensor gradient) {
    return unchecked(op, () -> op.prepared(gradient));
  }

  /** Runs a pullback and checks what it returns. */
  Tensor pullback(String asked, Operation op, int i, Tensor gradient, Supplier<Tensor> run) {
    Tensor returned = unchecked(op, run);
    Numbers result = Numbers.of("", returned.array());
    if (suspended || result.finite()) {
      return returned;
    }
    Numbers upstream = Numbers.of("", gradient.array());
    List<Numbers> operands = op.operandNumbers();
    List<Numbers> sources = new ArrayList<>(operands);
    sources.add(upstream);
    String made = result.madeFrom(sources);
    if (made.isEmpty()) {
      return returned;
    }
    throw new NonFiniteException(
        asked
            + ": the pullback of '"
            + op.op()
            + (op.name().isEmpty() ? "'" : "' \"" + op.name() + "\"")
            + " for input "
            + i
            + " made "
            + made
            + " out of "
            + wereWithout(made)
            + ": its result is "
            + result
            + "; the gradient of the output is "
            + upstream
            + listed(operands, " was ")
            + "; "
            + recorded(op)
            + ADVICE);
  }

  /** Returns the sum of two gradients that meet at a vertex, checked. */
  Tensor sum(String asked, Vertex vertex, Tensor a, Tensor b) {
    Tensor sum = unchecked(pulled, () -> a.add(b));
    sum(asked + ": the sum of gradients that meet at " + vertex, sum, a, b);
    return sum;
  }

  /** Checks a sum of two gradients. */
  void sum(String what, Tensor sum, Tensor a, Tensor b) {
    Numbers result = Numbers.of(sum);
    if (suspended || result.finite()) {
      return;
    }
    List<Numbers> sources = List.of(Numbers.of(a), Numbers.of(b));
    String made = result.madeFrom(sources);
    if (!made.isEmpty()) {
      throw new NonFiniteException(
          what
              + " made "
              + made
              + " out of "
              + wereWithout(made)
              + ": it is "
              + result
              + listed(sources, " is ")
              + "; scale the loss down");
    }
  }

  private Tensor unchecked(@Nullable Operation op, Supplier<Tensor> run) {
    boolean outerSuspended = suspended;
    Operation outerPulled = pulled;
    suspended = true;
    pulled = op;
    try {
      return run.get();
    } finally {
      suspended = outerSuspended;
      pulled = outerPulled;
    }
  }

  private static String wereWithout(String made) {
    return made.equals("NaN") ? "numbers without one" : "finite numbers";
  }

  private static String listed(List<Numbers> operands, String verb) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < operands.size(); i++) {
      text.append("; operand ").append(i).append(verb).append(operands.get(i));
    }
    return text.toString();
  }

  private static String recorded(Operation op) {
    Object source = op.attributes().get("source");
    return source == null ? "recorded outside of this mode" : "recorded at " + source;
  }
}
