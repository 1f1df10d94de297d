package dev.autograd.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An operation whose own pullback is wrong at the values it was recorded with, all by itself.
 *
 * @param op the operation's name
 * @param operands for which operands, counted from 0; several if they are one tensor
 * @param source the line in the user's code that called it, as stack traces print it
 * @param order 1 if the pullback is wrong, more if its derivatives are
 * @param element the derivative that disagrees most, by an element of the operand, or along a
 *     random direction if it has many; of the sum of the operation's outputs times random weights,
 *     or with a single output, its own
 */
public record Blame(
    String op, List<Integer> operands, String source, int order, CheckedElement element) {

  /** Copies the list. */
  public Blame {
    operands = List.copyOf(operands);
  }

  /** Returns a sentence without its end. */
  @Override
  public String toString() {
    String which = operands.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    return (order == 1 ? "the pullback of '" : "a derivative of the pullback of '")
        + op
        + "' for operand "
        + which
        + ", called at "
        + source
        + ", is wrong: "
        + ReportText.disagreement(element);
  }
}
