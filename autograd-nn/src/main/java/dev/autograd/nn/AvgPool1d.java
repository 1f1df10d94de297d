package dev.autograd.nn;

import dev.autograd.Pooling;
import dev.autograd.Tensor;

/**
 * The average of the elements under each place of a window: {@code [..., l] -> [..., l']}; see
 * {@link Tensor#avgPool1d(Pooling)}.
 *
 * @param options the window and how it moves
 */
public record AvgPool1d(Pooling options) implements Layer {

  /** Returns a layer whose windows lie side by side. */
  public static AvgPool1d of(int kernel) {
    return new AvgPool1d(Pooling.of(kernel));
  }

  /**
   * Returns the average of the elements of each window.
   *
   * @throws dev.autograd.ShapeException if x is smaller than the window
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.avgPool1d(options);
  }

  /** Returns window and stride, as in {@code AvgPool1d(kernel 2, stride 2)}. */
  @Override
  public String toString() {
    return "AvgPool1d(kernel " + options.kernel() + ", stride " + options.stride() + ")";
  }
}
