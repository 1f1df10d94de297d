package dev.autograd.nn;

import dev.autograd.Pooling;
import dev.autograd.Tensor;

/**
 * The average of the elements under each place of a window: {@code [..., h, w] -> [..., h', w']};
 * see {@link Tensor#avgPool2d(Pooling)}.
 *
 * @param options the window and how it moves
 */
public record AvgPool2d(Pooling options) implements Layer {

  /** Returns a layer whose windows lie side by side. */
  public static AvgPool2d of(int kernel) {
    return new AvgPool2d(Pooling.of(kernel));
  }

  /**
   * Returns the average of the elements of each window.
   *
   * @throws dev.autograd.ShapeException if x is smaller than the window
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.avgPool2d(options);
  }

  /** Returns window and stride, as in {@code AvgPool2d(kernel 2, stride 2)}. */
  @Override
  public String toString() {
    return "AvgPool2d(kernel " + options.kernel() + ", stride " + options.stride() + ")";
  }
}
