package dev.autograd;

import static dev.autograd.Compute.zip;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.kernel.Binary;

/**
 * Norms over axes, of vectors: {@code (Σ |a|^p)^(1/p)} and its limits. They neither overflow nor
 * vanish while the result is a number of the type.
 *
 * <p>{@code a} is this tensor, {@code y} the result, {@code g} the upstream gradient, repeated over
 * the reduced axes. A slope, or a derivative of one, that is infinite or does not exist is 0: where
 * the norm is 0, and for small p where an element is. Of an infinite element the norm is ∞, for p
 * &gt; 0, and its slope NaN unless p is 1 or ∞.
 */
public sealed interface Norms permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the Euclidean norm {@code √Σ a²}; 0 of nothing. The numbers name axes, not the norm:
   * {@link #norm(Axes, double)} has others. Derivative: {@code g a / y}, 0 where the norm is 0.
   *
   * @throws ShapeException if an axis does not exist or is named twice; likewise below
   */
  @Domain(except = 0)
  default Tensor norm(int... axes) {
    return norm(ReducedAxes.orAll(axes));
  }

  /** Returns the Euclidean norm over axes. */
  @Domain(except = 0)
  default Tensor norm(Axes axes) {
    return norm(axes, 2);
  }

  /**
   * Returns the p-norm over axes, for any p: the sum of magnitudes for 1, the largest for ∞, the
   * smallest for -∞, and for 0 how many elements are not 0. For p &lt; 0 it is 0 if an element is.
   * 0 of nothing for p &gt;= 0.
   *
   * <p>Derivative: {@code g sign(a) (|a| / y)^(p-1)}; for ±∞ {@code g sign(a)}, shared evenly among
   * equal extremes; 0 for p = 0.
   *
   * @throws ShapeException if there is no element and p &lt; 0
   * @throws IllegalArgumentException if p is NaN
   */
  @Domain(except = 0, distinct = true)
  default Tensor norm(Axes axes, double p) {
    Tensor a = self();
    if (Double.isNaN(p)) {
      throw new IllegalArgumentException("norm: p is NaN; it must be a number, or infinite");
    }
    ReducedAxes over = ReducedAxes.of("norm", a, axes);
    if (p < 0) {
      over.requireElements("norm");
    }
    NdArray value =
        over.reduceTogether(
            a,
            (kernels, x, out, length, inner, lines) ->
                kernels.norm(p, x, out, length, inner, 0, lines));
    return recorded(a, p, over, value).with("p", p).with("axes", axes);
  }

  private static Tensor recorded(Tensor a, double p, ReducedAxes over, NdArray value) {
    if (p == 0) {
      // 0, but NaN at NaN.
      return a.record(
          "norm",
          Allocation.tensor(value),
          (g, y) -> over.repeated(g.chain(y.detach().sub(y.detach()))));
    }
    if (p == 1) {
      return a.record("norm", Allocation.tensor(value), g -> over.kept(g).chain(a.sign()));
    }
    if (Double.isInfinite(p)) {
      return a.record(
          "norm", Allocation.tensor(value), (g, y) -> over.kept(g).chain(shares(a, over, y)));
    }
    return a.record(
        "norm",
        Allocation.tensor(value),
        (g, y) -> over.kept(g).chain(signedPower(Ratio.of(a, over.kept(y)), p - 1)));
  }

  /** Returns the signs of the extremes divided by their number; constant almost everywhere. */
  private static Tensor shares(Tensor a, ReducedAxes over, Tensor y) {
    Tensor x = a.detach();
    Tensor extremes = x.abs().eq(over.kept(y.detach())).to(x.dtype());
    return x.sign().mul(extremes.div(extremes.sum(over.keeping())));
  }

  /** Returns {@code sign(t) |t|^q}, 0 at 0. */
  private static Tensor signedPower(Tensor t, double q) {
    if (q == 1) {
      return t;
    }
    return t.record(
            "signedPower",
            zip(Binary.SIGNED_POW, t, Factories.like(t, q)),
            h -> h.chain(absolutePower(t, q - 1).mul(q)))
        .with("exponent", q);
  }

  /** Returns {@code |t|^q}, 0 at 0 where that is infinite; q is not 0. */
  private static Tensor absolutePower(Tensor t, double q) {
    return t.record(
            "absolutePower",
            zip(Binary.ABSOLUTE_POW, t, Factories.like(t, q)),
            h -> h.chain(q == 1 ? t.sign() : signedPower(t, q - 1).mul(q)))
        .with("exponent", q);
  }
}
