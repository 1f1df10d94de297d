package dev.autograd;

import static dev.autograd.Compute.mapAxis;

import dev.autograd.array.Axes;
import dev.autograd.kernel.AxisMap;

/**
 * Variance and standard deviation over axes, of n elements each. The divisor is n minus a
 * correction: 1, the default, for a sample whose mean is estimated from itself (Bessel's
 * correction), 0 for a whole population.
 *
 * <p>The mean is subtracted before squaring, in double precision for both types; elements that are
 * all equal have exactly the variance 0. {@code a} is this tensor, {@code m} its mean, {@code y}
 * the result, {@code g} the upstream gradient; m, y and g are repeated over the reduced axes.
 */
public sealed interface Statistics permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the variance with correction 1, {@code Σ (a - m)² / (n - 1)}. Derivative: {@code 2 g (a
   * - m) / (n - 1)}.
   *
   * @throws ShapeException if n - correction is not positive, as for the variance of one element,
   *     or of nothing; likewise below
   */
  default Tensor var(int... axes) {
    return var(ReducedAxes.orAll(axes));
  }

  /** Returns the variance over axes with correction 1. */
  default Tensor var(Axes axes) {
    return var(axes, 1);
  }

  /**
   * Returns the variance {@code Σ (a - m)² / (n - correction)} over axes. Derivative: {@code 2 g (a
   * - m) / (n - correction)}.
   */
  default Tensor var(Axes axes, int correction) {
    Tensor a = self();
    ReducedAxes over = ReducedAxes.of("var", a, axes);
    double divisor = divisor("var", a, over, correction);
    return a.record(
            "var",
            Allocation.tensor(
                over.reduceTogether(
                    a,
                    (kernels, x, out, length, inner, lines) ->
                        kernels.variance(divisor, false, x, out, length, inner, 0, lines))),
            g -> over.kept(g).chain(centred(a, over).mul(2 / divisor)))
        .with("axes", axes)
        .with("correction", correction);
  }

  /**
   * Returns the standard deviation with correction 1, the root of the variance. Derivative: {@code
   * g (a - m) / ((n - 1) y)}, 0 where the deviation is 0.
   */
  default Tensor std(int... axes) {
    return std(ReducedAxes.orAll(axes));
  }

  /** Returns the standard deviation over axes with correction 1. */
  default Tensor std(Axes axes) {
    return std(axes, 1);
  }

  /**
   * Returns the standard deviation over axes, the root of the variance, which itself may be too
   * large or too small for the type. Derivative: {@code g (a - m) / ((n - correction) y)}, 0 where
   * the deviation is 0.
   */
  default Tensor std(Axes axes, int correction) {
    Tensor a = self();
    ReducedAxes over = ReducedAxes.of("std", a, axes);
    double divisor = divisor("std", a, over, correction);
    return a.record(
            "std",
            Allocation.tensor(
                over.reduceTogether(
                    a,
                    (kernels, x, out, length, inner, lines) ->
                        kernels.variance(divisor, true, x, out, length, inner, 0, lines))),
            (g, y) -> over.kept(g).chain(Ratio.of(centred(a, over), over.kept(y)).div(divisor)))
        .with("axes", axes)
        .with("correction", correction);
  }

  private static double divisor(String op, Tensor a, ReducedAxes over, int correction) {
    double divisor = (double) over.count() - correction;
    if (divisor <= 0) {
      throw new ShapeException(
          op
              + ": shape "
              + a.shape()
              + " has n = "
              + over.count()
              + " along axes "
              + over.asked()
              + " and the correction is "
              + correction
              + "; n - correction must be positive, pass more elements or a smaller correction");
    }
    return divisor;
  }

  /** Returns {@code a - m}. */
  private static Tensor centred(Tensor a, ReducedAxes over) {
    return over.along(a, (rows, axis) -> centredRows(rows, axis));
  }

  /** To subtract the mean is linear, and its own adjoint. */
  private static Tensor centredRows(Tensor a, int axis) {
    return a.record(
            "centred",
            Allocation.tensor(mapAxis(AxisMap.CENTRED, a, axis)),
            g -> centredRows(g, axis))
        .with("axis", axis);
  }
}
