package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.Broadcast;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Binary;

/**
 * What all losses have around their formula: checks of what they are given, weights, reductions.
 */
final class LossTerms {

  private LossTerms() {}

  /** Refuses a prediction and a target that cannot be meant for each other. */
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

  /** Returns losses of single elements or rows, weighted and reduced as the options say. */
  static Tensor finish(String loss, Tensor losses, LossOptions options) {
    return reduced(weighted(loss, losses, options), options.reduction());
  }

  private static Tensor weighted(String loss, Tensor losses, LossOptions options) {
    if (options.weight().isEmpty()) {
      return losses;
    }
    Tensor weight = options.weight().get();
    requireFits(loss, "weight", weight, losses.shape());
    return losses.mul(weight);
  }

  static Tensor reduced(Tensor losses, Reduction reduction) {
    return switch (reduction) {
      case MEAN -> losses.mean(Axes.all());
      case BATCH_MEAN -> losses.sum(Axes.all()).div(examples(losses.shape()));
      case SUM -> losses.sum(Axes.all());
      case NONE -> losses;
    };
  }

  /** Returns by what a reduction divides the sum of losses: 1 if by nothing. */
  static int divisor(Reduction reduction, Shape losses) {
    return switch (reduction) {
      case MEAN -> losses.size();
      case BATCH_MEAN -> examples(losses);
      case SUM, NONE -> 1;
    };
  }

  /** Returns the value of reduced losses, as {@link #reduced} has it. */
  static Tensor reducedValue(Tensor losses, Reduction reduction, int divisor) {
    if (reduction == Reduction.NONE) {
      return losses;
    }
    int[] axes = Axes.all().resolve(losses.rank());
    Tensor sum = Allocation.tensor(Compute.reduce(dev.autograd.kernel.Reduction.SUM, losses, axes));
    return Compute.zip(Binary.DIV, sum, Factories.like(sum, divisor));
  }

  /** Returns the gradient of each loss before its reduction; one number if all have the same. */
  static Tensor share(Tensor g, int divisor) {
    return divisor <= 1 ? g : g.div(divisor);
  }

  private static int examples(Shape losses) {
    return losses.rank() == 0 ? 1 : losses.dim(0);
  }

  /** Refuses factors that do not broadcast to the losses. */
  static void requireFits(String loss, String name, Tensor factor, Shape shape) {
    if (!Broadcast.expands(factor.shape(), shape)) {
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

  /** Refuses numbers that are not positive, NaN included. */
  static void requirePositive(String loss, String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          loss + ": " + name + " is " + value + "; it must be positive");
    }
  }

  /** Refuses every option but reduction and weight. */
  static void refuseSpecialOptions(String loss, LossOptions options) {
    refusePositiveWeight(loss, options, "use that, or weight");
    refuseClassOptions(loss, options);
    refuseLogTarget(loss, options);
  }

  static void refusePositiveWeight(String loss, LossOptions options, String instead) {
    if (options.positiveWeight().isPresent()) {
      throw new IllegalArgumentException(
          loss + ": positiveWeight is an option of bceWithLogits; " + instead);
    }
  }

  static void refuseClassOptions(String loss, LossOptions options) {
    if (options.labelSmoothing() != 0 || options.ignoreIndex().isPresent()) {
      throw new IllegalArgumentException(
          loss
              + ": labelSmoothing and ignoreIndex are options of crossEntropy and nll; leave them"
              + " out");
    }
  }

  static void refuseLogTarget(String loss, LossOptions options) {
    if (options.logTarget()) {
      throw new IllegalArgumentException(
          loss + ": targetInLogarithms is an option of klDiv; leave it out, or pass target.exp()");
    }
  }
}
