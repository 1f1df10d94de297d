package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.kernel.AxisMap;

/**
 * The softmax whose rows of nothing but -∞ are zeros, with the derivative 0, instead of NaN: the
 * slope of {@link Tensor#logSumExp}, and the weights of {@link Tensor#attention}.
 */
final class SoftmaxWeights {

  private SoftmaxWeights() {}

  static Tensor of(String op, Tensor a, int axis) {
    return a.record(
        op,
        Allocation.tensor(Compute.mapAxis(AxisMap.LOG_SUM_EXP_WEIGHTS, a, axis)),
        (g, y) -> grad(g, y, axis));
  }

  /** Returns {@code y (g - Σ g y)}, the derivative of every softmax y. */
  static Tensor grad(Tensor g, Tensor y, int axis) {
    Tensor gy = g.chain(y);
    return gy.sub(gy.sum(Axes.of(axis).keep()).chain(y));
  }
}
