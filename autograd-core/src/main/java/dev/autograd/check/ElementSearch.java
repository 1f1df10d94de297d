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

  private @Nullable Quotient best;
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
    double smallest = rising.get(0);
    for (double step : rising) {
      if (tooWide(attempt(step, only))) {
        smallest = narrowed(step);
        break;
      }
      if (settled()) {
        break;
      }
    }
    Quotient found = best;
    if (found == null) {
      throw refusal == null ? new IllegalStateException("no step was tried") : refusal;
    }
    return tolerance.accepts(claimed, found) ? found : reconsidered(found, smallest);
  }

  /** Tries smaller steps until one is not too wide, and returns the last. */
  private double narrowed(double wide) {
    double step = wide;
    for (int k = 0; k < SMALLER_STEPS && !settled(); k++) {
      step *= Steps.SHRINK;
      if (!tooWide(attempt(step, false))) {
        break;
      }
    }
    return step;
  }

  private boolean settled() {
    return best != null && settles(best);
  }

  private boolean settles(Quotient quotient) {
    return quotient.sharpFor(claimed) && tolerance.accepts(claimed, quotient);
  }

  private static boolean tooWide(@Nullable Quotient quotient) {
    return quotient == null || quotient.tooWide();
  }

  /**
   * Returns a quotient that disagrees, or that of a smaller step if this agrees and rounding leaves
   * it able to tell: a function may look flat, and smooth, from afar.
   */
  private Quotient reconsidered(Quotient found, double smallest) {
    double distance = Math.abs(claimed - found.value());
    for (double step : new double[] {smallest, smallest * Steps.SHRINK}) {
      Quotient closer = attempt(step, false);
      if (closer != null
          && tolerance.accepts(claimed, closer)
          && closer.doubt() < DECISIVE * distance) {
        return closer;
      }
    }
    return found;
  }

  /** Returns the quotient of a step, which counts from now on; null if the function refuses it. */
  private @Nullable Quotient attempt(double step, boolean only) {
    try {
      Quotient quotient =
          differences.at(
              block,
              element,
              step,
              plain -> only ? tolerance.accepts(claimed, plain) : settles(plain));
      if (best == null || quotient.doubt() < best.doubt()) {
        best = quotient;
      }
      return quotient;
    } catch (RuntimeException undefined) {
      refusal = refusal == null ? undefined : refusal;
      return null;
    }
  }
}
