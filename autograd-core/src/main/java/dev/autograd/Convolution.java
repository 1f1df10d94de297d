package dev.autograd;

/**
 * How the kernel of a convolution moves over its input. Immutable; start from {@link #stride(int)},
 * where 1 stands for the ordinary convolution, and refine.
 *
 * <pre>{@code
 * x.conv2d(weight, bias, Convolution.stride(2).padding(1))
 * x.conv2d(weight, Convolution.stride(1).padding(0, 1).dilation(1, 2).groups(4))
 * }</pre>
 *
 * @param stride elements from one position of the kernel to the next, from 1
 * @param padding zeros added at either end of an axis
 * @param dilation elements from one tap of the kernel to the next, from 1
 * @param outputPadding of a transposed convolution, elements added at the end of an axis
 * @param groups parts of the channels that are convolved apart, each with its own outputs
 */
public record Convolution(
    Extent stride, Extent padding, Extent dilation, Extent outputPadding, int groups) {

  /** Checks the numbers; whether they fit the operands is checked by the operation. */
  public Convolution {
    stride.requireAtLeast(1, "stride");
    padding.requireAtLeast(0, "padding");
    dilation.requireAtLeast(1, "dilation");
    outputPadding.requireAtLeast(0, "outputPadding");
    if (groups < 1) {
      throw new IllegalArgumentException(
          "groups: " + groups + " is too small; it must be at least 1");
    }
  }

  /** Returns options with a stride, and no padding, dilation or groups. */
  public static Convolution stride(int both) {
    return stride(both, both);
  }

  /** Returns options with a stride per axis, and no padding, dilation or groups. */
  public static Convolution stride(int height, int width) {
    return new Convolution(new Extent(height, width), Extent.of(0), Extent.of(1), Extent.of(0), 1);
  }

  /** Returns these options with zeros around the input. */
  public Convolution padding(int both) {
    return padding(both, both);
  }

  /** Returns these options with zeros above and below, and left and right of the input. */
  public Convolution padding(int height, int width) {
    return new Convolution(stride, new Extent(height, width), dilation, outputPadding, groups);
  }

  /** Returns these options with the taps of the kernel spaced. */
  public Convolution dilation(int both) {
    return dilation(both, both);
  }

  /** Returns these options with the taps of the kernel spaced, per axis. */
  public Convolution dilation(int height, int width) {
    return new Convolution(stride, padding, new Extent(height, width), outputPadding, groups);
  }

  /**
   * Returns these options with elements added at the end of each axis of a transposed convolution:
   * which of the sizes that a strided convolution maps to one is wanted.
   */
  public Convolution outputPadding(int both) {
    return outputPadding(both, both);
  }

  /** Returns these options with elements added at the end of the axes; see the form with one. */
  public Convolution outputPadding(int height, int width) {
    return new Convolution(stride, padding, dilation, new Extent(height, width), groups);
  }

  /** Returns these options with the channels in groups that are convolved apart. */
  public Convolution groups(int count) {
    return new Convolution(stride, padding, dilation, outputPadding, count);
  }
}
