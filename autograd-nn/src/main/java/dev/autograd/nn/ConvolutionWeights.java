package dev.autograd.nn;

import dev.autograd.Convolution;
import dev.autograd.Extent;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What convolutions of sequences and of images have in common. */
final class ConvolutionWeights {

  private ConvolutionWeights() {}

  static void requireSizes(String layer, int in, int out, Convolution options) {
    Arguments.requirePositive(layer, "in", in);
    Arguments.requirePositive(layer, "out", out);
    if (in % options.groups() != 0 || out % options.groups() != 0) {
      throw new IllegalArgumentException(
          layer
              + ": in is "
              + in
              + " and out is "
              + out
              + "; both must be multiples of the "
              + options.groups()
              + " groups");
    }
  }

  static Parameter weight(DType dtype, Shape shape, RandomGenerator random) {
    return Parameter.of("weight", Initializer.fanInUniform().draw(random, dtype, shape));
  }

  static Parameter bias(Tensor weight, RandomGenerator random) {
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(Fans.of(weight.shape()).in()));
    Shape shape = Shape.of(weight.shape().dim(0));
    return Parameter.of("bias", uniform.draw(random, weight.dtype(), shape));
  }

  /** Returns what a layer prints: options are named where they are not the usual ones. */
  static String describe(String layer, Tensor weight, Convolution options) {
    int[] dims = weight.shape().toArray();
    String kernel =
        Arrays.stream(dims, 2, dims.length)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("x"));
    return layer
        + "("
        + dims[1] * options.groups()
        + " -> "
        + dims[0]
        + ", kernel "
        + kernel
        + unless(1, ", stride ", options.stride())
        + unless(0, ", padding ", options.padding())
        + unless(1, ", dilation ", options.dilation())
        + (options.groups() == 1 ? "" : ", groups " + options.groups())
        + ", "
        + weight.dtype()
        + ")";
  }

  private static String unless(int usual, String name, Extent extent) {
    return extent.equals(Extent.of(usual)) ? "" : name + extent;
  }
}
