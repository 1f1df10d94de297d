package dev.autograd.kernel;

/**
 * Windows that slide over planes of a row-major block {@code [planes, rows.size, columns.size]}.
 *
 * @param planes how many
 * @param rows down each plane
 * @param columns across each plane
 */
public record Windows(int planes, Sliding rows, Sliding columns) {

  /** Returns the same windows over so many planes. */
  public Windows over(int planes) {
    return new Windows(planes, rows, columns);
  }

  /** Returns the number of elements of a plane. */
  public int plane() {
    return rows.size() * columns.size();
  }

  /** Returns the number of taps of the window. */
  public int taps() {
    return rows.taps() * columns.taps();
  }

  /** Returns the number of places it takes on a plane. */
  public int positions() {
    return rows.positions() * columns.positions();
  }
}
