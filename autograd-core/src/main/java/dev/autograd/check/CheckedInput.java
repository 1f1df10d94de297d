package dev.autograd.check;

import dev.autograd.array.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a gradient check found about one input.
 *
 * @param order the order of the derivative
 * @param name the input's label in quotes, or its position; {@code upstream gradient} for the
 *     gradient that a sweep starts from, which is an input of the second derivative
 * @param shape its shape
 * @param reached whether a gradient arrived at all; if not, the analytic derivatives are zeros
 * @param directions along how many random directions it was checked; 0 if element by element
 * @param elements how many derivatives were checked: one per element, or per direction
 * @param failed how many of them fail the check
 * @param verdicts how many there are of each verdict
 * @param worst those to look at first, three at most: what failed, by its error in multiples of its
 *     tolerance, then the rest
 */
public record CheckedInput(
    int order,
    String name,
    Shape shape,
    boolean reached,
    int directions,
    int elements,
    int failed,
    Map<Verdict, Integer> verdicts,
    List<CheckedElement> worst) {

  /** Copies the collections. */
  public CheckedInput {
    verdicts = Map.copyOf(verdicts);
    worst = List.copyOf(worst);
  }

  /** Returns whether no derivative fails the check. */
  public boolean passed() {
    return failed == 0;
  }

  /** Returns how many derivatives got a verdict. */
  public int count(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  /** Returns the derivative to look at first; empty if there is none. */
  public Optional<CheckedElement> first() {
    return worst.stream().findFirst();
  }

  /** Returns the error to look at first as a multiple of its tolerance. */
  double severity() {
    return first().map(CheckedElement::severity).orElse(0.0);
  }
}
