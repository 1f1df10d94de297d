package dev.autograd;

import dev.autograd.array.NdArray;

/**
 * Losses of predicted numbers, as statics that {@link Losses} inherits.
 *
 * <p>{@code p} is the prediction, {@code t} the target, {@code n} the number of elements; ± is +
 * for the prediction and - for the target. A {@link Reduction} makes one number, {@code []}, of the
 * losses, or leaves their shape with {@link Reduction#NONE}. Shapes that differ are refused, and a
 * target that is tracked while the prediction is not: they may have been swapped.
 */
abstract sealed class RegressionLosses permits BinaryLosses {

  RegressionLosses() {}

  /**
   * Returns the mean squared error {@code mean((p - t)²)}. Derivatives: {@code ±2 (p - t) / n}.
   *
   * @throws ShapeException if the shapes differ; likewise below
   * @throws IllegalArgumentException if the target is tracked and the prediction is not: they may
   *     have been swapped; likewise below
   */
  public static Tensor mse(Tensor prediction, Tensor target) {
    return mse(prediction, target, LossOptions.mean());
  }

  /** Returns the squared errors, reduced. */
  public static Tensor mse(Tensor prediction, Tensor target, Reduction reduction) {
    return mse(prediction, target, LossOptions.of(reduction));
  }

  /** Returns the squared errors, with weights per element. */
  public static Tensor mse(Tensor prediction, Tensor target, LossOptions options) {
    Tensor errors = errors("mse", prediction, target, options);
    return LossTerms.finish("mse", errors.square(), options);
  }

  /**
   * Returns the mean absolute error {@code mean(|p - t|)}. Derivatives: {@code ±sign(p - t) / n}, 0
   * where they are equal.
   */
  @Domain(distinct = true)
  public static Tensor l1(Tensor prediction, Tensor target) {
    return l1(prediction, target, LossOptions.mean());
  }

  /** Returns the absolute errors, reduced. */
  @Domain(distinct = true)
  public static Tensor l1(Tensor prediction, Tensor target, Reduction reduction) {
    return l1(prediction, target, LossOptions.of(reduction));
  }

  /** Returns the absolute errors, with weights per element. */
  @Domain(distinct = true)
  public static Tensor l1(Tensor prediction, Tensor target, LossOptions options) {
    Tensor errors = errors("l1", prediction, target, options);
    return LossTerms.finish("l1", errors.abs(), options);
  }

  /**
   * Returns the mean of Huber's loss (1964), which is quadratic up to delta and linear beyond: with
   * d = p - t, {@code d²/2} where {@code |d| <= delta}, else {@code delta (|d| - delta/2)}.
   * Derivatives: {@code ±clamp(d, -delta, delta) / n}.
   *
   * @param delta positive
   */
  @Domain(distinct = true)
  public static Tensor huber(Tensor prediction, Tensor target, double delta) {
    return huber(prediction, target, delta, LossOptions.mean());
  }

  /** Returns Huber's losses, reduced. */
  @Domain(distinct = true)
  public static Tensor huber(Tensor prediction, Tensor target, double delta, Reduction reduction) {
    return huber(prediction, target, delta, LossOptions.of(reduction));
  }

  /** Returns Huber's losses, with weights per element. */
  @Domain(distinct = true)
  public static Tensor huber(Tensor prediction, Tensor target, double delta, LossOptions options) {
    LossTerms.requirePositive("huber", "delta", delta);
    Tensor errors = errors("huber", prediction, target, options);
    return LossTerms.finish("huber", huber(errors, delta), options);
  }

  /**
   * Returns the mean of Huber's loss divided by its border, whose linear part has the slope 1 for
   * every border: with d = p - t, {@code d² / (2 beta)} where {@code |d| < beta}, else {@code |d| -
   * beta/2} (Girshick 2015). With beta 0 this is {@link #l1}.
   *
   * @param beta not negative, and finite
   */
  @Domain(distinct = true)
  public static Tensor smoothL1(Tensor prediction, Tensor target, double beta) {
    return smoothL1(prediction, target, beta, LossOptions.mean());
  }

  /** Returns the smooth absolute errors, reduced. */
  @Domain(distinct = true)
  public static Tensor smoothL1(
      Tensor prediction, Tensor target, double beta, Reduction reduction) {
    return smoothL1(prediction, target, beta, LossOptions.of(reduction));
  }

