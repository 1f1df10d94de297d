package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * Losses: a prediction and a target make one number to minimise, by default a mean.
 *
 * <p>The first argument is the prediction, the second the target. Their shapes must be equal (a
 * silent broadcast of {@code [n]} against {@code [n, 1]} would compare all with all). Derivatives
 * exist for both arguments, to every order.
 */
public final class Losses {

  private Losses() {}

  // ---------------------------------------------------------------- squared error

  /**
   * Returns the mean squared error {@code mean((p - t)²)}. Derivatives: {@code ±2 (p - t) / n}.
   *
   * @throws ShapeException if the shapes differ; likewise below
   * @throws IllegalArgumentException if the target is tracked and the prediction is not: they may
   *     have been swapped; likewise below
   */
  public static Tensor mse(Tensor prediction, Tensor target) {
    return mse(prediction, target, Reduction.MEAN);
  }

  /** Returns the squared errors, reduced. */
  public static Tensor mse(Tensor prediction, Tensor target, Reduction reduction) {
    checkPair("mse", prediction, target);
    return reduced(prediction.sub(target).square(), reduction);
  }

  // ---------------------------------------------------------------- binary cross-entropy

  /**
   * Returns the mean binary cross-entropy of probabilities: {@code -mean(t log p + (1 - t) log(1 -
   * p))}, with logarithms clamped at -100, and the gradient of exactly that: {@code (p - t) / (p (1
   * - p)) / n}, 0 for a part whose logarithm is clamped. Followed by a sigmoid, {@link
   * #bceWithLogits} is more accurate and cannot saturate.
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
    checkPair("bce", prediction, target);
    refuseClassOptions("bce", options);
    if (options.positiveWeight().isPresent()) {
      throw new IllegalArgumentException(
          "bce: positiveWeight is an option of bceWithLogits; use that, or weight");
    }
    checkProbabilities(prediction.array());
    Tensor positive = target.chain(clampedLog(prediction));
    Tensor negative = target.subFrom(1).chain(clampedLog(prediction.subFrom(1)));
    return reduced(weighted("bce", positive.add(negative).neg(), options), options.reduction());
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

  /** Returns {@code max(log a, -100)}; the slope is 0 where the clamp holds. */
  private static Tensor clampedLog(Tensor a) {
    return a.record("clampedLog", Compute.map(Unary.LOG_CLAMPED, a), g -> clampedLogGrad(g, a));
  }

  private static Tensor clampedLogGrad(Tensor g, Tensor x) {
    return g.record(
        "clampedLogGrad",
        Compute.zip(Binary.LOG_CLAMPED_GRAD, g, x),
        h -> clampedLogGrad(h, x),
        x,
        h -> clampedLogGrad(clampedLogGrad(GradientProduct.of(h, g), x), x).neg());
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
   * the positive part: {@code (1 - t) z + (1 + (q - 1) t) log(1 + e^-z)}.
   */
  public static Tensor bceWithLogits(Tensor logits, Tensor target, LossOptions options) {
    checkPair("bceWithLogits", logits, target);
    refuseClassOptions("bceWithLogits", options);
    Tensor losses =
        options
            .positiveWeight()
            .map(q -> positiveWeighted(logits, target, q))
            .orElseGet(() -> elementBceWithLogits(logits, target));
    return reduced(weighted("bceWithLogits", losses, options), options.reduction());
  }

  private static Tensor elementBceWithLogits(Tensor z, Tensor t) {
    return z.record(
        "bceWithLogits",
        Compute.zip(Binary.BCE_WITH_LOGITS, z, t),
        g -> g.chain(z.sigmoid().sub(t)),
        t,
        g -> g.chain(z).neg());
  }

  private static Tensor positiveWeighted(Tensor z, Tensor t, Tensor q) {
    requireFits("bceWithLogits", "positiveWeight", q, z.shape());
    Tensor factor = q.sub(1).mul(t).add(1);
    return t.subFrom(1).mul(z).add(factor.mul(z.neg().softplus()));
  }

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
    Checks.floating("crossEntropy", logits.dtype());
    if (options.positiveWeight().isPresent()) {
      throw new IllegalArgumentException(
          "crossEntropy: positiveWeight is an option of bceWithLogits; use weight, one per class");
    }
    if (logits.rank() == 0) {
      throw new ShapeException(
          "crossEntropy: the logits are 0-d; they must be [rows, classes] or [classes]");
    }
    int axis = logits.rank() == 1 ? 0 : 1;
    Tensor logP = logits.logSoftmax(axis);
    if (target.dtype().isFloating()) {
      return CrossEntropy.ofProbabilities(logits, logP, target, axis, options);
    }
    return CrossEntropy.ofClasses(logP, target, axis, options);
  }

  // ---------------------------------------------------------------- shared

  static void checkPair(String loss, Tensor prediction, Tensor target) {
    Checks.sameFloating(loss, prediction, target);
    Checks.sameShape(loss, "the prediction", prediction.shape(), "the target", target.shape());
    if (target.requiresGrad() && !prediction.requiresGrad()) {
      throw new IllegalArgumentException(
          loss
              + ": the target is tracked and the prediction is not; were they swapped? The prediction"
              + " comes first; detach() the target if this order is meant");
    }
  }

  static Tensor reduced(Tensor losses, Reduction reduction) {
    return switch (reduction) {
      case MEAN -> losses.mean(Axes.all());
      case SUM -> losses.sum(Axes.all());
      case NONE -> losses;
    };
  }

  private static Tensor weighted(String loss, Tensor losses, LossOptions options) {
    if (options.weight().isEmpty()) {
      return losses;
    }
    Tensor weight = options.weight().get();
    requireFits(loss, "weight", weight, losses.shape());
    return losses.mul(weight);
  }

  private static void requireFits(String loss, String name, Tensor factor, Shape shape) {
    if (!dev.autograd.array.Broadcast.expands(factor.shape(), shape)) {
      throw new ShapeException(
          loss
              + ": "
              + name
              + " is "
              + factor.shape()
              + " and does not broadcast to "
              + shape
              + "; give one factor per element");
    }
  }

  private static void refuseClassOptions(String loss, LossOptions options) {
    if (options.labelSmoothing() != 0 || options.ignoreIndex().isPresent()) {
      throw new IllegalArgumentException(
          loss + ": labelSmoothing and ignoreIndex are options of crossEntropy; leave them out");
    }
  }

  static Tensor constant(DType dtype, Shape shape, double[] values) {
    Tensor exact = Tensor.wrap(shape, values);
    return dtype == DType.F64 ? exact : exact.to(dtype);
  }
}
