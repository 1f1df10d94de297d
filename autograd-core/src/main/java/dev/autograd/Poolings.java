package dev.autograd;

import dev.autograd.array.Runs;
import java.util.Map;

/**
 * The largest or the average element under a window that slides over images or sequences.
 *
 * <p>Any number of leading axes, also none, as in {@code [n, c, h, w]}. Each window has to lie on
 * an element, not on padding alone. With window k, stride s, padding p and dilation d an axis of
 * size h becomes {@code floor((h + 2 p - d (k - 1) - 1) / s) + 1}, or with {@link
 * Pooling#ceilMode()} that rounded up, without a last window that would begin behind the axis.
 * {@code g} is the upstream gradient.
 */
public sealed interface Poolings permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the largest element under each window: {@code [..., h, w] -> [..., h', w']}. Padding
   * counts as -∞; NaN if there is one. Derivative: g at the first largest, or at the first NaN, in
   * row order; 0 elsewhere.
   *
   * @throws ShapeException if there is no window, or one lies on padding alone
   */
  @Domain(distinct = true)
  default Tensor maxPool2d(Pooling options) {
    return maxPool("maxPool2d", 2, self(), options);
  }

  /**
   * Returns the largest element under each window: {@code [..., l] -> [..., l']}; see {@link
   * #maxPool2d}.
   *
   * @throws IllegalArgumentException if an option has two numbers; shapes are refused as there
   */
  @Domain(distinct = true)
  default Tensor maxPool1d(Pooling options) {
    return maxPool("maxPool1d", 1, self(), options);
  }

  /**
   * Returns the average of the elements under each window: {@code [..., h, w] -> [..., h', w']}.
   * Padding counts as zeros, unless excluded; what hangs over in {@link Pooling#ceilMode()} does
   * not count. Derivative: g shared evenly.
   *
   * @throws ShapeException if there is no window, or one lies on padding alone
   */
  default Tensor avgPool2d(Pooling options) {
    return average("avgPool2d", self(), PoolingWindows.of("avgPool2d", 2, self(), options));
  }

  /**
   * Returns the average of the elements under each window: {@code [..., l] -> [..., l']}; see
   * {@link #avgPool2d}.
   *
   * @throws IllegalArgumentException if an option has two numbers; shapes are refused as there
   */
  default Tensor avgPool1d(Pooling options) {
    return average("avgPool1d", self(), PoolingWindows.of("avgPool1d", 1, self(), options));
  }

  private static Tensor maxPool(String op, int axes, Tensor x, Pooling options) {
    PoolingWindows windows = PoolingWindows.of(op, axes, x, options);
    if (!options.countsPadding()) {
      throw new IllegalArgumentException(
          op + ": excludePadding is an option of averages; leave it out");
    }
    // The places are constant where no two elements are equal, so that this is linear in x.
    Runs largest = windows.largest(x);
    Picking picking =
        new Picking(op, Map.of(), windows.input(), windows.output(), () -> largest, null);
    return windows.describe(picking.from(x));
  }

  private static Tensor average(String op, Tensor x, PoolingWindows windows) {
    return windows.describe(x.record(op, windows.average(x), g -> shared(op, g, windows)));
  }

  private static Tensor shared(String op, Tensor y, PoolingWindows windows) {
    return windows.describe(y.record(op + "Grad", windows.shares(y), g -> average(op, g, windows)));
  }
}
