package dev.autograd.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of one claimed partial derivative, with the step that suits it best: the first
 * guess of {@link Steps} if that decides; larger steps where the difference drowns in rounding;
 * smaller ones where the function bends too much, or is not defined so far out.
 */
final class ElementSearch {

  private static final int SMALLER_STEPS = 3;

  /** A quotient that contradicts another must be this much sharper than their distance. */
  private static final double DECISIVE = 0.25;

  private final Differences differences;
  private final Tolerance tolerance;
  private final int block;
  private final int element;
  private final double claimed;

  private @Nullable RuntimeException refusal;

  ElementSearch(
      Differences differences, Tolerance tolerance, int block, int element, double claimed) {
    this.differences = differences;
    this.tolerance = tolerance;
    this.block = block;
    this.element = element;
    this.claimed = claimed;
  }

  /**
   * Returns the quotient to trust.
   *
   * @param rising steps, the preferred one first
   * @throws RuntimeException the function's own, if it cannot be evaluated at any step
   */
  Quotient search(List<Double> rising) {
    boolean only = rising.size() == 1;
    Quotient best = null;
    for (double step : rising) {
      best = better(best, attempt(step, only));
      if (best != null && (best.sharpFor(claimed) || best.tooWide())) {
        break;
      }
    }
    double step = rising.get(0);
    for (int k = 0; k < SMALLER_STEPS && wantsSmaller(best); k++) {
      step *= Steps.SHRINK;
      best = better(best, attempt(step, false));
    }
    if (best == null) {
      throw refusal == null ? new IllegalStateException("no step was tried") : refusal;
    }
    return tolerance.accepts(claimed, best) ? best : reconsidered(best, step * Steps.SHRINK);
  }

  private boolean wantsSmaller(@Nullable Quotient best) {
    return best == null || (best.tooWide() && !best.sharpFor(claimed));
  }

  private static @Nullable Quotient better(@Nullable Quotient a, @Nullable Quotient b) {
    return a == null || (b != null && b.betterThan(a)) ? b : a;
  }

  /**
   * Returns a quotient that disagrees, or that of a smaller step if this agrees and rounding leaves
   * it able to tell: a function may look flat, and smooth, from afar.
   */
  private Quotient reconsidered(Quotient best, double smaller) {
    double distance = Math.abs(claimed - best.value());
    Quotient closer = attempt(smaller, false);
    if (closer != null
        && tolerance.accepts(claimed, closer)
        && closer.doubt() < DECISIVE * distance) {
      return closer;
    }
    return best;
  }

  private @Nullable Quotient attempt(double step, boolean only) {
    try {
      return differences.at(
          block,
          element,
          step,
          plain -> tolerance.accepts(claimed, plain) && (only || plain.sharpFor(claimed)));
    } catch (RuntimeException undefined) {
      refusal = refusal == null ? undefined : refusal;
      return null;
    }
  }
}
