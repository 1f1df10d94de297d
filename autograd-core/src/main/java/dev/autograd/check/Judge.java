package dev.autograd.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds one claimed derivative against the slopes of the function along a line. */
final class Judge {

  /** A bound below this part of the derivative leaves nothing to be wished for. */
  private static final double SHARP = 1e-8;

  /** A bound above this part of the derivative verifies little more than nothing. */
  private static final double TELLING = 0.5;

  /**
   * Below this many last places of its natural magnitude a derivative is zero but for its own
   * rounding.
   */
  static final double ZERO = 64;

  /** A zero is verified if the bound is below this part of the natural magnitude. */
  private static final double ZERO_TELLING = 1e-6;

  /** The same in single precision, for whatever is small: differences tell no more. */
  private static final double SMALL_TELLING = 1e-2;

  /** A quotient that contradicts another must be this much sharper than their distance. */
  private static final double DECISIVE = 0.25;

  /** A distance of more than this many times the tolerance is no matter of a bound too narrow. */
  private static final double CLOSE = 64;

  /** Slopes of which one is by this part larger may be one, in a function with unknown noise. */
  private static final double NEAR = 0.05;

  /** Slopes that differ by this part are never one. */
  private static final double FAR = 0.25;

  private static final int SECOND_THOUGHTS = 6;

  /** How many shorter steps must agree with a slope that contradicts a claim. */
  private static final int CONFIRMATIONS = 2;

  private final Line line;
  private final Precision precision;
  private final Tolerance tolerance;
  private final double claimed;
  private final double claimAccuracy;
  private final Importance importance;
  private final double epsilon;

  /**
   * Makes a judge of one derivative.
   *
   * @param precision of the function's values
   * @param claimPrecision that of the claim
   * @param claimed the analytic derivative along the line
   * @param claimAccuracy how far rounding may have moved that; 0 if next to nothing
   * @param importance what the magnitude of the derivative is held against
   */
  Judge(
      Line line,
      Precision precision,
      Precision claimPrecision,
      Tolerance tolerance,
      double claimed,
      double claimAccuracy,
      Importance importance) {
    this.line = line;
    this.precision = precision;
    this.tolerance = tolerance;
    this.claimed = claimed;
    this.claimAccuracy = claimAccuracy;
    this.importance = importance;
    this.epsilon = claimPrecision.epsilon();
  }

  /** Returns what was found. */
  CheckedElement verdict() {
    LineSearch search = new LineSearch(line, precision, this::settles);
    List<Extrapolation> attempts = search.run();
    List<Extrapolation> twoSided =
        attempts.stream().filter(attempt -> attempt.central() != null).toList();
    if (twoSided.isEmpty()) {
      return oneSided(attempts);
    }
    if (Slopes.diverge(twoSided)) {
      return found(Verdict.NOT_DIFFERENTIABLE, LineSearch.best(twoSided));
    }
    Extrapolation kink = Slopes.kink(twoSided);
    if (kink != null) {
      return atKink(kink);
    }
    Extrapolation best = LineSearch.best(twoSided);
    return accepts(best) ? accepted(best, attempts) : reconsidered(search, best);
  }

  /**
   * Returns the verdict on a claim that the best attempt contradicts: wrong, if shorter steps agree
   * with it. If they do not, it looked smooth from afar only, and they count.
   */
  private CheckedElement reconsidered(LineSearch search, Extrapolation found) {
    Extrapolation best = found;
    int agreeing = 0;
    for (int k = 0; k < SECOND_THOUGHTS && agreeing < CONFIRMATIONS; k++) {
      List<Extrapolation> attempts = search.oneMore();
      Extrapolation closer = attempts.get(attempts.size() - 1);
      if (closer.central() == null) {
        break;
      }
      double distance = Math.abs(claimed - slope(best).value());
      if (accepts(closer) && slope(closer).bound() < DECISIVE * distance) {
        return accepted(closer, attempts);
      }
      if (precision == Precision.SINGLE && accepts(closer) && slope(closer).bound() < distance) {
        // Over the long steps that single precision needs, a function may bend unseen.
        return found(Verdict.TOO_NOISY, closer);
      }
      if (slope(closer).agreesWith(slope(best))) {
        agreeing++;
      } else {
        best = closer;
        agreeing = 0;
      }
    }
    if (Math.abs(claimed - slope(best).value()) <= CLOSE * allowed(best)) {
      Extrapolation doubted = search.doubted(best);
      if (accepts(doubted)) {
        return accepted(doubted, search.attempts());
      }
    }
    Extrapolation other = contradicting(search.attempts(), best);
    if (other != null) {
      return found(Verdict.TOO_NOISY, other);
    }
    boolean confirmed = agreeing > 0 || !Double.isFinite(claimed);
    return found(confirmed ? Verdict.WRONG : Verdict.TOO_NOISY, best);
  }

