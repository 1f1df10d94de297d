package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.optim.Landscape.Point;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of {@link Lbfgs}: a point that moves downhill. */
final class LbfgsRun {

  /** Evaluations in one direction, enough to halve a step to below rounding. */
  private static final int MOST_PER_SEARCH = 50;

  /** How many units in the last place a loss is taken to be wrong by. */
  private static final double ROUNDING = 64;

  /** Iterations in a row without a lower loss or a flatter slope. */
  private static final int MOST_IDLE = 10;

  private final LbfgsSettings settings;
  private final LbfgsHistory history;
  private final Landscape landscape;
  private Point now;
  private double lowest;
  private double flattest;
  private int idle;

  LbfgsRun(
      String op,
      List<Parameter> parameters,
      LbfgsSettings settings,
      LbfgsHistory history,
      Supplier<Tensor> loss) {
    this.settings = settings;
    this.history = history;
    landscape = new Landscape(new Objective(op, parameters), loss);
    now = landscape.here();
    if (!now.isFinite()) {
      throw new ArithmeticException(
          op
              + ": the loss or its gradient is not finite where it starts; nothing was changed."
              + " Begin with parameters inside the domain of the loss");
    }
    lowest = now.loss();
    flattest = slope();
  }

  double loss() {
    return now.loss();
  }

  Lbfgs.Result iterate(int maxIterations) {
    Lbfgs.Stop stop = null;
    int iterations = 0;
    while (stop == null) {
      if (slope() <= settings.tolerance()) {
        stop = Lbfgs.Stop.GRADIENT;
      } else if (iterations == maxIterations) {
        stop = Lbfgs.Stop.ITERATIONS;
      } else if (evaluationsLeft() <= 0) {
        stop = Lbfgs.Stop.EVALUATIONS;
      } else {
        Point before = now;
        stop = descend();
        if (now != before) {
          iterations++;
          history.countIteration();
        }
      }
    }
    return new Lbfgs.Result(stop, now.loss(), slope(), iterations, landscape.evaluations());
  }

  private double slope() {
    return Vectors.largest(now.gradient());
  }

  private int evaluationsLeft() {
    return settings.maxEvaluations() - landscape.evaluations();
  }

  /** Moves to a lower point, or stays, and returns why it is the last; null if it is not. */
  private Lbfgs.@Nullable Stop descend() {
    double[] direction = history.direction(now.gradient());
    int most = Math.min(MOST_PER_SEARCH, evaluationsLeft());
    double rounding = ROUNDING * landscape.precision();
    Point from = now;
    WolfeSearch search =
        new WolfeSearch(
            settings, from, direction, alpha -> pointAt(from, alpha, direction), most, rounding);
    WolfeSearch.Trial found = search(search, from);
    if (found != null) {
      now = found.point();
      history.add(
          Vectors.addScaled(now.x(), -1, from.x()),
          Vectors.addScaled(now.gradient(), -1, from.gradient()));
      return isChangeSmall(from) || isIdle() ? Lbfgs.Stop.CHANGE : null;
    }
    if (evaluationsLeft() <= 0) {
      return Lbfgs.Stop.EVALUATIONS;
    }
    if (-search.slope() <= rounding * Math.abs(from.loss())) {
      return Lbfgs.Stop.CHANGE;
    }
    if (history.isEmpty()) {
      return Lbfgs.Stop.LINE_SEARCH;
    }
    history.clear(); // and try the steepest descent
    return null;
  }

  /** Searches, and leaves the parameters where it ends: at the point found, else where it began. */
  private WolfeSearch.@Nullable Trial search(WolfeSearch search, Point from) {
    WolfeSearch.Trial found = null;
    try {
      double first = history.isEmpty() ? Math.min(1, 1 / Vectors.length1(from.gradient())) : 1;
      found = search.find(first);
      return found;
    } finally {
      landscape.move(found == null ? from.x() : found.point().x());
    }
  }

  private Point pointAt(Point from, double alpha, double[] direction) {
    landscape.move(Vectors.addScaled(from.x(), alpha, direction));
    return landscape.here();
  }

  private boolean isChangeSmall(Point from) {
    double tolerance = settings.changeTolerance();
    double larger = Math.max(Math.abs(from.loss()), Math.abs(now.loss()));
    return tolerance > 0 && Math.abs(from.loss() - now.loss()) <= tolerance * larger;
  }

  /**
   * Returns whether neither loss nor slope has got anywhere for long: all that is left is noise.
   */
  private boolean isIdle() {
    if (now.loss() < lowest || slope() < flattest) {
      lowest = Math.min(lowest, now.loss());
      flattest = Math.min(flattest, slope());
      idle = 0;
    } else {
      idle++;
    }
    return idle == MOST_IDLE;
  }
}
