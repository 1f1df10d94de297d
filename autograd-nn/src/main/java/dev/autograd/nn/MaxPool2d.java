package dev.autograd.nn;

import dev.autograd.Pooling;
import dev.autograd.Tensor;

/**
 * The largest element under each place of a window: {@code [..., h, w] -> [..., h', w']}; see
 * {@link Tensor#maxPool2d(Pooling)}.
 *
 * @param options the window and how it moves
 */
public record MaxPool2d(Pooling options) implements Layer {

  /** Returns a layer whose windows lie side by side. */
  public static MaxPool2d of(int kernel) {
    return new MaxPool2d(Pooling.of(kernel));
  }

  /**
   * Returns the largest element of each window.
   *
   * @throws dev.autograd.ShapeException if x is smaller than the window
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.maxPool2d(options);
  }

  /** Returns window and stride, as in {@code MaxPool2d(kernel 2, stride 2)}. */
  @Override
  public String toString() {
    return "MaxPool2d(kernel " + options.kernel() + ", stride " + options.stride() + ")";
  }
}
