package dev.autograd;

import dev.autograd.kernel.Sliding;

/**
 * The numbers of one axis over which a window moves, from which the windows' number follows; and
 * the refusal of those that do not fit.
 *
 * @param op the operation, for messages
 * @param axis the name of the axis, for messages
 * @param kernel taps of the window
 * @param stride elements from one position to the next
 * @param padding places added at either end
 * @param dilation elements from one tap to the next
 */
record Sizes(String op, String axis, int kernel, int stride, int padding, int dilation) {

  /**
   * Returns the numbers of one axis.
   *
   * @param axes how many there are; of a single one, the options must be one number
   * @param axis 0 for the height, 1 for the width, which is also the single one
   */
  static Sizes of(
      String op,
      int axes,
      int axis,
      Extent kernel,
      Extent stride,
      Extent padding,
      Extent dilation) {
    if (axes == 1) {
      requireOne(op, "stride", stride);
      requireOne(op, "padding", padding);
      requireOne(op, "dilation", dilation);
    }
    return axis == 0
        ? new Sizes(
            op, "height", kernel.height(), stride.height(), padding.height(), dilation.height())
        : new Sizes(
            op,
            axes == 1 ? "length" : "width",
            kernel.width(),
            stride.width(),
            padding.width(),
            dilation.width());
  }

  static void requireOne(String op, String name, Extent extent) {
    if (extent.height() != extent.width()) {
      throw new IllegalArgumentException(
          op + ": the " + name + " is " + extent + " for a single axis; give one number");
    }
  }

  /** Returns the windows that fit into an axis. */
  Sliding within(int size) {
    return sliding(size, Math.floorDiv(room(size), stride) + 1, "");
  }

  /** Returns the windows that begin in an axis or in the padding before it. */
  Sliding beginningIn(int size) {
    int rounded = -Math.floorDiv(-room(size), stride) + 1;
    boolean lastIsOutside = (rounded - 1L) * stride >= (long) size + padding;
    return sliding(size, lastIsOutside ? rounded - 1 : rounded, " rounded up,");
  }

  /** Returns how far the first window can move before it leaves the padded axis. */
  private int room(int size) {
    return Math.toIntExact(size + 2L * padding - dilation * (kernel - 1L) - 1);
  }

  private Sliding sliding(int size, int positions, String rounding) {
    if (positions < 1) {
      throw new ShapeException(
          "%s: the output %s, (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1,%s is"
                  .formatted(op, axis, rounding)
              + " (%d + 2*%d - %d*(%d - 1) - 1) / %d + 1 = %d; it must be at least 1, use a smaller"
                  .formatted(size, padding, dilation, kernel, stride, positions)
              + " kernel or more padding");
    }
    return new Sliding(size, -padding, stride, kernel, dilation, positions);
  }

  /** Returns the windows of the axis that a number of windows fit into, if it is made longer. */
  Sliding around(int positions, int outputPadding) {
    if (outputPadding >= Math.max(stride, dilation)) {
      throw new ShapeException(
          "%s: the output padding of the %s is %d; it must be smaller than the stride %d or the"
                  .formatted(op, axis, outputPadding, stride)
              + " dilation "
              + dilation);
    }
    long size =
        (positions - 1L) * stride - 2L * padding + dilation * (kernel - 1L) + outputPadding + 1;
    if (positions < 1 || size < 1) {
      throw new ShapeException(
          "%s: the output %s, (size - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding"
                  .formatted(op, axis)
              + " + 1, is (%d - 1)*%d - 2*%d + %d*(%d - 1) + %d + 1 = %d; size and output must be at"
                  .formatted(positions, stride, padding, dilation, kernel, outputPadding, size)
              + " least 1, use less padding");
    }
    return new Sliding(Math.toIntExact(size), -padding, stride, kernel, dilation, positions);
  }

  /**
   * Returns the windows if each lies on an element.
   *
   * @throws ShapeException if one lies on padding alone
   */
  Sliding covered(Sliding windows) {
    for (int i = 0; i < windows.positions(); i++) {
      if (windows.firstTap(i) == windows.endTap(i)) {
        throw new ShapeException(
            "%s: window %d of the %s lies on padding alone (size %d, kernel %d, stride %d, padding"
                    .formatted(op, i, axis, windows.size(), kernel, stride)
                + " %d, dilation %d); use less padding".formatted(padding, dilation));
      }
    }
    return windows;
  }
}
