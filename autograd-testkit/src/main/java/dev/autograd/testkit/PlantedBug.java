package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A function with a wrong derivative, of a kind that people write, and the same function with the
 * right one. A checker of derivatives shall reject the first and accept the second:
 *
 * <pre>{@code
 * for (PlantedBug bug : PlantedBugs.all()) {
 *   assertRejected(GradientCheck.ofList(bug.wrong().get()).at(bug.at()).order(bug.order()));
 *   assertAccepted(GradientCheck.ofList(bug.right().get()).at(bug.at()).order(bug.twinOrder()));
 * }
 * }</pre>
 *
 * <p>Both have the same values. They are finite around {@link #at()}, and so are the derivatives of
 * the twin.
 *
 * @param name unique in the corpus
 * @param family where it belongs
 * @param mistake what is wrong, as a sentence without a subject: "forgets the factor 2"
 * @param wrong makes the function with the wrong derivative; every checker must get its own, since
 *     some remember their calls
 * @param right makes the twin: the same function with the right derivative
 * @param at the inputs at which the bug shows, F64 and untracked
 * @param order the order of the derivative that is wrong: 1; or 2, and the first is right
 */
public record PlantedBug(
    String name,
    BugFamily family,
    String mistake,
    Supplier<Function<List<Tensor>, Tensor>> wrong,
    Supplier<Function<List<Tensor>, Tensor>> right,
    List<Tensor> at,
    int order) {

  /** Copies the list. */
  public PlantedBug {
    at = List.copyOf(at);
  }

  PlantedBug ofOrder(int wrongOrder) {
    return new PlantedBug(name, family, mistake, wrong, right, at, wrongOrder);
  }

  /** Returns up to which order the twin is right: 2, and 1 at kinks. */
  public int twinOrder() {
    return family == BugFamily.KINKS ? 1 : 2;
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
