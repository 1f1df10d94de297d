package dev.autograd;

import static dev.autograd.Compute.mapAxis;

import dev.autograd.array.Shape;
import dev.autograd.kernel.AxisMap;

/**
 * Running sums and products along an axis: each element is combined with all before it. The shape
 * stays.
 *
 * <p>{@code a} is this tensor, {@code y} the result, {@code g} the upstream gradient; {@code n} is
 * the size of the axis. Every derivative, of any order, is again a scan and takes time proportional
 * to the number of elements.
 */
public sealed interface Scans permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the running sum, {@code y_i = a_0 + … + a_i}. Derivative: the running sum of g from the
   * end, {@code g_i + … + g_(n-1)}.
   *
   * @throws ShapeException if the axis does not exist; likewise below
   */
  default Tensor cumSum(int axis) {
    Tensor a = self();
    int along = Checks.row("cumSum", a, axis);
    return along < 0 ? a.identity() : sumFromStart(a, along);
  }

  private static Tensor sumFromStart(Tensor a, int axis) {
    return a.record(
            "cumSum",
            Allocation.tensor(mapAxis(AxisMap.CUMULATIVE_SUM, a, axis)),
            g -> sumToEnd(g, axis))
        .with("axis", axis);
  }

  private static Tensor sumToEnd(Tensor a, int axis) {
    return a.record(
            "sumToEnd",
            Allocation.tensor(mapAxis(AxisMap.SUM_TO_END, a, axis)),
            g -> sumFromStart(g, axis))
        .with("axis", axis);
  }

  /**
   * Returns the running product, {@code y_i = a_0 · … · a_i}.
   *
   * <p>Derivative: {@code y_(i-1) r_i} with {@code r_i = g_i + a_(i+1) r_(i+1)}, the terms of g
   * that contain a_i collected from the end as in Horner's scheme. Nothing is divided by, so the
   * derivative is exact where elements are 0, in every order, at the same cost.
   */
  default Tensor cumProd(int axis) {
    Tensor a = self();
    int along = Checks.row("cumProd", a, axis);
    return along < 0
        ? a.identity()
        : a.record(
                "cumProd",
                Allocation.tensor(mapAxis(AxisMap.CUMULATIVE_PRODUCT, a, along)),
                (g, y) -> GradientProduct.of(fromEnd(g, a, along), before(y, along, 1)))
            .with("axis", along);
  }

  /** Returns {@code y_i = b_i + x_i y_(i-1)}. */
  private static Tensor fromStart(Tensor b, Tensor x, int axis) {
    return b.record(
            "recurrence",
            Allocation.tensor(Compute.recurrence(false, b, x, axis)),
            h -> fromEnd(h, x, axis),
            x,
            (h, y) -> GradientProduct.of(fromEnd(h, x, axis), before(y, axis, 0)))
        .with("axis", axis);
  }

  /** Returns {@code y_i = b_i + x_(i+1) y_(i+1)}, the adjoint of {@link #fromStart} in b. */
  private static Tensor fromEnd(Tensor b, Tensor x, int axis) {
    return b.record(
            "recurrenceFromEnd",
            Allocation.tensor(Compute.recurrence(true, b, x, axis)),
            h -> fromStart(h, x, axis),
            x,
            (h, y) -> GradientProduct.of(before(fromStart(h, x, axis), axis, 0), y))
        .with("axis", axis);
  }

  /** Returns for each element the one before it, and a number for the first. */
  private static Tensor before(Tensor a, int axis, double first) {
    int[] dims = a.shape().toArray();
    int n = dims[axis];
    dims[axis] = Math.min(n, 1);
    Tensor start = Factories.full(a.dtype(), first, Shape.of(dims));
    return Tensor.concat(axis, start, a.slice(axis, 0, Math.max(n - 1, 0)));
  }
}
