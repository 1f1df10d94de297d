package dev.autograd;

import static dev.autograd.Compute.map;
import static dev.autograd.Compute.zip;

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

  /**
   * Returns {@code 1 / (1 + e^-a)}, without overflow. Derivative: g y (1 - y), which is 0 where y
   * has rounded to 1.
   */
  default Tensor sigmoid() {
    return self()
        .record("sigmoid", map(Unary.SIGMOID, self()), (g, y) -> OutputSlopes.sigmoid(g, y));
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
    return self().record("relu", map(Unary.RELU, self()), (g, y) -> OutputSlopes.relu(g, y));
  }

  /** Returns a limited to [0, 6]. Derivative: g where 0 &lt; a &lt; 6, else 0, also at 0 and 6. */
  @Domain(except = {0, 6})
  default Tensor relu6() {
    return limited("relu6", 0, 6);
  }

  /**
   * Returns a limited to [min, max]. Derivative: g where min &lt; a &lt; max, else 0, also on the
   * borders, unlike {@link Tensor#clamp(double, double)}.
   *
   * @throws IllegalArgumentException if min is above max
   */
  @Domain(distinct = true)
  default Tensor hardtanh(double min, double max) {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "hardtanh: min is " + min + " and max is " + max + "; min must not be above max");
    }
    return limited("hardtanh", min, max).with("min", min).with("max", max);
  }

  private Tensor limited(String op, double min, double max) {
    Tensor a = self();
    Checks.floating(op, a.dtype());
    Tensor raised = zip(Binary.MAXIMUM, a, Factories.like(a, min));
    return a.record(
        op,
        zip(Binary.MINIMUM, raised, Factories.like(a, max)),
        (g, y) -> {
          Tensor value = y.detach();
          return OutputSlopes.relu(OutputSlopes.relu(g, value.sub(min)), value.subFrom(max));
        });
  }

  /**
   * Returns a where a &gt; 0, else {@code slope · a}. Derivative: g where a &gt; 0, else g slope,
   * also at a = 0.
   */
  @Domain(except = 0)
  default Tensor leakyRelu(double slope) {
    Tensor a = self();
    Tensor s = Factories.like(a, slope);
    Tensor value = zip(Binary.LEAKY_RELU, a, s);
    return a.record("leakyRelu", value, g -> g.chain(zip(Binary.LEAKY_RELU_SLOPE, a, s)))
        .with("slope", slope);
  }

  /**
   * Returns a where a &gt; 0, else {@code alpha (e^a - 1)} (Clevert et al. 2016). Derivative: g
   * where a &gt; 0, else g alpha e^a, also at a = 0.
   */
  @Domain(except = 0)
  default Tensor elu(double alpha) {
    Tensor a = self();
    Tensor value = zip(Binary.ELU, a, Factories.like(a, alpha));
    return a.record(
            "elu", value, g -> g.chain(Factories.like(a, 1).where(a.gt(0), a.exp().mul(alpha))))
        .with("alpha", alpha);
  }

  /**
   * Returns λ a where a &gt; 0, else {@code λ α (e^a - 1)}, with λ = 1.0507009873554805 and α =
   * 1.6732632423543772, which keep mean 0 and variance 1 from layer to layer (Klambauer et al.
   * 2017). Derivative: g λ where a &gt; 0, else g λ α e^a, also at a = 0.
   */
  @Domain(except = 0)
  default Tensor selu() {
    Tensor a = self();
    return a.record("selu", map(Unary.SELU, a), g -> seluGrad(g, a));
  }

  private static Tensor seluGrad(Tensor g, Tensor a) {
    return g.record(
        "seluGrad",
        zip(Binary.SELU_GRAD, g, a),
        h -> seluGrad(h, a),
        a,
        h -> {
          // For a <= 0 the slope is its own derivative.
          Tensor product = GradientProduct.of(h, g);
          return Factories.like(product, 0).where(a.gt(0), seluGrad(product, a));
        });
  }

  /** Returns {@code a / (1 + |a|)} (Turian et al. 2009). Derivative: {@code g / (1 + |a|)²}. */
  @Domain(except = 0)
  default Tensor softsign() {
    Tensor a = self();
    return a.record(
        "softsign",
        map(Unary.SOFTSIGN, a),
        g -> {
          Tensor bottom = a.abs().add(1);
          return GradientQuotient.of(GradientQuotient.of(g, bottom), bottom);
        });
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

  /**
   * Returns {@code a tanh(softplus(a))} (Misra 2019). Derivative: with t = tanh(softplus(a)), g (t
   * + a (1 - t²) sigmoid(a)).
   */
  default Tensor mish() {
    Tensor a = self();
    return a.record("mish", map(Unary.MISH, a), g -> mishGrad(g, a));
  }

  private static Tensor mishGrad(Tensor g, Tensor a) {
    return g.record(
        "mishGrad",
        zip(Binary.MISH_GRAD, g, a),
        h -> mishGrad(h, a),
        a,
        h -> {
          // f'' = t' (2 + a (1 - s - 2 t s)) with s = sigmoid(a) and t' = (1 - t²) s
          Tensor s = a.sigmoid();
          Tensor t = a.softplus().tanh();
          Tensor curve = a.mul(s.mul(t.mul(2).add(1)).subFrom(1)).add(2);
          return GradientProduct.of(h, g).chain(s.mul(t.square().subFrom(1))).chain(curve);
        });
  }

  /**
   * Returns {@code a/2 (1 + tanh(√(2/π) (a + 0.044715 a³)))}, the approximation of {@link #gelu} of
   * Hendrycks and Gimpel (2016). Derivative: with z = √(8/π) (a + 0.044715 a³) and s = sigmoid(z),
   * g s (1 + a z' (1 - s)) with z' = √(8/π) (1 + 0.134145 a²).
   */
  default Tensor geluTanh() {
    Tensor a = self();
    return a.record("geluTanh", map(Unary.GELU_TANH, a), g -> geluTanhGrad(g, a));
  }

  private static Tensor geluTanhGrad(Tensor g, Tensor a) {
    return g.record(
        "geluTanhGrad",
        zip(Binary.GELU_TANH_GRAD, g, a),
        h -> geluTanhGrad(h, a),
        a,
        h -> {
          // f'' = s r (2 z' + a z'' + a z'² (r - s)) with s = sigmoid(z) and r = sigmoid(-z)
          double linear = Math.sqrt(8 / Math.PI);
          double cubic = 0.044715 * linear;
          Tensor square = a.square();
          Tensor z = a.mul(square.mul(cubic).add(linear));
          Tensor dz = square.mul(3 * cubic).add(linear);
          Tensor s = z.sigmoid();
          Tensor r = z.neg().sigmoid();
          Tensor curve = dz.mul(2).add(square.mul(6 * cubic)).add(a.mul(dz.square()).mul(r.sub(s)));
          return GradientProduct.of(h, g).chain(s.mul(r)).chain(curve);
        });
  }
}
