package dev.autograd.nn;

import dev.autograd.Convolution;
import dev.autograd.Extent;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A convolution of images, as networks have it (the kernel is not flipped), plus a bias: {@code [n,
 * c, h, w] -> [n, o, h', w']}, or without n; see {@link Tensor#conv2d(Tensor, Tensor, Convolution)}
 * for the equation and the sizes.
 *
 * <pre>{@code
 * Conv2d.of(1, 8, 3, random)                                                  // stride 1, unpadded
 * Conv2d.of(DType.F32, 8, 16, 3, Convolution.stride(2).padding(1), random)
 * }</pre>
 *
 * <p>The parameters are called {@code weight} and {@code bias}.
 *
 * @param weight the kernels, {@code [out, in / groups, kh, kw]}
 * @param bias one number per output, {@code [out]}
 * @param options stride, padding, dilation and groups
 */
public record Conv2d(Tensor weight, Tensor bias, Convolution options) implements ModeFree {

  /**
   * Checks that the bias fits the weight.
   *
   * @throws dev.autograd.ShapeException if the weight has not 4 axes, or the bias not one number
   *     per output
   * @throws dev.autograd.DTypeException if the element types differ
   */
  public Conv2d {
    Arguments.requireRank("Conv2d", "the weight", weight, 4, "[out, in / groups, kh, kw]");
    Arguments.requireShape("Conv2d", "the bias", bias, weight.shape().dim(0));
    Arguments.requireOneType("Conv2d", weight, bias);
  }

  /**
   * Returns an F64 layer of stride 1 without padding.
   *
   * @param in the channels of the input
   * @param out the channels of the output
   * @param kernel the size of the kernel, in both directions
   * @throws IllegalArgumentException if a size is below 1
   */
  public static Conv2d of(int in, int out, int kernel, RandomGenerator random) {
    return of(DType.F64, in, out, kernel, Convolution.stride(1), random);
  }

  /**
   * Returns a layer with weight and bias uniform in {@code ±1/√fanIn}, as in PyTorch, with the
   * fan-in {@code in / groups · kernel²}; the weight is drawn first.
   *
   * @throws IllegalArgumentException if a size is below 1, or the groups do not divide both
   *     channels
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static Conv2d of(
      DType dtype, int in, int out, int kernel, Convolution options, RandomGenerator random) {
    return of(dtype, in, out, Extent.of(kernel), options, random);
  }

  /**
   * Returns a layer whose kernel is not square; otherwise as the form with one number.
   *
   * @throws IllegalArgumentException if a size is below 1, or the groups do not divide both
   *     channels
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static Conv2d of(
      DType dtype, int in, int out, Extent kernel, Convolution options, RandomGenerator random) {
    ConvolutionWeights.requireSizes("Conv2d", in, out, options);
    Arguments.requirePositive("Conv2d", "the height of the kernel", kernel.height());
    Arguments.requirePositive("Conv2d", "the width of the kernel", kernel.width());
    Shape shape = Shape.of(out, in / options.groups(), kernel.height(), kernel.width());
    Parameter weight = ConvolutionWeights.weight(dtype, shape, random);
    return new Conv2d(weight, ConvolutionWeights.bias(weight, random), options);
  }

  /**
   * Returns the convolution.
   *
   * @throws dev.autograd.ShapeException if x is not {@code [n, c, h, w]} or {@code [c, h, w]}, has
   *     other channels, or is smaller than the kernel
   * @throws dev.autograd.DTypeException if x has another element type than the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.conv2d(weight, bias, options);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight, bias);
  }

  @Override
  public Conv2d map(UnaryOperator<Tensor> f) {
    return new Conv2d(f.apply(weight), f.apply(bias), options);
  }

  /** Returns channels, kernel, options and type, as in {@code Conv2d(1 -> 8, kernel 3, F64)}. */
  @Override
  public String toString() {
    return ConvolutionWeights.describe("Conv2d", weight, options);
  }
}
