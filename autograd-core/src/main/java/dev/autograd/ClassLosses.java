package dev.autograd;

/**
 * Losses of classes and distributions, as statics that {@link Losses} inherits.
 *
 * <p>{@code z} are the logits, {@code t} the target, {@code n} the number of rows. A {@link
 * Reduction} makes one number, {@code []}, of the losses, or leaves one per row with {@link
 * Reduction#NONE}.
 */
abstract sealed class ClassLosses extends BinaryLosses permits DistanceLosses {

  ClassLosses() {}

  // ---------------------------------------------------------------- cross-entropy of classes

  /**
   * Returns the mean cross-entropy {@code -mean(log softmax(z)[class])}. Derivative: {@code
   * (softmax(z) - onehot(class)) / n}.
   *
   * @param logits {@code [n, classes]}
   * @param classes one class per row, from 0
   * @throws ShapeException if the numbers of rows differ
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static Tensor crossEntropy(Tensor logits, int[] classes) {
    return crossEntropy(logits, Tensor.indices(classes), LossOptions.mean());
  }

  /** Returns the cross-entropies of classes, reduced. */
  public static Tensor crossEntropy(Tensor logits, int[] classes, Reduction reduction) {
    return crossEntropy(logits, Tensor.indices(classes), LossOptions.of(reduction));
  }

  /** Returns the mean cross-entropy; see {@link #crossEntropy(Tensor, Tensor, LossOptions)}. */
  public static Tensor crossEntropy(Tensor logits, Tensor target) {
    return crossEntropy(logits, target, LossOptions.mean());
  }

  /** Returns the cross-entropies, reduced. */
  public static Tensor crossEntropy(Tensor logits, Tensor target, Reduction reduction) {
    return crossEntropy(logits, target, LossOptions.of(reduction));
  }

  /**
   * Returns the cross-entropies {@code -Σ_c w_c q_c log softmax(z)_c}, with the target distribution
   * q, smoothed to {@code (1 - s) q + s / classes}. The mean of integer targets divides by the sum
   * of the weights of the rows' classes, without ignored rows (NaN with the gradient 0 if all are);
   * the mean of probability targets by the number of rows.
   *
   * @param logits {@code [n, classes, ...]}, or {@code [classes]} for a single row
   * @param target integers {@code [n, ...]}, or probabilities of the logits' shape and type
   * @param options class weights {@code [classes]}, label smoothing, an ignored class
   */
  public static Tensor crossEntropy(Tensor logits, Tensor target, LossOptions options) {
    ClassTargets targets = ClassTargets.of("crossEntropy", "logits", logits, options);
    if (!target.dtype().isFloating()) {
      return targets.crossEntropy(logits, target);
    }
    LossTerms.checkPair("crossEntropy", logits, target);
    return targets.ofProbabilities(logits.logSoftmax(targets.axis()), target);
  }

  // ---------------------------------------------------------------- likelihood of classes

  /**
   * Returns the mean negative log-likelihood {@code -mean(logP[class])}, which of {@link
   * Tensor#logSoftmax} is {@link #crossEntropy}. Derivative: {@code -onehot(class) / n}.
   *
   * @param logP logarithms of probabilities, {@code [n, classes]}
   * @param classes one class per row, from 0
   * @throws ShapeException if the numbers of rows differ
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static Tensor nll(Tensor logP, int[] classes) {
    return nll(logP, Tensor.indices(classes), LossOptions.mean());
  }

  /** Returns the negative log-likelihoods of classes, reduced. */
  public static Tensor nll(Tensor logP, int[] classes, Reduction reduction) {
    return nll(logP, Tensor.indices(classes), LossOptions.of(reduction));
  }

  /** Returns the mean negative log-likelihood; see {@link #nll(Tensor, Tensor, LossOptions)}. */
  public static Tensor nll(Tensor logP, Tensor classes) {
    return nll(logP, classes, LossOptions.mean());
  }

  /** Returns the negative log-likelihoods, reduced. */
  public static Tensor nll(Tensor logP, Tensor classes, Reduction reduction) {
    return nll(logP, classes, LossOptions.of(reduction));
  }

  /**
   * Returns the negative log-likelihoods {@code -w_c logP_c} of the rows' classes c. The mean
   * divides by the sum of the weights of the rows' classes, without ignored rows (NaN with the
   * gradient 0 if all are). With label smoothing s it is {@code -(1 - s) w_c logP_c - s / classes Σ
   * w logP}.
   *
   * @param logP {@code [n, classes, ...]}, or {@code [classes]} for a single row
   * @param classes integers {@code [n, ...]}
   * @param options class weights {@code [classes]}, label smoothing, an ignored class
   */
  public static Tensor nll(Tensor logP, Tensor classes, LossOptions options) {
    ClassTargets targets = ClassTargets.of("nll", "log-probabilities", logP, options);
    if (classes.dtype().isFloating()) {
      throw new DTypeException(
          "nll: the classes are "
              + classes.dtype()
              + "; they must be I32 or I64, use klDiv or crossEntropy for probabilities");
    }
    return targets.ofClasses(logP, classes);
  }

  // ---------------------------------------------------------------- divergence of distributions

  /**
   * Returns the mean over elements of the Kullback-Leibler divergence (1951) of the predicted
   * distributions from the target, {@code mean(t (log t - logP))}; the divergence per distribution
   * is {@link Reduction#BATCH_MEAN}. See {@link #klDiv(Tensor, Tensor, LossOptions)}.
   */
  @Domain(from = 0)
  public static Tensor klDiv(Tensor logP, Tensor target) {
    return klDiv(logP, target, LossOptions.mean());
  }

  /** Returns the terms of the divergence, reduced. */
  @Domain(from = 0)
  public static Tensor klDiv(Tensor logP, Tensor target, Reduction reduction) {
    return klDiv(logP, target, LossOptions.of(reduction));
  }

  /**
   * Returns the terms {@code t (log t - logP)} of the Kullback-Leibler divergence, with weights per
   * element; of a target given as logarithms, {@link LossOptions#targetInLogarithms()}, {@code e^t
   * (t - logP)}.
   *
   * <p>A target of 0, or a logarithm of -∞, has the term 0 whatever logP is. Derivatives: {@code
   * -t} in logP; in the target {@code log t + 1 - logP}, and with the logarithm clamped at -100, as
   * {@link #bce} does, {@code -100 - logP} at t = 0. In the logarithm of a target it is {@code e^t
   * (t + 1 - logP)}, and 0 at -∞.
   *
   * @param logP logarithms of probabilities
   */
  @Domain(from = 0)
  public static Tensor klDiv(Tensor logP, Tensor target, LossOptions options) {
    LossTerms.checkPair("klDiv", logP, target);
    LossTerms.refusePositiveWeight("klDiv", options, "use that, or weight");
    LossTerms.refuseClassOptions("klDiv", options);
    Tensor terms =
        options.logTarget()
            ? termsOfLogs(logP, target)
            : target.chain(ClampedLog.of(target).sub(logP));
    return LossTerms.finish("klDiv", terms, options);
  }

  private static Tensor termsOfLogs(Tensor logP, Tensor t) {
    // Taken out before and after, what is not there sends nothing on in any order of derivative.
    Tensor there = t.ne(Double.NEGATIVE_INFINITY);
    Tensor finite = t.where(there, 0);
    return finite.exp().where(there, 0).chain(finite.sub(logP));
  }
}
