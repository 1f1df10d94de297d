package dev.autograd.kernel;

/**
 * How a window slides along one axis: its tap u at position i lies on element {@code start + i
 * stride + u dilation} of the axis, or on padding if there is no such element.
 *
 * @param size elements of the axis
 * @param start the element under the first tap at the first position; negative in padding
 * @param stride elements from one position to the next
 * @param taps elements under the window
 * @param dilation elements from one tap to the next
 * @param positions places the window takes
 */
public record Sliding(int size, int start, int stride, int taps, int dilation, int positions) {

  /** An axis of one element under a window of one tap. */
  public static final Sliding SINGLE = new Sliding(1, 0, 1, 1, 1, 1);

  /** Returns the element under a tap; below 0, or size and more, in padding. */
  public int element(int position, int tap) {
    return start + position * stride + tap * dilation;
  }

  /** Returns the first position at which a tap is not in the padding before the axis. */
  public int firstPosition(int tap) {
    return steps(element(0, tap), stride, 0, positions);
  }

  /** Returns the first position, from {@link #firstPosition} on, at which a tap is behind it. */
  public int endPosition(int tap) {
    return steps(element(0, tap), stride, size, positions);
  }

  /** Returns the first tap that is not in the padding before the axis. */
  public int firstTap(int position) {
    return steps(element(position, 0), dilation, 0, taps);
  }

  /** Returns the first tap, from {@link #firstTap} on, that is behind the axis. */
  public int endTap(int position) {
    return steps(element(position, 0), dilation, size, taps);
  }

  /** Returns some positions of this window, in a row. */
  public Sliding part(int firstPosition, int count) {
    return new Sliding(size, element(firstPosition, 0), stride, taps, dilation, count);
  }

  /** Returns how many steps lead from an element to a limit, at most so many. */
  private static int steps(int from, int step, int limit, int most) {
    if (from >= limit) {
      return 0;
    }
    boolean allBefore = from + (most - 1) * step < limit;
    return allBefore ? most : (limit - from + step - 1) / step;
  }
}
