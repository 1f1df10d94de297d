package dev.autograd;

import static dev.autograd.Compute.map;
import static dev.autograd.Compute.zip;

import dev.autograd.array.NdArray;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * The activation functions of neural networks, element by element.
 *
 * <p>{@code a} is this tensor, {@code y} the result, {@code g} the upstream gradient. Smooth
 * functions have rules of their own and are not composed of kinked ones; a NaN stays and has the
 * slope NaN.
 */
public sealed interface Activations permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns {@code 1 / (1 + e^-a)}, without overflow. Derivative: g y (1 - y). */
  default Tensor sigmoid() {
    return self().record("sigmoid", map(Unary.SIGMOID, self()), (g, y) -> sigmoidGrad(g, y));
  }

  private static Tensor sigmoidGrad(Tensor g, Tensor y) {
    return g.record(
        "sigmoidGrad",
        zip(Binary.SIGMOID_GRAD, g, y),
        h -> sigmoidGrad(h, y),
        y,
        h -> GradientProduct.of(h, g).chain(y.mul(-2).add(1)));
  }

  /**
   * Returns {@code log(sigmoid(a)) = -log(1 + e^-a)}, exact in both tails. Derivative: g
   * sigmoid(-a).
   */
  default Tensor logSigmoid() {
    Tensor a = self();
    return a.record("logSigmoid", map(Unary.LOG_SIGMOID, a), g -> g.chain(a.neg().sigmoid()));
  }

  /**
   * Returns {@code log(1 + e^a)}, exact in both tails, without a threshold. Derivative: g
   * sigmoid(a).
   */
  default Tensor softplus() {
    Tensor a = self();
    return a.record("softplus", map(Unary.SOFTPLUS, a), g -> g.chain(a.sigmoid()));
  }

  /** Returns {@code max(a, 0)}. Derivative: g where a &gt; 0, else 0; 0 at a = 0. */
  @Domain(except = 0)
  default Tensor relu() {
    return self().record("relu", map(Unary.RELU, self()), (g, y) -> reluGrad(g, y));
  }

  private static Tensor reluGrad(Tensor g, Tensor y) {
    Tensor kinked = y.detach();
    return g.record("reluGrad", zip(Binary.RELU_GRAD, g, kinked), h -> reluGrad(h, kinked));
  }

  /**
   * Returns a where a &gt; 0, else {@code slope · a}. Derivative: g where a &gt; 0, else g slope,
   * also at a = 0.
   */
  @Domain(except = 0)
  default Tensor leakyRelu(double slope) {
    Tensor a = self();
    Tensor s = Factories.like(a, slope);
    NdArray value = zip(Binary.LEAKY_RELU, a, s);
    return a.record(
            "leakyRelu",
            value,
            g -> g.chain(new Tensor(zip(Binary.LEAKY_RELU_SLOPE, a, s), null, null)))
        .with("slope", slope);
  }

  /**
   * Returns a where a &gt; 0, else {@code alpha (e^a - 1)} (Clevert et al. 2016). Derivative: g
   * where a &gt; 0, else g alpha e^a, also at a = 0.
   */
  @Domain(except = 0)
  default Tensor elu(double alpha) {
    Tensor a = self();
    NdArray value = zip(Binary.ELU, a, Factories.like(a, alpha));
    return a.record(
            "elu", value, g -> g.chain(Factories.like(a, 1).where(a.gt(0), a.exp().mul(alpha))))
        .with("alpha", alpha);
  }

  /**
   * Returns {@code a Φ(a)} with the normal distribution function Φ (Hendrycks and Gimpel 2016).
   * Derivative: g (Φ(a) + a φ(a)) with the normal density φ.
   */
  default Tensor gelu() {
    Tensor a = self();
    return a.record("gelu", map(Unary.GELU, a), g -> geluGrad(g, a));
  }

  private static Tensor geluGrad(Tensor g, Tensor a) {
    return g.record(
        "geluGrad",
        zip(Binary.GELU_GRAD, g, a),
        h -> geluGrad(h, a),
        a,
        h -> GradientProduct.of(h, g).chain(normalDensity(a).mul(a.square().subFrom(2))));
  }

  private static Tensor normalDensity(Tensor a) {
    return a.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
  }

  /**
   * Returns {@code a sigmoid(a)}, also called swish (Elfwing et al. 2017). Derivative: with s =
   * sigmoid(a), g s (1 + a (1 - s)).
   */
  default Tensor silu() {
    Tensor a = self();
    return a.record("silu", map(Unary.SILU, a), g -> siluGrad(g, a));
  }

  private static Tensor siluGrad(Tensor g, Tensor a) {
    return g.record(
        "siluGrad",
        zip(Binary.SILU_GRAD, g, a),
        h -> siluGrad(h, a),
        a,
        h -> {
          // f'' = s' (2 + a (1 - 2 s)) with s' = s (1 - s)
          Tensor s = a.sigmoid();
          Tensor slope = s.mul(s.subFrom(1));
          return GradientProduct.of(h, g).chain(slope.mul(a.mul(s.mul(-2).add(1)).add(2)));
        });
  }
}
