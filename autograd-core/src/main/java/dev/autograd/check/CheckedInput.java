package dev.autograd.check;

import dev.autograd.array.Shape;
import java.util.Optional;

/**
 * What a gradient check found about one input.
 *
 * @param order the order of the derivative, 1 or 2
 * @param name the input's label in quotes, or its position; {@code upstream gradient} for the
 *     gradient that a sweep starts from, which is an input of the second derivative
 * @param shape its shape
 * @param reached whether a gradient arrived at all; if not, the analytic derivatives are zeros
 * @param elements how many elements were checked: all
 * @param failed how many of them disagree
 * @param undecided how many are too small to tell from rounding
 * @param worst the element with the largest error in multiples of its tolerance; empty for an input
 *     without elements
 */
public record CheckedInput(
    int order,
    String name,
    Shape shape,
    boolean reached,
    int elements,
    int failed,
    int undecided,
    Optional<CheckedElement> worst) {

  /** Returns whether all elements agree. */
  public boolean passed() {
    return failed == 0;
  }

  /** Returns the worst error as a multiple of its tolerance. */
  double severity() {
    return worst.map(CheckedElement::severity).orElse(0.0);
  }
}
