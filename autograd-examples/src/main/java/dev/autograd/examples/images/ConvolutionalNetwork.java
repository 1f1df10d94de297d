package dev.autograd.examples.images;

import dev.autograd.Convolution;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.Conv2d;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Flatten;
import dev.autograd.nn.MaxPool2d;
import dev.autograd.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * A small network that reads digits: two convolutions, each followed by relu and the largest of
 * every 2 x 2 pixels, and a dense layer.
 */
public final class ConvolutionalNetwork {

  private static final int DIGITS = 10;

  /** What sides of images must be a multiple of: each is halved twice. */
  public static final int SIDE_FACTOR = 4;

  private ConvolutionalNetwork() {}

  /**
   * Returns the network for images of a size, {@code [n, 1, side, side] -> [n, 10]}.
   *
   * @param side a multiple of 4
   * @param channels what the first convolution finds; the second finds twice as much
   */
  public static Sequential of(int side, int channels, RandomGenerator random) {
    Convolution sameSize = Convolution.stride(1).padding(1);
    int pooled = side / SIDE_FACTOR;
    return Sequential.of(
        Conv2d.of(DType.F32, 1, channels, 3, sameSize, random),
        ActivationLayer.RELU,
        MaxPool2d.of(2),
        Conv2d.of(DType.F32, channels, 2 * channels, 3, sameSize, random),
        ActivationLayer.RELU,
        MaxPool2d.of(2),
        Flatten.of(),
        Dropout.of(0.3, random.nextLong()),
        Dense.of(DType.F32, 2 * channels * pooled * pooled, DIGITS, random));
  }
}
