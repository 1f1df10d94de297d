package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;

/**
 * Normalisation by the root mean square: {@code weight x / √(mean(x²) + eps)}, over the last axes
 * of each example, those of the weight: {@code [..., m] -> [..., m]}.
 *
 * <p>The parameter is called {@code weight}. Source: Zhang and Sennrich, Root mean square layer
 * normalization, NeurIPS 2019, section 4.
 *
 * @param weight the factors, of the shape of the normalised axes
 * @param eps what is added to the mean square
 */
public record RmsNorm(Tensor weight, double eps) implements ModeFree {

  /**
   * Checks the settings.
   *
   * @throws ShapeException if the weight has no axis
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public RmsNorm {
    if (weight.rank() == 0) {
      throw new ShapeException("RmsNorm: the weight is []; give the sizes of the last axes");
    }
    Arguments.requireEpsilon("RmsNorm", eps);
  }

  /** Returns an F64 layer over the last axes, of these sizes, with eps 1e-6. */
  public static RmsNorm of(int... dims) {
    return of(DType.F64, dims);
  }

  /** Returns a layer over the last axes, of these sizes: weight 1, eps 1e-6. */
  public static RmsNorm of(DType dtype, int... dims) {
    return new RmsNorm(Parameter.of("weight", Tensor.ones(dtype, dims)), 1e-6);
  }

  /** Returns a layer of the same parameter with another eps. */
  public RmsNorm eps(double value) {
    return new RmsNorm(weight, value);
  }

  /**
   * Returns the normalised examples.
   *
   * @throws ShapeException if the last axes of x have not the sizes of the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.rmsNorm(weight, eps);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight);
  }

  @Override
  public RmsNorm map(UnaryOperator<Tensor> f) {
    return new RmsNorm(f.apply(weight), eps);
  }

  /** Returns sizes, type and eps, as in {@code RmsNorm([64], F64, eps 1.0E-6)}. */
  @Override
  public String toString() {
    return "RmsNorm(" + weight.shape() + ", " + weight.dtype() + ", eps " + eps + ")";
  }
}
