package dev.autograd;

/**
 * A number for each axis of an image.
 *
 * @param height the number down the image
 * @param width the number across it
 */
public record Extent(int height, int width) {

  /** Returns the same number for both axes. */
  public static Extent of(int both) {
    return new Extent(both, both);
  }

  /**
   * Requires that both numbers have a least size.
   *
   * @throws IllegalArgumentException if one has not
   */
  void requireAtLeast(int least, String name) {
    if (Math.min(height, width) < least) {
      throw new IllegalArgumentException(
          name + ": " + this + " is too small; it must be at least " + least);
    }
  }

  /** Returns the number if both are the same, as in {@code 3}, else both, as in {@code 3x1}. */
  @Override
  public String toString() {
    return height == width ? Integer.toString(height) : height + "x" + width;
  }
}