  /**
   * Returns a slope over longer steps that is near the claim and far from the best one: the
   * function is a staircase, mostly because of digits lost inside, or wavy on a small scale, and
   * differences do not tell which slope counts. Null if there is none.
   */
  private @Nullable Extrapolation contradicting(List<Extrapolation> attempts, Extrapolation best) {
    for (Extrapolation attempt : attempts) {
      if (attempt.step() > best.step() && attempt.central() != null) {
        double slope = slope(attempt).value();
        double magnitude = slope(attempt).magnitude(claimed);
        if (Math.abs(claimed - slope) <= NEAR * magnitude
            && Math.abs(slope(best).value() - slope) > FAR * magnitude) {
          return attempt;
        }
      }
    }
    return null;
  }

  /** Returns what is found at the border of the function's domain. */
  private CheckedElement oneSided(List<Extrapolation> attempts) {
    List<Extrapolation> defined =
        attempts.stream().filter(attempt -> attempt.slope() != null).toList();
    if (defined.isEmpty()) {
      return nowhere();
    }
    Extrapolation best = LineSearch.best(defined);
    if (Slopes.diverge(defined)) {
      return found(Verdict.NOT_DIFFERENTIABLE, best);
    }
    if (accepts(best)) {
      return found(Verdict.CORRECT, best);
    }
    Slope slope = slope(best);
    boolean sharp =
        slope.bound() <= ZERO_TELLING * Math.max(Math.abs(slope.value()), importance.natural());
    return found(sharp ? Verdict.WRONG : Verdict.NOT_DIFFERENTIABLE, best);
  }

  private CheckedElement atKink(Extrapolation kink) {
    double left = side(kink.left());
    double right = side(kink.right());
    double bound = Slopes.bounds(kink);
    double allowed =
        tolerance.of(Math.max(Math.abs(left), Math.abs(right))) + bound + claimAccuracy;
    boolean between =
        claimed >= Math.min(left, right) - allowed && claimed <= Math.max(left, right) + allowed;
    return new CheckedElement(
        line.index(),
        line.direction(),
        between ? Verdict.KINK : Verdict.WRONG,
        claimed,
        left / 2 + right / 2,
        allowed,
        bound,
        left,
        right);
  }

  private CheckedElement accepted(Extrapolation best, List<Extrapolation> attempts) {
    Slope slope = slope(best);
    double magnitude = slope.magnitude(claimed);
    // A function with a level place varies around it.
    double natural =
        attempts.stream()
            .mapToDouble(attempt -> attempt.change() / attempt.step())
            .reduce(importance.natural(), Math::max);
    boolean zero =
        Math.abs(claimed) <= ZERO * epsilon * natural && slope.bound() <= ZERO_TELLING * natural;
    boolean nothingMoves =
        claimed == 0 && attempts.stream().allMatch(attempt -> attempt.change() == 0);
    boolean nothingAmongOthers = magnitude + slope.bound() <= ZERO * epsilon * importance.among();
    boolean smallInSingle =
        precision == Precision.SINGLE && slope.bound() <= SMALL_TELLING * natural;
    boolean told =
        slope.bound() <= TELLING * magnitude
            || zero
            || nothingMoves
            || nothingAmongOthers
            || smallInSingle;
    return found(told ? Verdict.CORRECT : Verdict.TOO_NOISY, best);
  }

  private boolean settles(Extrapolation attempt) {
    if (attempt.central() == null || attempt.bent() || !accepts(attempt)) {
      return false;
    }
    Slope slope = slope(attempt);
    boolean zero =
        Math.abs(claimed) <= ZERO * epsilon * importance.natural()
            && slope.bound() <= SHARP * importance.least();
    return slope.bound() <= SHARP * slope.magnitude(claimed) || zero;
  }

  private boolean accepts(Extrapolation attempt) {
    return attempt.slope() != null
        && Math.abs(claimed - slope(attempt).value()) <= allowed(attempt);
  }

  private double allowed(Extrapolation attempt) {
    Slope slope = slope(attempt);
    return tolerance.of(slope.magnitude(claimed)) + slope.bound() + claimAccuracy;
  }

  /** Returns what is found where the function is not defined on either side. */
  private CheckedElement nowhere() {
    return new CheckedElement(
        line.index(),
        line.direction(),
        Verdict.NOT_DIFFERENTIABLE,
        claimed,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.NaN,
        Double.NaN);
  }

  private CheckedElement found(Verdict verdict, Extrapolation attempt) {
    Slope slope = slope(attempt);
    boolean smooth = attempt.central() != null && !attempt.bent();
    return new CheckedElement(
        line.index(),
        line.direction(),
        verdict,
        claimed,
        slope.value(),
        allowed(attempt),
        slope.bound(),
        smooth ? slope.value() : side(attempt.left()),
        smooth ? slope.value() : side(attempt.right()));
  }

  private static Slope slope(Extrapolation attempt) {
    Slope slope = attempt.slope();
    if (slope == null) {
      throw new IllegalStateException("the function is not defined on either side");
    }
    return slope;
  }

  private static double side(@Nullable Slope slope) {
    return slope == null ? Double.NaN : slope.value();
  }
}
