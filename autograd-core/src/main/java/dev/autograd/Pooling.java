package dev.autograd;

/**
 * How the window of a pooling moves over its input. Immutable; start from {@link #of(int)} and
 * refine.
 *
 * <pre>{@code
 * x.maxPool2d(Pooling.of(2))
 * x.avgPool2d(Pooling.of(3).stride(2).padding(1).excludePadding())
 * }</pre>
 *
 * @param kernel elements under the window, from 1
 * @param stride elements from one position of the window to the next, from 1
 * @param padding places added at either end of an axis: -∞ for a maximum, 0 for an average
 * @param dilation elements from one tap of the window to the next, from 1
 * @param overhangs whether a last window may begin inside and end outside
 * @param countsPadding whether an average divides by the padding too
 */
public record Pooling(
    Extent kernel,
    Extent stride,
    Extent padding,
    Extent dilation,
    boolean overhangs,
    boolean countsPadding) {

  /** Checks the numbers; whether they fit the operand is checked by the operation. */
  public Pooling {
    kernel.requireAtLeast(1, "kernel");
    stride.requireAtLeast(1, "stride");
    padding.requireAtLeast(0, "padding");
    dilation.requireAtLeast(1, "dilation");
  }

  /** Returns options with a square window, each beside the next, and no padding. */
  public static Pooling of(int kernel) {
    return of(kernel, kernel);
  }

  /** Returns options with a window, each beside the next, and no padding. */
  public static Pooling of(int height, int width) {
    Extent kernel = new Extent(height, width);
    return new Pooling(kernel, kernel, Extent.of(0), Extent.of(1), false, true);
  }

  /** Returns these options with a stride instead of the size of the window. */
  public Pooling stride(int both) {
    return stride(both, both);
  }

  /** Returns these options with a stride per axis instead of the size of the window. */
  public Pooling stride(int height, int width) {
    return new Pooling(
        kernel, new Extent(height, width), padding, dilation, overhangs, countsPadding);
  }

  /** Returns these options with padding around the input. */
  public Pooling padding(int both) {
    return padding(both, both);
  }

  /** Returns these options with padding above and below, and left and right of the input. */
  public Pooling padding(int height, int width) {
    return new Pooling(
        kernel, stride, new Extent(height, width), dilation, overhangs, countsPadding);
  }

  /** Returns these options with the taps of the window spaced. */
  public Pooling dilation(int both) {
    return dilation(both, both);
  }

  /** Returns these options with the taps of the window spaced, per axis. */
  public Pooling dilation(int height, int width) {
    return new Pooling(
        kernel, stride, padding, new Extent(height, width), overhangs, countsPadding);
  }

  /**
   * Returns these options with the number of windows rounded up instead of down: a last window,
   * which begins inside the input or the padding before it, may end outside. An average does not
   * count what hangs over.
   */
  public Pooling ceilMode() {
    return new Pooling(kernel, stride, padding, dilation, true, countsPadding);
  }

  /** Returns these options with averages of what lies under a window without the padding. */
  public Pooling excludePadding() {
    return new Pooling(kernel, stride, padding, dilation, overhangs, false);
  }
}
