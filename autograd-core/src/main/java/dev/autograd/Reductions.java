package dev.autograd;

import static dev.autograd.Compute.mapAxis;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Reduction;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Sums, means, extremes and products over axes, and the softmax family.
 *
 * <p>Without an argument a reduction runs over all axes; {@code sum(0, 2)} over those, negative
 * ones counted from the end; {@link Axes} says whether they stay with size 1. {@code [4, 3]}
 * reduced over axis 1 is {@code [4]}, kept {@code [4, 1]}. {@code g} is the upstream gradient,
 * repeated over the reduced axes.
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
    return sum(orAll(axes));
  }

  /** Returns the sum over axes. */
  default Tensor sum(Axes axes) {
    Tensor a = self();
    Shape shape = a.shape();
    int[] over = Checks.axes("sum", axes, shape);
    Shape kept = kept(shape, over);
    NdArray value = shaped(Compute.reduce(Reduction.SUM, floating("sum", a), over), kept, axes);
    return a.record("sum", value, g -> repeated(g, kept, shape)).with("axes", axes);
  }

  /** Returns the arithmetic mean; NaN of nothing. Derivative: g / n. */
  default Tensor mean(int... axes) {
    return mean(orAll(axes));
  }

  /** Returns the arithmetic mean over axes. */
  default Tensor mean(Axes axes) {
    Tensor a = self();
    Shape shape = a.shape();
    int[] over = Checks.axes("mean", axes, shape);
    Shape kept = kept(shape, over);
    int n = count(shape, over);
    NdArray sum = shaped(Compute.reduce(Reduction.SUM, floating("mean", a), over), kept, axes);
    NdArray value = Compute.zip(Binary.DIV, new Tensor(sum, null, null), Factories.like(a, n));
    return a.record("mean", value, g -> repeated(g.div(n), kept, shape)).with("axes", axes);
  }

  /**
   * Returns the largest element; NaN if there is one. Derivative: g, shared evenly among equal
   * largest.
   *
   * @throws ShapeException if there is no element
   */
  @Domain(distinct = true)
  default Tensor max(int... axes) {
    return max(orAll(axes));
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
    return min(orAll(axes));
  }

  /** Returns the smallest element over axes. */
  @Domain(distinct = true)
  default Tensor min(Axes axes) {
    return extreme("min", Reduction.MIN, self(), axes);
  }

  private static Tensor extreme(String op, Reduction reduction, Tensor a, Axes axes) {
    Shape shape = a.shape();
    int[] over = Checks.axes(op, axes, shape);
    if (count(shape, over) == 0) {
      throw new ShapeException(
          op
              + ": shape "
              + shape
              + " has no element along axes "
              + axes
              + "; there is no "
              + op
              + " of nothing");
    }
    Shape kept = kept(shape, over);
    NdArray value = shaped(Compute.reduce(reduction, floating(op, a), over), kept, axes);
    return a.record(
            op,
            value,
            (g, y) -> {
              // Which elements win is constant almost everywhere, so the shares are constants.
              Tensor winners = a.eq(y.detach().reshape(kept)).to(a.dtype());
              Tensor shares = winners.div(winners.sum(Axes.of(over).keep()));
              return g.reshape(kept).chain(shares);
            })
        .with("axes", axes);
  }

  /**
   * Returns the product; 1 of nothing. Derivative: g times the product of the others, exact with
   * zeros.
   */
  default Tensor prod(int... axes) {
    return prod(orAll(axes));
  }

  /** Returns the product over axes. */
  default Tensor prod(Axes axes) {
    Tensor a = self();
    Shape shape = a.shape();
    int[] over = Checks.axes("prod", axes, shape);
    Shape kept = kept(shape, over);
    NdArray value = shaped(Compute.reduce(Reduction.PROD, floating("prod", a), over), kept, axes);
    return a.record(
            "prod",
            value,
            g -> g.reshape(kept).chain(along(a, over, (rows, axis) -> productOfOthers(rows, axis))))
        .with("axes", axes);
  }

  private static Tensor productOfOthers(Tensor a, int axis) {
    return a.record(
        "productOfOthers",
        mapAxis(AxisMap.PRODUCT_OF_OTHERS, a, axis),
        g -> Autograd.pullThrough(x -> productOfOthersByHalves(x, axis), a, g));
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
    return logSumExp(orAll(axes));
  }

  /** Returns {@code log Σ e^a} over axes. */
  default Tensor logSumExp(Axes axes) {
    Tensor a = self();
    Shape shape = a.shape();
    int[] over = Checks.axes("logSumExp", axes, shape);
    Shape kept = kept(shape, over);
    NdArray value =
        shaped(Compute.reduce(Reduction.LOG_SUM_EXP, floating("logSumExp", a), over), kept, axes);
    return a.record(
            "logSumExp",
            value,
            g -> g.reshape(kept).chain(along(a, over, (rows, axis) -> weights(rows, axis))))
        .with("axes", axes);
  }

  private static Tensor weights(Tensor a, int axis) {
    return a.record(
        "logSumExpWeights",
        mapAxis(AxisMap.LOG_SUM_EXP_WEIGHTS, a, axis),
        (g, y) -> softmaxGrad(g, y, axis));
  }

  /**
   * Returns {@code e^a / Σ e^a} along an axis, shifted by the largest element so that nothing
   * overflows; NaN where all are -∞. Derivative: {@code y (g - Σ g y)}.
   */
  default Tensor softmax(int axis) {
    Tensor a = floating("softmax", self());
    int along = axisOrNone("softmax", axis, a.shape());
    return along < 0
        ? a.unsqueeze(0).softmax(0).squeeze(0)
        : a.record(
                "softmax", mapAxis(AxisMap.SOFTMAX, a, along), (g, y) -> softmaxGrad(g, y, along))
            .with("axis", along);
  }

  private static Tensor softmaxGrad(Tensor g, Tensor y, int axis) {
    Tensor gy = g.chain(y);
    return gy.sub(gy.sum(Axes.of(axis).keep()).chain(y));
  }

  /** Returns {@code a - logSumExp(a)} along an axis. Derivative: {@code g - softmax(a) Σ g}. */
  default Tensor logSoftmax(int axis) {
    Tensor a = floating("logSoftmax", self());
    int along = axisOrNone("logSoftmax", axis, a.shape());
    return along < 0
        ? a.unsqueeze(0).logSoftmax(0).squeeze(0)
        : a.record(
                "logSoftmax",
                mapAxis(AxisMap.LOG_SOFTMAX, a, along),
                (g, y) -> g.sub(g.sum(Axes.of(along).keep()).chain(y.exp())))
            .with("axis", along);
  }

  /**
   * Returns the index of the first largest element along an axis, which disappears, as I64; the
   * first NaN counts as largest. Indices have no derivative.
   *
   * @throws ShapeException if the axis has no element
   */
  @Domain(distinct = true)
  default Tensor argMax(int axis) {
    Tensor a = floating("argMax", self());
    int along = Checks.axis("argMax", axis, a.shape());
    if (a.shape().dim(along) == 0) {
      throw new ShapeException("argMax: shape " + a.shape() + " has no element along axis " + axis);
    }
    return new Tensor(Compute.argMax(a, along), Recorder.current().lease(), null);
  }

  private static Axes orAll(int... axes) {
    return axes.length == 0 ? Axes.all() : Axes.of(axes);
  }

  private static Tensor floating(String op, Tensor a) {
    Checks.floating(op, a.dtype());
    return a;
  }

  /**
   * Returns the axis counted from 0, or -1 for a 0-d tensor, whose one element is a row by itself.
   */
  private static int axisOrNone(String op, int axis, Shape shape) {
    return shape.rank() == 0 && (axis == 0 || axis == -1) ? -1 : Checks.axis(op, axis, shape);
  }

  private static Shape kept(Shape shape, int[] over) {
    int[] dims = shape.toArray();
    for (int axis : over) {
      dims[axis] = 1;
    }
    return Shape.of(dims);
  }

  private static NdArray shaped(NdArray reduced, Shape kept, Axes axes) {
    return axes.isKept() ? reduced.withShape(kept) : reduced;
  }

  private static int count(Shape shape, int[] over) {
    int count = 1;
    for (int axis : over) {
      count *= shape.dim(axis);
    }
    return count;
  }

  private static Tensor repeated(Tensor g, Shape kept, Shape shape) {
    return g.reshape(kept).broadcastTo(shape);
  }

  /**
   * Applies a function of rows to all elements along several axes at once: moves them together to
   * the end, as one axis, and back.
   */
  private static Tensor along(Tensor a, int[] over, BiFunction<Tensor, Integer, Tensor> rows) {
    if (over.length == 1) {
      return rows.apply(a, over[0]);
    }
    int rank = a.rank();
    int[] order = new int[rank];
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (Arrays.binarySearch(over, axis) < 0) {
        order[next++] = axis;
      }
    }
    System.arraycopy(over, 0, order, next, over.length);
    int[] back = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      back[order[axis]] = axis;
    }
    Tensor moved = a.permute(order);
    int length = count(a.shape(), over);
    int[] dims = Arrays.copyOf(moved.shape().toArray(), next + 1);
    dims[next] = length;
    return rows.apply(moved.reshape(Shape.of(dims)), next).reshape(moved.shape()).permute(back);
  }
}
