package dev.autograd.nn.optim;

/**
 * The settings of {@link Lbfgs}.
 *
 * @param tolerance the slope at which to stop
 * @param changeTolerance the relative change of the loss at which to stop
 * @param history the number of changes to remember
 * @param maxEvaluations the number of evaluations per run after which to stop
 * @param decrease c₁
 * @param curvature c₂
 */
record LbfgsSettings(
    double tolerance,
    double changeTolerance,
    int history,
    int maxEvaluations,
    double decrease,
    double curvature) {

  static final LbfgsSettings DEFAULT = new LbfgsSettings(1e-7, 0, 10, Integer.MAX_VALUE, 1e-4, 0.9);

  LbfgsSettings {
    Settings.amount("Lbfgs: tolerance", tolerance);
    Settings.amount("Lbfgs: changeTolerance", changeTolerance);
    Settings.steps("Lbfgs: history", history);
    Settings.steps("Lbfgs: maxEvaluations", maxEvaluations);
    if (!(decrease > 0 && decrease < 0.5)) {
      throw new IllegalArgumentException(
          "Lbfgs: decrease is " + decrease + "; it must be above 0 and below 1/2");
    }
    if (!(curvature > 0 && curvature < 1)) {
      throw new IllegalArgumentException(
          "Lbfgs: curvature is " + curvature + "; it must be above 0 and below 1");
    }
  }

  LbfgsSettings tolerance(double slope) {
    return new LbfgsSettings(slope, changeTolerance, history, maxEvaluations, decrease, curvature);
  }

  LbfgsSettings changeTolerance(double share) {
    return new LbfgsSettings(tolerance, share, history, maxEvaluations, decrease, curvature);
  }

  LbfgsSettings history(int changes) {
    return new LbfgsSettings(
        tolerance, changeTolerance, changes, maxEvaluations, decrease, curvature);
  }

  LbfgsSettings maxEvaluations(int evaluations) {
    return new LbfgsSettings(tolerance, changeTolerance, history, evaluations, decrease, curvature);
  }

  LbfgsSettings wolfe(double c1, double c2) {
    return new LbfgsSettings(tolerance, changeTolerance, history, maxEvaluations, c1, c2);
  }
}
