package dev.autograd.nn;

import dev.autograd.Convolution;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A convolution of sequences, as networks have it (the kernel is not flipped), plus a bias: {@code
 * [n, c, l] -> [n, o, l']}, or without n; see {@link Tensor#conv1d(Tensor, Tensor, Convolution)}
 * for the equation and the sizes.
 *
 * <pre>{@code
 * Conv1d.of(1, 8, 3, random)                                                  // stride 1, unpadded
 * Conv1d.of(DType.F32, 8, 16, 3, Convolution.stride(2).padding(1), random)
 * }</pre>
 *
 * <p>The parameters are called {@code weight} and {@code bias}.
 *
 * @param weight the kernels, {@code [out, in / groups, k]}
 * @param bias one number per output, {@code [out]}
 * @param options stride, padding, dilation and groups
 */
public record Conv1d(Tensor weight, Tensor bias, Convolution options) implements ModeFree {

  /**
   * Checks that the bias fits the weight.
   *
   * @throws dev.autograd.ShapeException if the weight has not 3 axes, or the bias not one number
   *     per output
   * @throws dev.autograd.DTypeException if the element types differ
   */
  public Conv1d {
    Arguments.requireRank("Conv1d", "the weight", weight, 3, "[out, in / groups, k]");
    Arguments.requireShape("Conv1d", "the bias", bias, weight.shape().dim(0));
    Arguments.requireOneType("Conv1d", weight, bias);
  }

  /**
   * Returns an F64 layer of stride 1 without padding.
   *
   * @param in the channels of the input
   * @param out the channels of the output
   * @param kernel the size of the kernel
   * @throws IllegalArgumentException if a size is below 1
   */
  public static Conv1d of(int in, int out, int kernel, RandomGenerator random) {
    return of(DType.F64, in, out, kernel, Convolution.stride(1), random);
  }

  /**
   * Returns a layer with weight and bias uniform in {@code ±1/√fanIn}, as in PyTorch, with the
   * fan-in {@code in / groups · kernel}; the weight is drawn first.
   *
   * @throws IllegalArgumentException if a size is below 1, or the groups do not divide both
   *     channels
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static Conv1d of(
      DType dtype, int in, int out, int kernel, Convolution options, RandomGenerator random) {
    ConvolutionWeights.requireSizes("Conv1d", in, out, options);
    Arguments.requirePositive("Conv1d", "kernel", kernel);
    Shape shape = Shape.of(out, in / options.groups(), kernel);
    Parameter weight = ConvolutionWeights.weight(dtype, shape, random);
    return new Conv1d(weight, ConvolutionWeights.bias(weight, random), options);
  }

  /**
   * Returns the convolution.
   *
   * @throws dev.autograd.ShapeException if x is not {@code [n, c, l]} or {@code [c, l]}, has other
   *     channels, or is smaller than the kernel
   * @throws dev.autograd.DTypeException if x has another element type than the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.conv1d(weight, bias, options);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight, bias);
  }

  @Override
  public Conv1d map(UnaryOperator<Tensor> f) {
    return new Conv1d(f.apply(weight), f.apply(bias), options);
  }

  /** Returns channels, kernel, options and type, as in {@code Conv1d(1 -> 8, kernel 3, F64)}. */
  @Override
  public String toString() {
    return ConvolutionWeights.describe("Conv1d", weight, options);
  }
}
