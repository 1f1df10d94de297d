package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;

/**
 * Positions added to sequences as sines and cosines of many wavelengths: {@code y[..., p, j] =
 * x[..., p, j] + t[p, j]} with {@code t[p, 2i] = sin(p / 10000^(2i / width))} and {@code t[p, 2i +
 * 1] = cos(p / 10000^(2i / width))}, {@code [..., time, width] -> [..., time, width]}. Nothing is
 * learned.
 *
 * <p>Source: Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.5.
 */
public record SinusoidalPositions() implements Layer {

  /**
   * Returns t, {@code [length, width]}; computed in double precision.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public static Tensor table(DType dtype, int length, int width) {
    Arguments.requirePositive("SinusoidalPositions", "length", length);
    Arguments.requirePositive("SinusoidalPositions", "width", width);
    double[] values = new double[Math.multiplyExact(length, width)];
    for (int p = 0; p < length; p++) {
      for (int j = 0; j < width; j++) {
        double angle = p * Math.pow(10_000, -(double) (j - j % 2) / width);
        values[p * width + j] = j % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
      }
    }
    return Tensor.wrap(Shape.of(length, width), values).to(dtype);
  }

  /**
   * Returns x with the positions added.
   *
   * @throws ShapeException if x has fewer than two axes, or one of the last two is empty
   */
  @Override
  public Tensor forward(Tensor x) {
    if (x.rank() < 2 || x.shape().dim(-1) == 0 || x.shape().dim(-2) == 0) {
      throw new ShapeException(
          "SinusoidalPositions: the input is "
              + x.shape()
              + " and must be [..., time, width], neither of them 0");
    }
    return x.add(table(x.dtype(), x.shape().dim(-2), x.shape().dim(-1)));
  }
}
