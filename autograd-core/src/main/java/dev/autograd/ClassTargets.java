package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;

/**
 * The two kinds of target of {@link Losses#crossEntropy(Tensor, Tensor, LossOptions)} and {@link
 * Losses#nll(Tensor, Tensor, LossOptions)}. Both become a tensor of coefficients of {@code -log p},
 * of the shape of the prediction.
 *
 * @param loss the name of the loss
 * @param axis the axis of the classes
 */
record ClassTargets(String loss, String prediction, int axis, LossOptions options) {

  static ClassTargets of(String loss, String prediction, Tensor predicted, LossOptions options) {
    Checks.floating(loss, predicted.dtype());
    LossTerms.refusePositiveWeight(loss, options, "use weight, one per class");
    LossTerms.refuseLogTarget(loss, options);
    if (predicted.rank() == 0) {
      throw new ShapeException(
          loss + ": the " + prediction + " are 0-d; they must be [rows, classes] or [classes]");
    }
    return new ClassTargets(loss, prediction, predicted.rank() == 1 ? 0 : 1, options);
  }

  Tensor ofProbabilities(Tensor logP, Tensor target) {
    if (options.ignoreIndex().isPresent()) {
      throw new IllegalArgumentException(
          loss + ": ignoreIndex needs integer targets, these are probabilities");
    }
    double smoothing = options.labelSmoothing();
    int classes = logP.shape().dim(axis);
    Tensor q = target;
    if (smoothing > 0) {
      q = q.mul(1 - smoothing).add(smoothing / classes);
    }
    if (options.weight().isPresent()) {
      Tensor perClass = checkWeight(options.weight().get(), logP, classes);
      q = q.mul(alongAxis(perClass, logP.rank()));
    }
    Tensor losses = q.chain(logP).sum(Axes.of(axis)).neg();
    return LossTerms.reduced(losses, options.reduction());
  }

  /** Returns the cross-entropy of integer targets: one operation, unless rows are weighted. */
  Tensor crossEntropy(Tensor logits, Tensor target) {
    if (options.weight().isPresent() || options.labelSmoothing() > 0) {
      return ofClasses(logits.logSoftmax(axis), target);
    }
    checkRows(logits.shape(), target);
    NdArray indices = target.array();
    for (int row = 0; row < indices.size(); row++) {
      if (counts(indices.longAt(row))) {
        checkClass(indices.longAt(row), logits.shape().dim(axis), row);
      }
    }
    return new ClassCrossEntropy(target, axis, options).of(logits);
  }

  private boolean counts(long index) {
    return options.ignoreIndex().isEmpty() || options.ignoreIndex().get() != index;
  }

  Tensor ofClasses(Tensor logP, Tensor target) {
    Shape shape = logP.shape();
    checkRows(shape, target);
    int classes = shape.dim(axis);
    double[] weight = new double[classes];
    Arrays.fill(weight, 1);
    if (options.weight().isPresent()) {
      Tensor perClass = checkWeight(options.weight().get(), logP, classes);
      if (perClass.requiresGrad()) {
        throw new IllegalArgumentException(
            loss
                + ": the weight is tracked, but with integer targets it has no derivative;"
                + " pass detach(), or targets as probabilities");
      }
      weight = perClass.toDoubleArray();
    }
    double smoothing = options.labelSmoothing();
    int inner = Compute.product(shape, axis + 1, shape.rank());
    double[] coefficients = new double[shape.size()];
    double divisor = 0;
    boolean anyRow = false;
    NdArray indices = target.array();
    for (int row = 0; row < indices.size(); row++) {
      long index = indices.longAt(row);
      if (!counts(index)) {
        continue;
      }
      checkClass(index, classes, row);
      int start = row / inner * classes * inner + row % inner;
      for (int c = 0; c < classes; c++) {
        coefficients[start + c * inner] = weight[c] * smoothing / classes;
      }
      coefficients[start + (int) index * inner] += weight[(int) index] * (1 - smoothing);
      divisor += weight[(int) index];
      anyRow = true;
    }
    Tensor factors = Tensor.wrap(shape, coefficients).to(logP.dtype());
    Tensor losses = factors.chain(logP).sum(Axes.of(axis)).neg();
    if (options.reduction() != Reduction.MEAN) {
      return LossTerms.reduced(losses, options.reduction());
    }
    Tensor total = losses.sum(Axes.all());
    // The mean of no row has no value, but no logit has an influence on it.
    return anyRow ? total.div(divisor) : total.add(Double.NaN);
  }

  private void checkRows(Shape predicted, Tensor target) {
    int[] dims = predicted.toArray();
    int[] rows = new int[dims.length - 1];
    System.arraycopy(dims, 0, rows, 0, axis);
    System.arraycopy(dims, axis + 1, rows, axis, rows.length - axis);
    if (!Shape.of(rows).equals(target.shape())) {
      throw new ShapeException(
          loss
              + ": the "
              + prediction
              + " are "
              + predicted
              + " and the classes "
              + target.shape()
              + "; there must be one class per row, "
              + Shape.of(rows));
    }
  }

  private void checkClass(long index, int classes, int row) {
    if (index < 0 || index >= classes) {
      throw new IndexOutOfBoundsException(
          loss
              + ": row "
              + row
              + " has class "
              + index
              + "; the "
              + prediction
              + " have classes 0 to "
              + (classes - 1)
              + ", use ignoreIndex for rows that shall not count");
    }
  }

  private Tensor checkWeight(Tensor weight, Tensor logP, int classes) {
    Checks.sameFloating(loss, logP, weight);
    if (weight.rank() != 1 || weight.size() != classes) {
      throw new ShapeException(
          loss
              + ": the weight is "
              + weight.shape()
              + "; it must be ["
              + classes
              + "], one per class");
    }
    return weight;
  }

  private Tensor alongAxis(Tensor perClass, int rank) {
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    dims[axis] = perClass.size();
    return perClass.reshape(dims);
  }
}
