package dev.autograd.check;

import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The slope of a function of one number at 0, by differences over a step, its half and its quarter,
 * extrapolated to a step of 0 (Richardson 1911): from both sides, and from each side alone.
 *
 * <p>The error of a central quotient is a series in even powers of the step, so that two
 * extrapolations leave the sixth; that of a one-sided quotient is one in all powers, and the third
 * is left. Both sides cost nothing more, and tell kinks from smooth places.
 *
 * @param step the largest step
 * @param central from both sides; null if the function is not defined on one of them
 * @param left from the left; null if it is not defined there
 * @param right from the right
 * @param change the largest change of the function over any step; 0 if it did not move
 */
record Extrapolation(
    double step,
    @Nullable Slope central,
    @Nullable Slope left,
    @Nullable Slope right,
    double change) {

  /**
   * How far a function has come from its value at 0.
   *
   * @param value the change
   * @param deviation the standard deviation of its rounding error, and of that of the value at 0
   * @param way the distance that was really gone, positive on both sides
   */
  record Change(double value, double deviation, double way) {

    double slope() {
      return value / way;
    }
  }

  private static final int LEVELS = 3;

  /** Half a step makes a quarter of the error where the function is smooth; more is suspicious. */
  private static final double KINKED = 0.35;

  /** The deviation of two extrapolations of central quotients, for noise and step of 1. */
  private static final double CENTRAL_NOISE =
      Math.sqrt(256 * 256 + 40 * 40 + 1) / 45 / Math.sqrt(2);

  /** The same for quotients of one side, which share the value at 0. */
  private static final double ONE_SIDED_NOISE = Math.sqrt(32 * 32 + 12 * 12 + 1 + 21 * 21) / 3;

  /**
   * Returns the slopes of a function.
   *
   * @param function its changes; null where it is not defined
   */
  static Extrapolation of(double step, DoubleFunction<@Nullable Change> function) {
    @Nullable Change[] ups = new Change[LEVELS];
    @Nullable Change[] downs = new Change[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      double way = Math.scalb(step, -level);
      ups[level] = function.apply(way);
      downs[level] = function.apply(-way);
    }
    Change[] up = complete(ups);
    Change[] down = complete(downs);
    return new Extrapolation(
        step,
        up == null || down == null ? null : finite(central(step, up, down)),
        down == null ? null : finite(oneSided(step, down, -1)),
        up == null ? null : finite(oneSided(step, up, 1)),
        Math.max(largest(ups), largest(downs)));
  }

  private static Change @Nullable [] complete(@Nullable Change[] changes) {
    Change[] complete = new Change[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      Change change = changes[level];
      if (change == null) {
        return null;
      }
      complete[level] = change;
    }
    return complete;
  }

  private static double largest(@Nullable Change[] changes) {
    double largest = 0;
    for (Change change : changes) {
      largest = change == null ? largest : Math.max(largest, Math.abs(change.value()));
    }
    return largest;
  }

  private static Slope central(double step, Change[] up, Change[] down) {
    double[] quotients = new double[LEVELS];
    double deviation = 0;
    for (int level = 0; level < LEVELS; level++) {
      quotients[level] =
          (up[level].value() - down[level].value()) / (up[level].way() + down[level].way());
      deviation = Math.max(deviation, Math.max(up[level].deviation(), down[level].deviation()));
    }
    double first = quotients[1] - quotients[0];
    double second = quotients[2] - quotients[1];
    double wide = quotients[1] + first / 3;
    double narrow = quotients[2] + second / 3;
    double value = narrow + (narrow - wide) / 15;
    // Where the slope has a kink, the second difference is half of the first, not a quarter, and
    // extrapolation is worth nothing.
    double truncation =
        Math.abs(second) > KINKED * Math.abs(first)
            ? Math.max(Math.abs(value - narrow), Math.abs(second))
            : Math.abs(value - narrow);
    return new Slope(value, truncation, Slope.SAFETY * CENTRAL_NOISE * deviation / step);
  }

  private static @Nullable Slope finite(Slope slope) {
    return Double.isFinite(slope.value()) && Double.isFinite(slope.bound()) ? slope : null;
  }

  private static Slope oneSided(double step, Change[] changes, int side) {
    double deviation = 0;
    for (Change change : changes) {
      deviation = Math.max(deviation, change.deviation());
    }
    double wide = changes[1].slope() + (changes[1].slope() - changes[0].slope());
    double narrow = changes[2].slope() + (changes[2].slope() - changes[1].slope());
    double value = narrow + (narrow - wide) / 3;
    return new Slope(
        side * value, Math.abs(value - narrow), Slope.SAFETY * ONE_SIDED_NOISE * deviation / step);
  }

  /** Returns the same with more doubt in the slopes. */
  Extrapolation widened(double by) {
    return new Extrapolation(
        step,
        central == null ? null : central.widened(by),
        left == null ? null : left.widened(by),
        right == null ? null : right.widened(by),
        change);
  }

  /**
   * Returns the slope to go by: from both sides if there are two, else from one; null if there is
   * none.
   */
  @Nullable Slope slope() {
    if (central != null) {
      return central;
    }
    return left == null ? right : left;
  }

  /** Returns whether the slopes of both sides differ by more than is known of their errors. */
  boolean bent() {
    return left != null && right != null && !left.agreesWith(right);
  }

  /** Returns the distance of the slopes of both sides; 0 if one is missing. */
  double bend() {
    return left == null || right == null ? 0 : Math.abs(right.value() - left.value());
  }
}
