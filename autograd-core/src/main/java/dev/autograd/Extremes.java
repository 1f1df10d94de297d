package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Reduction;

/**
 * The largest and the smallest element over axes, in two forms that differ where several elements
 * are equal: {@code max} shares its gradient among them, {@code maxSelect} gives it to the first,
 * whose index {@code argMax} returns. A NaN counts as the extreme, so that it shows.
 *
 * <p>{@code g} is the upstream gradient, repeated over the reduced axes.
 */
public sealed interface Extremes permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the largest element; NaN if there is one. Derivative: g, shared evenly among equal
   * largest.
   *
   * @throws ShapeException if there is no element
   */
  @Domain(distinct = true)
  default Tensor max(int... axes) {
    return max(ReducedAxes.orAll(axes));
  }

  /** Returns the largest element over axes. */
  @Domain(distinct = true)
  default Tensor max(Axes axes) {
    return extreme("max", Reduction.MAX, self(), axes);
  }

  /**
   * Returns the smallest element; NaN if there is one. Derivative: g, shared evenly among equal
   * smallest.
   *
   * @throws ShapeException if there is no element
   */
  @Domain(distinct = true)
  default Tensor min(int... axes) {
    return min(ReducedAxes.orAll(axes));
  }

  /** Returns the smallest element over axes. */
  @Domain(distinct = true)
  default Tensor min(Axes axes) {
    return extreme("min", Reduction.MIN, self(), axes);
  }

  private static Tensor extreme(String op, Reduction reduction, Tensor a, Axes axes) {
    ReducedAxes over = ReducedAxes.of(op, a, axes).requireElements(op);
    return a.record(
            op,
            Allocation.tensor(over.reduce(reduction, a)),
            (g, y) -> {
              // Which elements win is constant almost everywhere, so the shares are constants.
              Tensor winners = a.eq(over.kept(y.detach())).to(a.dtype());
              return over.kept(g).chain(winners.div(winners.sum(over.keeping())));
            })
        .with("axes", axes);
  }

  /**
   * Returns the largest element along an axis, which disappears; NaN if there is one. Derivative:
   * all of g for the first of equal largest, the one at {@link #argMax}; the first NaN counts as
   * largest.
   *
   * @throws ShapeException if the axis has no element
   */
  @Domain(distinct = true)
  default Tensor maxSelect(int axis) {
    int along = axisWithElements("maxSelect", self(), axis);
    return selected(self(), along, argMax(along));
  }

  /**
   * Returns the smallest element along an axis, which disappears; NaN if there is one. Derivative:
   * all of g for the first of equal smallest, the one at {@link #argMin}; the first NaN counts as
   * smallest.
   *
   * @throws ShapeException if the axis has no element
   */
  @Domain(distinct = true)
  default Tensor minSelect(int axis) {
    int along = axisWithElements("minSelect", self(), axis);
    return selected(self(), along, argMin(along));
  }

  private static Tensor selected(Tensor a, int axis, Tensor index) {
    return a.gather(axis, index.unsqueeze(axis)).squeeze(axis);
  }

  /**
   * Returns the index of the first largest element along an axis, which disappears, as I64; the
   * first NaN counts as largest. Indices have no derivative.
   *
   * @throws ShapeException if the axis has no element
   */
  @Domain(distinct = true)
  default Tensor argMax(int axis) {
    Tensor a = self();
    int along = axisWithElements("argMax", a, axis);
    return Allocation.tensor(Compute.argMax(a, along));
  }

  /**
   * Returns the index of the first smallest element along an axis, which disappears, as I64; the
   * first NaN counts as smallest. Indices have no derivative.
   *
   * @throws ShapeException if the axis has no element
   */
  @Domain(distinct = true)
  default Tensor argMin(int axis) {
    Tensor a = self();
    int along = axisWithElements("argMin", a, axis);
    return Allocation.tensor(Compute.argMin(a, along));
  }

  /** Returns the axis counted from 0. */
  private static int axisWithElements(String op, Tensor a, int axis) {
    Checks.floating(op, a.dtype());
    Shape shape = a.shape();
    int along = Checks.axis(op, axis, shape);
    if (shape.dim(along) == 0) {
      throw new ShapeException(op + ": shape " + shape + " has no element along axis " + axis);
    }
    return along;
  }
}
