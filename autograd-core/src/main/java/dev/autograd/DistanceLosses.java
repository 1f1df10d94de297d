package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;

/**
 * Losses of embeddings, which are compared by angle or distance along the last axis, as statics
 * that {@link Losses} inherits. Weights are per row.
 */
abstract sealed class DistanceLosses extends ClassLosses permits Losses {

  DistanceLosses() {}

  /**
   * Returns the mean of one minus the cosine of the angle between prediction and target: {@code
   * [..., d], [..., d] -> []}, from 0 for the same direction to 2 for opposite ones. A vector of
   * zeros has the distance 1, with the derivative 0; see {@link Tensor#cosineSimilarity}.
   *
   * @throws ShapeException if the shapes differ, or are 0-d
   */
  @Domain(except = 0)
  public static Tensor cosineDistance(Tensor prediction, Tensor target) {
    return cosineDistance(prediction, target, LossOptions.mean());
  }

  /** Returns the cosine distances of the rows, reduced. */
  @Domain(except = 0)
  public static Tensor cosineDistance(Tensor prediction, Tensor target, Reduction reduction) {
    return cosineDistance(prediction, target, LossOptions.of(reduction));
  }

  /** Returns the cosine distances of the rows, with weights per row. */
  @Domain(except = 0)
  public static Tensor cosineDistance(Tensor prediction, Tensor target, LossOptions options) {
    LossTerms.checkPair("cosineDistance", prediction, target);
    LossTerms.refuseSpecialOptions("cosineDistance", options);
    Tensor cosines = cosines("cosineDistance", prediction, target);
    return LossTerms.finish("cosineDistance", cosines.subFrom(1), options);
  }

  /**
   * Returns the mean loss of pairs of embeddings that shall have the same direction, or that shall
   * not (Hadsell, Chopra and LeCun 2006): {@code 1 - cos} for those alike, {@code max(0, cos -
   * margin)} for the others.
   *
   * @param left {@code [..., d]}
   * @param right {@code [..., d]}
   * @param alike which rows {@code [...]} are alike: true of BOOL, or positive, as 1 of ±1; it has
   *     no derivative
   * @param margin the cosine from which on rows are too much alike, -1 to 1
   * @throws ShapeException if the shapes differ, or there is not one label per row
   */
  @Domain(except = 0)
  public static Tensor cosineEmbedding(Tensor left, Tensor right, Tensor alike, double margin) {
    return cosineEmbedding(left, right, alike, margin, LossOptions.mean());
  }

  /** Returns the losses of pairs of embeddings, reduced. */
  @Domain(except = 0)
  public static Tensor cosineEmbedding(
      Tensor left, Tensor right, Tensor alike, double margin, Reduction reduction) {
    return cosineEmbedding(left, right, alike, margin, LossOptions.of(reduction));
  }

  /** Returns the losses of pairs of embeddings, with weights per row. */
  @Domain(except = 0)
  public static Tensor cosineEmbedding(
      Tensor left, Tensor right, Tensor alike, double margin, LossOptions options) {
    Checks.sameFloating("cosineEmbedding", left, right);
    Checks.sameShape("cosineEmbedding", "left", left.shape(), "right", right.shape());
    LossTerms.refuseSpecialOptions("cosineEmbedding", options);
    if (!(margin >= -1 && margin <= 1)) {
      throw new IllegalArgumentException(
          "cosineEmbedding: margin is " + margin + ", no cosine; it must be from -1 to 1");
    }
    Tensor cosines = cosines("cosineEmbedding", left, right);
    if (!alike.shape().equals(cosines.shape())) {
      throw new ShapeException(
          "cosineEmbedding: the embeddings are "
              + left.shape()
              + " and the labels "
              + alike.shape()
              + "; there must be one label per row, "
              + cosines.shape());
    }
    Tensor same = alike.dtype() == DType.BOOL ? alike : alike.gt(0);
    Tensor losses = cosines.subFrom(1).where(same, cosines.sub(margin).relu());
    return LossTerms.finish("cosineEmbedding", losses, options);
  }

  private static Tensor cosines(String loss, Tensor left, Tensor right) {
    requireRows(loss, left);
    return left.cosineSimilarity(-1, right);
  }

  /**
   * Returns the mean of how much nearer, with a margin, an anchor should be to its positive than to
   * its negative (Schroff et al. 2015): {@code max(0, ‖a - p‖ - ‖a - n‖ + margin)}, with Euclidean
   * lengths, whose slope is 0 at 0.
   *
   * @param anchor {@code [..., d]}, as the two others
   * @param margin positive
   * @throws ShapeException if the shapes differ, or are 0-d
   */
  public static Tensor tripletMargin(
      Tensor anchor, Tensor positive, Tensor negative, double margin) {
    return tripletMargin(anchor, positive, negative, margin, LossOptions.mean());
  }

  /** Returns the losses of triplets, reduced. */
  public static Tensor tripletMargin(
      Tensor anchor, Tensor positive, Tensor negative, double margin, Reduction reduction) {
    return tripletMargin(anchor, positive, negative, margin, LossOptions.of(reduction));
  }

  /** Returns the losses of triplets, with weights per row. */
  public static Tensor tripletMargin(
      Tensor anchor, Tensor positive, Tensor negative, double margin, LossOptions options) {
    Checks.sameFloating("tripletMargin", anchor, positive);
    Checks.sameFloating("tripletMargin", anchor, negative);
    Shape shape = anchor.shape();
    Checks.sameShape("tripletMargin", "the anchor", shape, "the positive", positive.shape());
    Checks.sameShape("tripletMargin", "the anchor", shape, "the negative", negative.shape());
    requireRows("tripletMargin", anchor);
    LossTerms.refuseSpecialOptions("tripletMargin", options);
    LossTerms.requirePositive("tripletMargin", "margin", margin);
    Tensor surplus = anchor.sub(positive).norm(-1).sub(anchor.sub(negative).norm(-1));
    return LossTerms.finish("tripletMargin", surplus.add(margin).relu(), options);
  }

  private static void requireRows(String loss, Tensor a) {
    if (a.rank() == 0) {
      throw new ShapeException(loss + ": the operands are 0-d; they must be [..., features]");
    }
  }
}