  /** Returns the smooth absolute errors, with weights per element. */
  @Domain(distinct = true)
  public static Tensor smoothL1(
      Tensor prediction, Tensor target, double beta, LossOptions options) {
    if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "smoothL1: beta is " + beta + "; it must not be negative, and finite");
    }
    Tensor errors = errors("smoothL1", prediction, target, options);
    Tensor losses = beta == 0 ? errors.abs() : huber(errors, beta).div(beta);
    return LossTerms.finish("smoothL1", losses, options);
  }

  /** Returns {@code c (d - c/2)} with the slope c, d clamped to ±delta. */
  private static Tensor huber(Tensor d, double delta) {
    Tensor error = d.constant();
    Tensor slope = error.clamp(-delta, delta);
    NdArray value = slope.mul(error.sub(slope.mul(0.5))).array();
    return d.record("huber", Allocation.tensor(value), g -> g.chain(d.clamp(-delta, delta)))
        .with("delta", delta);
  }

  /**
   * Returns the mean negative log-likelihood of normal distributions with the predicted mean p and
   * a variance v, without its constant: {@code mean(log v + (p - t)² / v) / 2} (Nix and Weigend
   * 1994). Derivatives: {@code ±(p - t) / (v n)}, and {@code (1 - (p - t)² / v) / (2 v n)}.
   *
   * @param variance positive, what broadcasts to the prediction
   * @throws IllegalArgumentException if a variance is not positive, or NaN
   */
  @Domain(from = 0)
  public static Tensor gaussianNll(Tensor prediction, Tensor target, Tensor variance) {
    return gaussianNll(prediction, target, variance, LossOptions.mean());
  }

  /** Returns the negative log-likelihoods of normal distributions, reduced. */
  @Domain(from = 0)
  public static Tensor gaussianNll(
      Tensor prediction, Tensor target, Tensor variance, Reduction reduction) {
    return gaussianNll(prediction, target, variance, LossOptions.of(reduction));
  }

  /** Returns the negative log-likelihoods of normal distributions, with weights per element. */
  @Domain(from = 0)
  public static Tensor gaussianNll(
      Tensor prediction, Tensor target, Tensor variance, LossOptions options) {
    Tensor errors = errors("gaussianNll", prediction, target, options);
    Checks.sameType("gaussianNll", prediction, variance);
    LossTerms.requireFits("gaussianNll", "variance", variance, prediction.shape());
    NdArray v = variance.array();
    for (int i = 0; i < v.size(); i++) {
      if (!(v.doubleAt(i) > 0)) {
        throw new IllegalArgumentException(
            "gaussianNll: variance "
                + i
                + " is "
                + v.doubleAt(i)
                + "; it must be positive, predict it through exp() or softplus()");
      }
    }
    Tensor losses = errors.square().div(variance).add(variance.log()).mul(0.5);
    return LossTerms.finish("gaussianNll", losses, options);
  }

  /**
   * Returns the mean negative log-likelihood of Poisson distributions whose rates have the
   * predicted logarithms z, without the part {@code log t!} that no prediction changes: {@code
   * mean(e^z - t z)}. Derivatives: {@code (e^z - t) / n} and {@code -z / n}.
   *
   * @param target counts
   */
  public static Tensor poissonNll(Tensor logRate, Tensor target) {
    return poissonNll(logRate, target, LossOptions.mean());
  }

  /** Returns the negative log-likelihoods of Poisson distributions, reduced. */
  public static Tensor poissonNll(Tensor logRate, Tensor target, Reduction reduction) {
    return poissonNll(logRate, target, LossOptions.of(reduction));
  }

  /** Returns the negative log-likelihoods of Poisson distributions, with weights per element. */
  public static Tensor poissonNll(Tensor logRate, Tensor target, LossOptions options) {
    LossTerms.checkPair("poissonNll", logRate, target);
    LossTerms.refuseSpecialOptions("poissonNll", options);
    Tensor losses = logRate.exp().sub(target.chain(logRate));
    return LossTerms.finish("poissonNll", losses, options);
  }

  private static Tensor errors(String loss, Tensor prediction, Tensor target, LossOptions options) {
    LossTerms.checkPair(loss, prediction, target);
    LossTerms.refuseSpecialOptions(loss, options);
    return prediction.sub(target);
  }
}
