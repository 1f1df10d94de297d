package dev.autograd.nn;

import dev.autograd.Pooling;
import dev.autograd.Tensor;

/**
 * The largest element under each place of a window: {@code [..., l] -> [..., l']}; see {@link
 * Tensor#maxPool1d(Pooling)}.
 *
 * @param options the window and how it moves
 */
public record MaxPool1d(Pooling options) implements Layer {

  /** Returns a layer whose windows lie side by side. */
  public static MaxPool1d of(int kernel) {
    return new MaxPool1d(Pooling.of(kernel));
  }

  /**
   * Returns the largest element of each window.
   *
   * @throws dev.autograd.ShapeException if x is smaller than the window
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.maxPool1d(options);
  }

  /** Returns window and stride, as in {@code MaxPool1d(kernel 2, stride 2)}. */
  @Override
  public String toString() {
    return "MaxPool1d(kernel " + options.kernel() + ", stride " + options.stride() + ")";
  }
}
