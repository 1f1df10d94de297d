package dev.autograd;

import static dev.autograd.Compute.mapAxis;

import dev.autograd.array.Axes;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Reduction;

/**
 * Sums, means and products over axes, and the softmax family.
 *
 * <p>Without an argument a reduction runs over all axes; {@code sum(0, 2)} over those, negative
 * ones counted from the end; {@link Axes} says whether they stay with size 1. {@code [4, 3]}
 * reduced over axis 1 is {@code [4]}, kept {@code [4, 1]}. {@code a} is this tensor, {@code y} the
 * result, {@code n} the number of elements reduced, and {@code g} the upstream gradient, repeated
 * over the reduced axes.
 */
public sealed interface Reductions permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the sum; 0 of nothing. Derivative: g.
   *
   * @throws ShapeException if an axis does not exist or is named twice; likewise below
   */
  default Tensor sum(int... axes) {
    return sum(ReducedAxes.orAll(axes));
  }

  /** Returns the sum over axes. */
  default Tensor sum(Axes axes) {
    Tensor a = self();
    ReducedAxes over = ReducedAxes.of("sum", a, axes);
    return a.record("sum", Allocation.tensor(over.reduce(Reduction.SUM, a)), g -> over.repeated(g))
        .with("axes", axes);
  }

  /** Returns the arithmetic mean; NaN of nothing. Derivative: g / n. */
  default Tensor mean(int... axes) {
    return mean(ReducedAxes.orAll(axes));
  }

  /** Returns the arithmetic mean over axes. */
  default Tensor mean(Axes axes) {
    Tensor a = self();
    ReducedAxes over = ReducedAxes.of("mean", a, axes);
    int n = over.count();
    Tensor sum = Allocation.tensor(over.reduce(Reduction.SUM, a));
    Tensor value = Compute.zip(Binary.DIV, sum, Factories.like(a, n));
    return a.record("mean", value, g -> over.repeated(g.div(n))).with("axes", axes);
  }

  /**
   * Returns the product; 1 of nothing. Derivative: g times the product of the others, exact with
   * zeros.
   */
  default Tensor prod(int... axes) {
    return prod(ReducedAxes.orAll(axes));
  }

  /** Returns the product over axes. */
  default Tensor prod(Axes axes) {
    Tensor a = self();
    ReducedAxes over = ReducedAxes.of("prod", a, axes);
    return a.record(
            "prod",
            Allocation.tensor(over.reduce(Reduction.PROD, a)),
            g -> over.kept(g).chain(over.along(a, (rows, axis) -> productOfOthers(rows, axis))))
        .with("axes", axes);
  }

  private static Tensor productOfOthers(Tensor a, int axis) {
    return a.record(
        "productOfOthers",
        Allocation.tensor(mapAxis(AxisMap.PRODUCT_OF_OTHERS, a, axis)),
        g -> Autograd.vjp(x -> productOfOthersByHalves(x, axis), a, g));
  }

  /**
   * Returns the product of the others as an expression in smaller ones, which, unlike a division of
   * the whole product, is right to every order of derivative also where elements are 0.
   */
  private static Tensor productOfOthersByHalves(Tensor a, int axis) {
    int n = a.shape().dim(axis);
    if (n < 2) {
      return Factories.like(a, 0).chain(a).add(1);
    }
    Tensor left = a.slice(axis, 0, n / 2);
    Tensor right = a.slice(axis, n / 2, n);
    return Tensor.concat(
        axis,
        productOfOthers(left, axis).mul(right.prod(Axes.of(axis).keep())),
        productOfOthers(right, axis).mul(left.prod(Axes.of(axis).keep())));
  }

  /**
   * Returns {@code log Σ e^a}, shifted by the largest element so that nothing overflows; -∞ of
   * nothing. Derivative: g times the softmax; zeros where all are -∞.
   */
  default Tensor logSumExp(int... axes) {
    return logSumExp(ReducedAxes.orAll(axes));
  }

  /** Returns {@code log Σ e^a} over axes. */
  default Tensor logSumExp(Axes axes) {
    Tensor a = self();
    ReducedAxes over = ReducedAxes.of("logSumExp", a, axes);
    return a.record(
            "logSumExp",
            Allocation.tensor(over.reduce(Reduction.LOG_SUM_EXP, a)),
            g ->
                over.kept(g)
                    .chain(
                        over.along(
                            a, (rows, axis) -> SoftmaxWeights.of("logSumExpWeights", rows, axis))))
        .with("axes", axes);
  }

  /**
   * Returns {@code e^a / Σ e^a} along an axis, shifted by the largest element so that nothing
   * overflows; NaN where all are -∞. Derivative: {@code y (g - Σ g y)}.
   */
  default Tensor softmax(int axis) {
    Tensor a = self();
    int along = Checks.row("softmax", a, axis);
    return along < 0
        ? a.unsqueeze(0).softmax(0).squeeze(0)
        : a.record(
                "softmax",
                Allocation.tensor(mapAxis(AxisMap.SOFTMAX, a, along)),
                (g, y) -> SoftmaxWeights.grad(g, y, along))
            .with("axis", along);
  }

  /** Returns {@code a - logSumExp(a)} along an axis. Derivative: {@code g - softmax(a) Σ g}. */
  default Tensor logSoftmax(int axis) {
    Tensor a = self();
    int along = Checks.row("logSoftmax", a, axis);
    return along < 0
        ? a.unsqueeze(0).logSoftmax(0).squeeze(0)
        : a.record(
                "logSoftmax",
                Allocation.tensor(mapAxis(AxisMap.LOG_SOFTMAX, a, along)),
                (g, y) -> g.sub(g.sum(Axes.of(along).keep()).chain(y.exp())))
            .with("axis", along);
  }
}
