package dev.autograd.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a list of attempts says about the function, whatever is claimed. */
final class Slopes {

  /** Slopes that have grown by this factor, over steps of a thousandth, go on growing. */
  private static final double GROWTH = 4;

  private static final int STEPS_OF_GROWTH = 3;

  /** A slope with less truncation than this part of itself has settled. */
  private static final double SETTLED = 1e-3;

  private Slopes() {}

  /** Returns whether slopes grow without bound as steps become shorter. */
  static boolean diverge(List<Extrapolation> attempts) {
    List<Extrapolation> shortening =
        attempts.stream()
            .sorted(Comparator.comparingDouble(Extrapolation::step).reversed())
            .toList();
    int last = shortening.size() - 1;
    if (last < STEPS_OF_GROWTH - 1) {
      return false;
    }
    return Stream.<SlopeOf>of(Extrapolation::central, Extrapolation::left, Extrapolation::right)
        .anyMatch(
            side ->
                grows(
                    side.of(shortening.get(last)),
                    side.of(shortening.get(last - STEPS_OF_GROWTH + 1))));
  }

  private interface SlopeOf {
    @Nullable Slope of(Extrapolation attempt);
  }

  private static boolean grows(@Nullable Slope last, @Nullable Slope before) {
    return last != null
        && before != null
        && Math.abs(last.value()) > GROWTH * Math.abs(before.value())
        && Math.abs(last.value()) > GROWTH * last.rounding()
        && last.truncation() > SETTLED * Math.abs(last.value());
  }

  /**
   * Returns the best look at a kink; null if there is none, or it is next to the given inputs and
   * shorter steps do not reach it.
   */
  static @Nullable Extrapolation kink(List<Extrapolation> attempts) {
    Extrapolation closest = null;
    for (Extrapolation attempt : attempts) {
      if (attempt.bent() && (closest == null || attempt.step() < closest.step())) {
        closest = attempt;
      }
    }
    if (closest == null) {
      return null;
    }
    Extrapolation kink = closest;
    boolean smoothCloser =
        attempts.stream()
            .filter(attempt -> attempt.step() < kink.step())
            .anyMatch(
                attempt ->
                    contradict(attempt.left(), kink.left())
                        || contradict(attempt.right(), kink.right())
                        || (!attempt.bent() && bounds(attempt) < kink.bend() / 2));
    return smoothCloser ? null : sharpest(kink, attempts);
  }

  /** Returns the attempt that knows most about a kink which the closest one has found. */
  private static Extrapolation sharpest(Extrapolation closest, List<Extrapolation> attempts) {
    Extrapolation sharpest = closest;
    for (Extrapolation attempt : attempts) {
      if (attempt.bent()
          && agree(attempt.left(), closest.left())
          && agree(attempt.right(), closest.right())
          && bounds(attempt) < bounds(sharpest)) {
        sharpest = attempt;
      }
    }
    return sharpest;
  }

  private static boolean contradict(@Nullable Slope one, @Nullable Slope other) {
    return one != null && other != null && !one.agreesWith(other);
  }

  private static boolean agree(@Nullable Slope one, @Nullable Slope other) {
    return one != null && other != null && one.agreesWith(other);
  }

  /** Returns how far the slopes of both sides may be off together; infinite if one is missing. */
  static double bounds(Extrapolation attempt) {
    return bound(attempt.left()) + bound(attempt.right());
  }

  private static double bound(@Nullable Slope slope) {
    return slope == null ? Double.POSITIVE_INFINITY : slope.bound();
  }
}
