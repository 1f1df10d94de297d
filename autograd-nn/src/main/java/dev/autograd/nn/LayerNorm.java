package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;

/**
 * Layer normalisation: {@code weight (x - mean) / √(variance + eps) + bias}, with the statistics of
 * each example over its last axes, those of the weight: {@code [..., m] -> [..., m]}.
 *
 * <p>The parameters are called {@code weight} and {@code bias}. Source: Ba, Kiros and Hinton, Layer
 * normalization, 2016, section 3.
 *
 * @param weight the factors, of the shape of the normalised axes
 * @param bias what is added, of the same shape
 * @param eps what is added to the variance, which is divided by n
 */
public record LayerNorm(Tensor weight, Tensor bias, double eps) implements ModeFree {

  /**
   * Checks that the bias fits the weight.
   *
   * @throws ShapeException if the shapes differ, or there is no axis
   * @throws dev.autograd.DTypeException if the element types differ
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public LayerNorm {
    if (weight.rank() == 0) {
      throw new ShapeException("LayerNorm: the weight is []; give the sizes of the last axes");
    }
    Arguments.requireShape("LayerNorm", "the bias", bias, weight.shape().toArray());
    Arguments.requireOneType("LayerNorm", weight, bias);
    Arguments.requireEpsilon("LayerNorm", eps);
  }

  /** Returns an F64 layer over the last axes, of these sizes, with eps 1e-5. */
  public static LayerNorm of(int... dims) {
    return of(DType.F64, dims);
  }

  /** Returns a layer over the last axes, of these sizes: weight 1, bias 0, eps 1e-5. */
  public static LayerNorm of(DType dtype, int... dims) {
    return new LayerNorm(
        Parameter.of("weight", Tensor.ones(dtype, dims)),
        Parameter.of("bias", Tensor.zeros(dtype, dims)),
        1e-5);
  }

  /** Returns a layer of the same parameters with another eps. */
  public LayerNorm eps(double value) {
    return new LayerNorm(weight, bias, value);
  }

  /**
   * Returns the normalised examples.
   *
   * @throws ShapeException if the last axes of x have not the sizes of the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.layerNorm(weight, bias, eps);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight, bias);
  }

  @Override
  public LayerNorm map(UnaryOperator<Tensor> f) {
    return new LayerNorm(f.apply(weight), f.apply(bias), eps);
  }

  /** Returns sizes, type and eps, as in {@code LayerNorm([64], F64, eps 1.0E-5)}. */
  @Override
  public String toString() {
    return "LayerNorm(" + weight.shape() + ", " + weight.dtype() + ", eps " + eps + ")";
  }
}
