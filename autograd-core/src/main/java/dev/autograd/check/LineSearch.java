package dev.autograd.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The slopes of a function along a line, over the steps that suit it: the first guess if that
 * settles the matter; longer ones where the difference drowns in rounding; shorter ones where the
 * function bends too much, or is not defined so far out.
 */
final class LineSearch {

  /** How much shorter the next step is, as a power of two. */
  private static final int SHORTER = -5;

  private static final int SHORTER_STEPS = 8;

  /** A slope whose error is less than this part of it is no zero. */
  private static final double CLEAR = 0.1;

  private final Line line;
  private final int first;
  private final Predicate<Extrapolation> settles;
  private final List<Extrapolation> attempts = new ArrayList<>();

  /**
   * Makes a search.
   *
   * @param precision of the function
   * @param settles whether an attempt is good enough to stop
   */
  LineSearch(Line line, Precision precision, Predicate<Extrapolation> settles) {
    this.line = line;
    this.first = precision.firstStep();
    this.settles = settles;
  }

  /** Returns what was tried, in order; the last one settles the matter if any does. */
  List<Extrapolation> run() {
    double scale = line.scale();
    Extrapolation attempt = attempt(Math.scalb(scale, first));
    for (double longer : line.longer()) {
      if (settles.test(attempt) || isTooWide(attempt)) {
        break;
      }
      attempt = attempt(Math.scalb(longer, first));
    }
    return settles.test(attempt) || !isTooWide(attempt) ? attempts : shortened(attempt);
  }

  /** Tries shorter steps until one settles, or rounding makes the next one worse. */
  private List<Extrapolation> shortened(Extrapolation wide) {
    Extrapolation attempt = wide;
    for (int k = 0; k < SHORTER_STEPS; k++) {
      attempt = attempt(Math.scalb(attempt.step(), SHORTER));
      if (settles.test(attempt) || !isTooWide(attempt)) {
        break;
      }
    }
    return attempts;
  }

  /**
   * Returns what was tried with one more attempt: a shorter step, whose multiples do not meet those
   * of the others, for a function may look flat, and smooth, from afar.
   */
  List<Extrapolation> oneMore() {
    double shortest = attempts.stream().mapToDouble(Extrapolation::step).min().orElse(1);
    attempt(0.7 * Math.scalb(shortest, SHORTER));
    return attempts;
  }

  /**
   * Returns an attempt with a bound that includes its distance from one over half the step: the
   * last correction of an extrapolation may be small by accident.
   */
  Extrapolation doubted(Extrapolation attempt) {
    Slope one = attempt.slope();
    Slope other = attempt(attempt.step() / 2).slope();
    return one == null || other == null
        ? attempt
        : attempt.widened(2 * Math.abs(one.value() - other.value()));
  }

  List<Extrapolation> attempts() {
    return attempts;
  }

  private Extrapolation attempt(double step) {
    Extrapolation attempt = Extrapolation.of(step, line);
    attempts.add(attempt);
    return attempt;
  }

  private static boolean isTooWide(Extrapolation attempt) {
    Slope central = attempt.central();
    return central == null || central.tooWide() || attempt.bent();
  }

  /**
   * Returns the attempt with the least doubt, of those that are not too wide if there are any, and
   * agree with all shorter ones of them: over multiples of a wave a function looks flat. Those at
   * which the function did not move do not count if it has a clear slope over other steps: theirs
   * are too short for it.
   */
  static Extrapolation best(List<Extrapolation> attempts) {
    boolean clear = attempts.stream().anyMatch(LineSearch::isClear);
    List<Extrapolation> moving =
        attempts.stream().filter(attempt -> attempt.change() > 0 || !clear).toList();
    List<Extrapolation> fitting = moving.stream().filter(attempt -> !isTooWide(attempt)).toList();
    return (fitting.isEmpty() ? moving : fitting)
        .stream()
            .filter(attempt -> fitting.isEmpty() || agreesWithShorter(attempt, fitting))
            .min(Comparator.comparingDouble(LineSearch::doubt))
            .orElseThrow();
  }

  private static boolean agreesWithShorter(Extrapolation attempt, List<Extrapolation> others) {
    Slope own = attempt.slope();
    for (Extrapolation other : others) {
      Slope slope = other.slope();
      boolean shorter = other.step() < attempt.step();
      if (shorter && own != null && slope != null && !own.agreesWith(slope)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isClear(Extrapolation attempt) {
    Slope slope = attempt.slope();
    return slope != null && !attempt.bent() && slope.bound() < CLEAR * Math.abs(slope.value());
  }

  private static double doubt(Extrapolation attempt) {
    Slope slope = attempt.slope();
    if (slope == null) {
      return Double.POSITIVE_INFINITY;
    }
    return slope.bound() + (attempt.bent() ? attempt.bend() : 0);
  }
}
