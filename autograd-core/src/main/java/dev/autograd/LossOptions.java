package dev.autograd;

import java.util.Optional;

/**
 * What a loss can be given beyond prediction and target. Immutable; start from {@link #mean()},
 * {@link #sum()} or {@link #none()} and refine.
 *
 * <pre>{@code
 * Losses.crossEntropy(logits, classes, LossOptions.mean().weight(perClass).labelSmoothing(0.1))
 * }</pre>
 *
 * @param reduction what becomes of the single losses
 * @param weight factors: per class for {@link Losses#crossEntropy} and {@link Losses#nll}; per
 *     element or row for all others, broadcast against the losses
 * @param positiveWeight factors of the positive part of {@link Losses#bceWithLogits}, broadcast
 * @param labelSmoothing the share of each target that is spread evenly over the classes, 0 to 1
 * @param ignoreIndex the class whose rows do not count
 * @param logTarget whether the target of {@link Losses#klDiv} is the logarithm of a distribution
 */
public record LossOptions(
    Reduction reduction,
    Optional<Tensor> weight,
    Optional<Tensor> positiveWeight,
    double labelSmoothing,
    Optional<Long> ignoreIndex,
    boolean logTarget) {

  /** Checks the share; the other values are checked against the loss they are used with. */
  public LossOptions {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException(
          "labelSmoothing: " + labelSmoothing + " is no share; it must be from 0 to 1");
    }
  }

  /** Returns the defaults with a reduction. */
  public static LossOptions of(Reduction reduction) {
    return new LossOptions(
        reduction, Optional.empty(), Optional.empty(), 0, Optional.empty(), false);
  }

  /** Returns the defaults: the mean, unweighted. */
  public static LossOptions mean() {
    return of(Reduction.MEAN);
  }

  /** Returns the defaults with the sum. */
  public static LossOptions sum() {
    return of(Reduction.SUM);
  }

  /** Returns the defaults without a reduction. */
  public static LossOptions none() {
    return of(Reduction.NONE);
  }

  /** Returns these options with factors per element or class. */
  public LossOptions weight(Tensor factors) {
    return new LossOptions(
        reduction, Optional.of(factors), positiveWeight, labelSmoothing, ignoreIndex, logTarget);
  }

  /** Returns these options with factors of the positive part. */
  public LossOptions positiveWeight(Tensor factors) {
    return new LossOptions(
        reduction, weight, Optional.of(factors), labelSmoothing, ignoreIndex, logTarget);
  }

  /** Returns these options with a share of each target spread evenly over the classes. */
  public LossOptions labelSmoothing(double share) {
    return new LossOptions(reduction, weight, positiveWeight, share, ignoreIndex, logTarget);
  }

  /** Returns these options with a class whose rows do not count. */
  public LossOptions ignoreIndex(long index) {
    return new LossOptions(
        reduction, weight, positiveWeight, labelSmoothing, Optional.of(index), logTarget);
  }

  /** Returns these options with a target of logarithms of probabilities. */
  public LossOptions targetInLogarithms() {
    return new LossOptions(reduction, weight, positiveWeight, labelSmoothing, ignoreIndex, true);
  }
}
