package dev.autograd.nn.optim;

import dev.autograd.nn.optim.Landscape.Point;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A search along a direction for a step that fulfils the strong Wolfe conditions: first steps that
 * grow until they enclose one, then ever smaller intervals that do. Source: Nocedal and Wright,
 * Numerical optimization, 2006, algorithms 3.5 and 3.6, with cubic interpolation, equation 3.59.
 */
final class WolfeSearch {

  /**
   * A step along the direction.
   *
   * @param alpha its length
   * @param slope the derivative along the direction
   * @param point where it leads
   */
  record Trial(double alpha, double slope, Point point) {

    double loss() {
      return point.loss();
    }
  }

  /** Steps grow at most by this factor at a time. */
  private static final double GROWTH = 10;

  /** Steps inside an interval keep this share of its width away from both ends. */
  private static final double MARGIN = 0.1;

  private final LbfgsSettings settings;
  private final double[] direction;
  private final DoubleFunction<Point> evaluate;
  private final Trial start;
  private final double rounding;
  private int left;

  /**
   * Makes a search.
   *
   * @param evaluate returns the point after a step
   * @param most the number of evaluations allowed
   * @param rounding how much of a loss is lost in rounding
   */
  WolfeSearch(
      LbfgsSettings settings,
      Point from,
      double[] direction,
      DoubleFunction<Point> evaluate,
      int most,
      double rounding) {
    this.settings = settings;
    this.direction = direction;
    this.evaluate = evaluate;
    this.rounding = rounding * Math.abs(from.loss());
    start = new Trial(0, Vectors.dot(from.gradient(), direction), from);
    left = most;
  }

  /** Returns the derivative along the direction at the beginning. */
  double slope() {
    return start.slope();
  }

  /**
   * Returns a step that fulfils the conditions; when no evaluations are left, one that fulfils the
   * first of them; null if none was found.
   */
  @Nullable Trial find(double first) {
    Trial before = start;
    double alpha = first;
    while (left > 0) {
      Trial now = trial(alpha);
      if (isAccepted(now)) {
        return now;
      }
      boolean risesAgain = before.alpha() > 0 && now.loss() >= before.loss();
      if (isTooHigh(now) || risesAgain) {
        return zoom(before, now);
      }
      if (now.slope() >= 0) {
        return zoom(now, before);
      }
      double least = alpha + MARGIN * (alpha - before.alpha());
      double most = alpha * GROWTH;
      alpha = clamp(cubicMinimum(before, now, most), least, most);
      before = now;
    }
    return before.alpha() > 0 ? before : null;
  }

  /**
   * Returns a step between two, of which the first is the lowest so far and slopes to the other.
   */
  private @Nullable Trial zoom(Trial lowest, Trial other) {
    Trial low = lowest;
    Trial high = other;
    while (left > 0) {
      double alpha = inside(low, high);
      if (alpha == low.alpha() || alpha == high.alpha()) {
        break; // no number lies between them
      }
      Trial now = trial(alpha);
      if (isAccepted(now)) {
        return now;
      }
      if (isTooHigh(now) || now.loss() >= low.loss()) {
        high = now;
      } else {
        if (now.slope() * (high.alpha() - low.alpha()) >= 0) {
          high = low;
        }
        low = now;
      }
    }
    return low.alpha() > 0 ? low : null;
  }

  private Trial trial(double alpha) {
    left--;
    Point point = evaluate.apply(alpha);
    return new Trial(alpha, Vectors.dot(point.gradient(), direction), point);
  }

  private boolean isTooHigh(Trial now) {
    double most = start.loss() + settings.decrease() * now.alpha() * start.slope();
    return !(now.point().isFinite() && now.loss() <= most);
  }

  private boolean isAccepted(Trial now) {
    boolean flatter = Math.abs(now.slope()) <= -settings.curvature() * start.slope();
    return flatter && (!isTooHigh(now) || isLowerButForRounding(now));
  }

  /** Hager and Zhang: the slopes tell of a decrease that the values are too coarse for. */
  private boolean isLowerButForRounding(Trial now) {
    return now.point().isFinite()
        && now.loss() <= start.loss() + rounding
        && now.slope() <= (2 * settings.decrease() - 1) * start.slope();
  }

  private static double inside(Trial a, Trial b) {
    double margin = MARGIN * Math.abs(b.alpha() - a.alpha());
    double least = Math.min(a.alpha(), b.alpha()) + margin;
    double most = Math.max(a.alpha(), b.alpha()) - margin;
    return clamp(cubicMinimum(a, b, least + (most - least) / 2), least, most);
  }

  private static double clamp(double alpha, double least, double most) {
    return Math.max(least, Math.min(most, alpha));
  }

  /** Returns the minimum of the cubic through two trials, or something else if it has none. */
  private static double cubicMinimum(Trial a, Trial b, double otherwise) {
    double width = b.alpha() - a.alpha();
    double mean = a.slope() + b.slope() - 3 * (b.loss() - a.loss()) / width;
    double root = Math.signum(width) * Math.sqrt(mean * mean - a.slope() * b.slope());
    double minimum =
        b.alpha() - width * (b.slope() + root - mean) / (b.slope() - a.slope() + 2 * root);
    return Double.isFinite(minimum) ? minimum : otherwise;
  }
}
