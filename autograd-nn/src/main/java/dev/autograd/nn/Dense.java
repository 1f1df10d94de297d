package dev.autograd.nn;

import dev.autograd.Activation;
import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A dense (fully connected, affine) layer: {@code y = x Wᵀ + b}, or an activation of that, {@code
 * [..., in] -> [..., out]}.
 *
 * <pre>{@code
 * Dense hidden = Dense.of(2, 16, random);                                           // F64
 * Dense fast = Dense.of(DType.F32, 784, 256, random, Initializer.heUniform());      // F32, zero bias
 * Dense whole = fast.activation(Activation.RELU);                   // the same parameters, relu(y)
 * }</pre>
 *
 * <p>The parameters are called {@code weight} and {@code bias}. Layers that share a tensor share
 * its training: {@code new Dense(encoder.weight(), bias)} ties the weights.
 *
 * <p>With its activation the layer is one operation, faster than the two of a layer and {@code
 * Tensor::relu} behind it, with the same numbers.
 *
 * @param weight W, {@code [out, in]}
 * @param bias b, {@code [out]}
 * @param activation what is applied to {@code x Wᵀ + b}
 */
public record Dense(Tensor weight, Tensor bias, Activation activation) implements ModeFree {

  /**
   * Checks that the bias fits the weight.
   *
   * @throws ShapeException if the weight is no matrix, or the bias has not one element per row of
   *     it
   * @throws DTypeException if the element types differ
   */
  public Dense {
    if (weight.rank() != 2 || !bias.shape().equals(Shape.of(weight.shape().dim(0)))) {
      throw new ShapeException(
          "Dense: the weight is "
              + weight.shape()
              + " and the bias "
              + bias.shape()
              + "; they must be [out, in] and [out]");
    }
    if (weight.dtype() != bias.dtype()) {
      throw new DTypeException(
          "Dense: the weight is "
              + weight.dtype()
              + " and the bias "
              + bias.dtype()
              + "; convert one of them with to(DType)");
    }
  }

  /** Makes a layer without activation. */
  public Dense(Tensor weight, Tensor bias) {
    this(weight, bias, Activation.IDENTITY);
  }

  /** Returns a layer of the same parameters with another activation. */
  public Dense activation(Activation function) {
    return new Dense(weight, bias, function);
  }

  /**
   * Returns an F64 layer with weight and bias uniform in {@code ±1/√in}, as in PyTorch.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public static Dense of(int in, int out, RandomGenerator random) {
    return of(DType.F64, in, out, random);
  }

  /**
   * Returns a layer with weight and bias uniform in {@code ±1/√in}, as in PyTorch; the weight is
   * drawn first.
   *
   * @throws IllegalArgumentException if a size is below 1
   * @throws DTypeException if the type is neither F32 nor F64
   */
  public static Dense of(DType dtype, int in, int out, RandomGenerator random) {
    requireSizes(in, out);
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(in));
    return of(dtype, in, out, random, uniform, uniform);
  }

  /**
   * Returns a layer with weights of your choice, and zeros as bias.
   *
   * @throws IllegalArgumentException if a size is below 1
   * @throws DTypeException if the type is neither F32 nor F64
   */
  public static Dense of(
      DType dtype, int in, int out, RandomGenerator random, Initializer weights) {
    requireSizes(in, out);
    return of(dtype, in, out, random, weights, Initializer.zeros());
  }

  private static Dense of(
      DType dtype,
      int in,
      int out,
      RandomGenerator random,
      Initializer weights,
      Initializer biases) {
    Tensor weight = weights.draw(random, dtype, Shape.of(out, in));
    Tensor bias = biases.draw(random, dtype, Shape.of(out));
    return new Dense(Parameter.of("weight", weight), Parameter.of("bias", bias));
  }

  private static void requireSizes(int in, int out) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "Dense: in is " + in + " and out is " + out + "; both must be at least 1");
    }
  }

  /**
   * Returns {@code x Wᵀ + b}, or its activation.
   *
   * @throws ShapeException if the last size of x is not {@code in}
   * @throws DTypeException if x has another element type than the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.linear(weight, bias, activation);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight, bias);
  }

  @Override
  public Dense map(UnaryOperator<Tensor> f) {
    return new Dense(f.apply(weight), f.apply(bias), activation);
  }

  /** Returns sizes, type and activation, as in {@code Dense(2 -> 16, F64, tanh)}. */
  @Override
  public String toString() {
    return "Dense("
        + weight.shape().dim(1)
        + " -> "
        + weight.shape().dim(0)
        + ", "
        + weight.dtype()
        + (activation == Activation.IDENTITY ? "" : ", " + activation)
        + ")";
  }
}
