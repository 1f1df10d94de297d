package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.kernel.Backends;
import java.util.Arrays;

/**
 * The cross-entropy of a softmax against one class per row, as one operation up to its reduction:
 * logarithms of probabilities, and one-hot rows, are never made.
 *
 * <p>Its derivative, {@code (softmax(z) - onehot(class)) g}, is one pass as well, an operation of g
 * and z that can be differentiated again. A row that does not count has the loss 0 and the
 * derivative 0, whatever is in it.
 */
final class ClassCrossEntropy {

  private final Tensor target;
  private final int axis;
  private final LossOptions options;

  /**
   * Makes the loss against valid classes.
   *
   * @param target classes, integers in the shape of the logits without their axis
   * @param axis of the classes
   * @param options reduction, and perhaps a class that does not count
   */
  ClassCrossEntropy(Tensor target, int axis, LossOptions options) {
    this.target = target;
    this.axis = axis;
    this.options = options;
  }

  Tensor of(Tensor z) {
    int[] classes = classes();
    Reduction reduction = options.reduction();
    // The mean of no row has no value, but no logit has an influence on it.
    int divisor =
        reduction == Reduction.MEAN
            ? (int) Arrays.stream(classes).filter(c -> c >= 0).count()
            : LossTerms.divisor(reduction, target.shape());
    Tensor loss =
        z.record(
                "crossEntropy",
                LossTerms.reducedValue(Allocation.tensor(losses(z, classes)), reduction, divisor),
                g -> grad(LossTerms.share(g, divisor), z),
                target)
            .with("reduction", reduction);
    options.ignoreIndex().ifPresent(index -> loss.with("ignoreIndex", index));
    return loss;
  }

  private NdArray losses(Tensor z, int[] classes) {
    NdArray out = Allocation.uninitialized(z.dtype(), target.shape());
    int length = z.shape().dim(axis);
    Backends.kernels(z.dtype())
        .crossEntropy(z.data(), classes, out.data(), length, inner(z), 0, classes.length);
    return out;
  }

  /** Returns {@code (softmax(z) - onehot(class)) g}, with one g for each row, or one for all. */
  private Tensor grad(Tensor g, Tensor z) {
    NdArray value = Allocation.uninitialized(z.dtype(), z.shape());
    int[] classes = classes();
    Backends.kernels(z.dtype())
        .crossEntropyGrad(
            g.data(),
            g.rank() == 0 ? 0 : 1,
            z.data(),
            classes,
            value.data(),
            z.shape().dim(axis),
            inner(z),
            0,
            classes.length);
    return g.record(
        "crossEntropyGrad",
        Allocation.tensor(value),
        h -> h.chain(grad(Factories.like(g, 1), z)).sum(Axes.of(axis)),
        z,
        h -> SoftmaxWeights.grad(GradientProduct.of(h, alongRows(g)), z.softmax(axis), axis));
  }

  /** Returns g so that it broadcasts against the logits, and 0 for rows that do not count. */
  private Tensor alongRows(Tensor g) {
    Tensor counting =
        options
            .ignoreIndex()
            .map(index -> g.broadcastTo(target.shape()).where(target.ne(index), 0))
            .orElse(g);
    return counting.rank() == 0 ? counting : counting.unsqueeze(axis);
  }

  /** Returns one class per row, -1 for rows that do not count. */
  private int[] classes() {
    NdArray indices = target.array();
    int[] classes = new int[indices.size()];
    for (int row = 0; row < classes.length; row++) {
      long index = indices.longAt(row);
      boolean ignored = options.ignoreIndex().isPresent() && options.ignoreIndex().get() == index;
      classes[row] = ignored ? -1 : (int) index;
    }
    return classes;
  }

  private int inner(Tensor z) {
    return Compute.product(z.shape(), axis + 1, z.rank());
  }
}
