package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Standardization;
import java.util.Arrays;
import java.util.List;

/**
 * The operation that every normalisation is made of: with s = 1/√(v + eps), {@code y = (x - m) s}
 * for the mean m and the variance v of each group of numbers; not centred, m is 0 and v the mean
 * square.
 *
 * <p>Its derivative, {@code s (g - mean(g) - y mean(g y))}, is one pass as well, and a function of
 * g, y and s. So that it can be differentiated again, s depends on x too, with the slope {@code -s²
 * y / n}. The graph keeps y and s, not x.
 */
final class Standardizing {

  private final String op;
  private final Standardization sizes;
  private final Shape statistics;
  private final Axes axes;

  private Standardizing(String op, Standardization sizes, Shape statistics, Axes axes) {
    this.op = op;
    this.sizes = sizes;
    this.statistics = statistics;
    this.axes = axes;
  }

  /**
   * Returns x, standardised, with its statistics, one per group and constant.
   *
   * @param from the first of the neighbouring axes along which groups differ
   * @param to the axis behind them
   */
  static Normalized of(String op, Tensor x, int from, int to, boolean centered, double eps) {
    if (!(eps >= 0)) {
      throw new IllegalArgumentException(
          op + ": eps is " + eps + "; it must not be negative, and 1e-5 is usual");
    }
    int[] dims = x.shape().toArray();
    int[] kept = new int[dims.length];
    Arrays.setAll(kept, axis -> axis >= from && axis < to ? dims[axis] : 1);
    int[] others = new int[dims.length - (to - from)];
    Arrays.setAll(others, i -> i < from ? i : i + to - from);
    Standardization sizes =
        new Standardization(
            Compute.product(x.shape(), 0, from),
            Compute.product(x.shape(), from, to),
            Compute.product(x.shape(), to, dims.length),
            centered,
            eps);
    return new Standardizing(op, sizes, Shape.of(kept), Axes.of(others).keep()).apply(x);
  }

  private Normalized apply(Tensor x) {
    NdArray value = Allocation.uninitialized(x.dtype(), x.shape());
    NdArray mean = Allocation.uninitialized(x.dtype(), Shape.of(sizes.groups()));
    NdArray variance = Allocation.uninitialized(x.dtype(), Shape.of(sizes.groups()));
    NdArray scale = Allocation.uninitialized(x.dtype(), statistics);
    Backends.kernels(x.dtype())
        .standardize(
            sizes,
            x.data(),
            value.data(),
            mean.data(),
            variance.data(),
            scale.data(),
            0,
            sizes.groups());
    return new Normalized(record(x, value, constant(scale)), constant(mean), constant(variance));
  }

  private Tensor record(Tensor x, NdArray value, Tensor s) {
    List<Vertex> origin = x.requiresGrad() ? List.of(x.vertex()) : List.of();
    return x.record(op, Allocation.tensor(value), (g, y) -> grad(g, y, scale(s, origin, y)))
        .with("eps", sizes.eps());
  }

  /** Returns the scale as the function of x that it is. */
  private Tensor scale(Tensor s, List<Vertex> origin, Tensor y) {
    if (!Recorder.current().recording()) {
      return s;
    }
    return Recording.dependent(
        op + "Scale",
        s.array(),
        origin,
        h -> h.chain(scale(s, origin, y).square().div(-sizes.count())).chain(y));
  }

  private Tensor grad(Tensor g, Tensor y, Tensor s) {
    NdArray value = Allocation.uninitialized(y.dtype(), y.shape());
    Backends.kernels(y.dtype())
        .standardizeGrad(sizes, g.data(), y.data(), s.data(), value.data(), 0, sizes.groups());
    return Recording.result(
        op + "Grad",
        Allocation.tensor(value),
        List.of(g, y, s),
        List.<Pullback>of(
            h -> grad(h, y, s),
            h -> cross(h, g, y).add(cross(g, h, y)).chain(s).neg(),
            h -> GradientProduct.of(h, grad(g, y, Factories.like(s, 1).broadcastTo(s.shape())))),
        false);
  }

  /** Returns {@code h mean(g y)}. */
  private Tensor cross(Tensor h, Tensor g, Tensor y) {
    return GradientProduct.of(h, g.chain(y).mean(axes));
  }

  private static Tensor constant(NdArray value) {
    return Allocation.tensor(value);
  }
}
