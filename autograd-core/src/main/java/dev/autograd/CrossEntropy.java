package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;

/**
 * The two kinds of target of {@link Losses#crossEntropy(Tensor, Tensor, LossOptions)}. Both become
 * a tensor of coefficients of {@code -log p}, of the shape of the logits.
 */
final class CrossEntropy {

  private CrossEntropy() {}

  static Tensor ofProbabilities(
      Tensor logits, Tensor logP, Tensor target, int axis, LossOptions options) {
    Losses.checkPair("crossEntropy", logits, target);
    if (options.ignoreIndex().isPresent()) {
      throw new IllegalArgumentException(
          "crossEntropy: ignoreIndex needs integer targets, these are probabilities");
    }
    double smoothing = options.labelSmoothing();
    int classes = logP.shape().dim(axis);
    Tensor q = target;
    if (smoothing > 0) {
      q = q.mul(1 - smoothing).add(smoothing / classes);
    }
    if (options.weight().isPresent()) {
      Tensor perClass = checkWeight(options.weight().get(), logP, classes);
      q = q.mul(alongAxis(perClass, logP.rank(), axis));
    }
    Tensor losses = q.chain(logP).sum(Axes.of(axis)).neg();
    return Losses.reduced(losses, options.reduction());
  }

  static Tensor ofClasses(Tensor logP, Tensor target, int axis, LossOptions options) {
    Shape shape = logP.shape();
    checkRows(shape, target, axis);
    int classes = shape.dim(axis);
    double[] weight = new double[classes];
    Arrays.fill(weight, 1);
    if (options.weight().isPresent()) {
      Tensor perClass = checkWeight(options.weight().get(), logP, classes);
      if (perClass.requiresGrad()) {
        throw new IllegalArgumentException(
            "crossEntropy: the weight is tracked, but with integer targets it has no derivative;"
                + " pass detach(), or targets as probabilities");
      }
      weight = perClass.toDoubleArray();
    }
    double smoothing = options.labelSmoothing();
    int inner = Compute.product(shape.toArray(), axis + 1, shape.rank());
    double[] coefficients = new double[shape.size()];
    double divisor = 0;
    boolean anyRow = false;
    NdArray indices = target.array();
    for (int row = 0; row < indices.size(); row++) {
      long index = indices.longAt(row);
      if (options.ignoreIndex().isPresent() && options.ignoreIndex().get() == index) {
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
    Tensor losses =
        Losses.constant(logP.dtype(), shape, coefficients).chain(logP).sum(Axes.of(axis)).neg();
    if (options.reduction() != Reduction.MEAN) {
      return Losses.reduced(losses, options.reduction());
    }
    Tensor total = losses.sum(Axes.all());
    // The mean of no row has no value, but no logit has an influence on it.
    return anyRow ? total.div(divisor) : total.add(Double.NaN);
  }

  private static void checkRows(Shape logits, Tensor target, int axis) {
    int[] dims = logits.toArray();
    int[] rows = new int[dims.length - 1];
    System.arraycopy(dims, 0, rows, 0, axis);
    System.arraycopy(dims, axis + 1, rows, axis, rows.length - axis);
    if (!Shape.of(rows).equals(target.shape())) {
      throw new ShapeException(
          "crossEntropy: the logits are "
              + logits
              + " and the classes "
              + target.shape()
              + "; there must be one class per row, "
              + Shape.of(rows));
    }
  }

  private static void checkClass(long index, int classes, int row) {
    if (index < 0 || index >= classes) {
      throw new IndexOutOfBoundsException(
          "crossEntropy: row "
              + row
              + " has class "
              + index
              + "; the logits have classes 0 to "
              + (classes - 1)
              + ", use ignoreIndex for rows that shall not count");
    }
  }

  private static Tensor checkWeight(Tensor weight, Tensor logP, int classes) {
    Checks.sameFloating("crossEntropy", logP, weight);
    if (weight.rank() != 1 || weight.size() != classes) {
      throw new ShapeException(
          "crossEntropy: the weight is "
              + weight.shape()
              + "; it must be ["
              + classes
              + "], one per class");
    }
    return weight;
  }

  private static Tensor alongAxis(Tensor perClass, int rank, int axis) {
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    dims[axis] = perClass.size();
    return perClass.reshape(dims);
  }
}
