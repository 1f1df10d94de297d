package dev.autograd;

import dev.autograd.array.NdArray;

/**
 * Losses of yes-no decisions, as statics that {@link Losses} inherits.
 *
 * <p>{@code p} is the prediction, {@code t} the target, {@code n} the number of elements; ± is +
 * for the prediction and - for the target. A {@link Reduction} makes one number, {@code []}, of the
 * losses, or leaves their shape with {@link Reduction#NONE}. Shapes that differ are refused, and a
 * target that is tracked while the prediction is not: they may have been swapped.
 */
abstract sealed class BinaryLosses extends RegressionLosses permits ClassLosses {

  BinaryLosses() {}

  /**
   * Returns the mean binary cross-entropy of probabilities: {@code -mean(t log p + (1 - t) log(1 -
   * p))}, with logarithms clamped at -100, and the gradient of exactly that: {@code (p - t) / (p (1
   * - p)) / n}, 0 for a part whose logarithm is clamped. Instead of a sigmoid and this, use {@link
   * #bceWithLogits}: it is more accurate and cannot saturate.
   *
   * @param prediction probabilities in [0, 1]
   * @throws IllegalArgumentException if a probability is outside [0, 1] or NaN
   */
  @Domain(from = 0, to = 1)
  public static Tensor bce(Tensor prediction, Tensor target) {
    return bce(prediction, target, LossOptions.mean());
  }

  /** Returns the binary cross-entropies of probabilities, reduced. */
  @Domain(from = 0, to = 1)
  public static Tensor bce(Tensor prediction, Tensor target, Reduction reduction) {
    return bce(prediction, target, LossOptions.of(reduction));
  }

  /** Returns the binary cross-entropies of probabilities, with weights per element. */
  @Domain(from = 0, to = 1)
  public static Tensor bce(Tensor prediction, Tensor target, LossOptions options) {
    LossTerms.checkPair("bce", prediction, target);
    LossTerms.refuseSpecialOptions("bce", options);
    checkProbabilities(prediction.array());
    return BinaryCrossEntropy.ofProbabilities(prediction, target, options);
  }

  private static void checkProbabilities(NdArray p) {
    for (int i = 0; i < p.size(); i++) {
      double value = p.doubleAt(i);
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "bce: prediction "
                + i
                + " is "
                + value
                + ", no probability; apply sigmoid(), or use bceWithLogits");
      }
    }
  }

  /**
   * Returns the mean binary cross-entropy of logits: with A = sigmoid(z), {@code -mean(t log A + (1
   * - t) log(1 - A))}, computed as {@code max(z, 0) (1 - t) + max(-z, 0) t + log1p(e^-|z|)}, which
   * never overflows. Derivatives: {@code (A - t) / n} and {@code -z / n}.
   */
  public static Tensor bceWithLogits(Tensor logits, Tensor target) {
    return bceWithLogits(logits, target, LossOptions.mean());
  }

  /** Returns the binary cross-entropies of logits, reduced. */
  public static Tensor bceWithLogits(Tensor logits, Tensor target, Reduction reduction) {
    return bceWithLogits(logits, target, LossOptions.of(reduction));
  }

  /**
   * Returns the binary cross-entropies of logits, with weights per element, and with factors q of
   * the positive part: {@code -q t log A - (1 - t) log(1 - A)}.
   */
  public static Tensor bceWithLogits(Tensor logits, Tensor target, LossOptions options) {
    LossTerms.checkPair("bceWithLogits", logits, target);
    LossTerms.refuseClassOptions("bceWithLogits", options);
    LossTerms.refuseLogTarget("bceWithLogits", options);
    return options
        .positiveWeight()
        .map(q -> LossTerms.finish("bceWithLogits", positiveWeighted(logits, target, q), options))
        .orElseGet(() -> BinaryCrossEntropy.ofLogits(logits, target, options));
  }

  private static Tensor positiveWeighted(Tensor z, Tensor t, Tensor q) {
    LossTerms.requireFits("bceWithLogits", "positiveWeight", q, z.shape());
    // -log A and -log(1 - A), which nothing cancels; a label of 0 silences an infinite one.
    Tensor positive = t.mul(q).chain(z.neg().softplus());
    return positive.add(t.subFrom(1).chain(z.softplus()));
  }

  /**
   * Returns the mean hinge loss of the support vector machine, {@code mean(max(0, 1 - t p))}, for
   * targets of -1 and 1. Derivatives: {@code -t / n} and {@code -p / n} where the loss is positive,
   * else 0.
   *
   * @param prediction scores, positive for the class 1
   */
  @Domain(distinct = true)
  public static Tensor hinge(Tensor prediction, Tensor target) {
    return hinge(prediction, target, LossOptions.mean());
  }

  /** Returns the hinge losses, reduced. */
  @Domain(distinct = true)
  public static Tensor hinge(Tensor prediction, Tensor target, Reduction reduction) {
    return hinge(prediction, target, LossOptions.of(reduction));
  }

  /** Returns the hinge losses, with weights per element. */
  @Domain(distinct = true)
  public static Tensor hinge(Tensor prediction, Tensor target, LossOptions options) {
    LossTerms.checkPair("hinge", prediction, target);
    LossTerms.refuseSpecialOptions("hinge", options);
    return LossTerms.finish("hinge", prediction.mul(target).subFrom(1).relu(), options);
  }
}
