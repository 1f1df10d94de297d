package dev.autograd.array;

/**
 * What to take of one axis: all of it, one index, or a range with a step.
 *
 * <pre>{@code
 * x.slice(Slice.all(), Slice.range(1, 5).step(2), Slice.at(-1))
 * }</pre>
 *
 * <p>Negative indices count from the end. Bounds outside the axis are errors, not clamped, as in
 * {@link java.util.List#subList}.
 */
public final class Slice {

  private static final Slice ALL = new Slice(0, Integer.MAX_VALUE, 1, false);

  private final int from;
  private final int to;
  private final int step;
  private final boolean single;

  private Slice(int from, int to, int step, boolean single) {
    this.from = from;
    this.to = to;
    this.step = step;
    this.single = single;
  }

  /** Returns the whole axis. */
  public static Slice all() {
    return ALL;
  }

  /** Returns one index; the axis disappears from the result. */
  public static Slice at(int index) {
    return new Slice(index, index, 1, true);
  }

  /** Returns the axis from {@code from} on. */
  public static Slice from(int from) {
    return new Slice(from, Integer.MAX_VALUE, 1, false);
  }

  /** Returns the axis up to, and without, {@code to}. */
  public static Slice to(int to) {
    return new Slice(0, to, 1, false);
  }

  /** Returns the indices from {@code from} up to, and without, {@code to}. */
  public static Slice range(int from, int to) {
    return new Slice(from, to, 1, false);
  }

  /**
   * Returns every {@code step}-th index of this range, the first included.
   *
   * @param step 1 or more
   * @throws IllegalArgumentException if the step is below 1, or this is a single index
   */
  public Slice step(int step) {
    if (step < 1) {
      throw new IllegalArgumentException("slice: step is " + step + "; it must be 1 or more");
    }
    if (single) {
      throw new IllegalArgumentException("slice: at(" + from + ") is one index and takes no step");
    }
    return new Slice(from, to, step, false);
  }

  /** Returns whether this is one index, whose axis disappears. */
  public boolean isSingle() {
    return single;
  }

  /** Returns the distance between two taken indices; 1 or more. */
  public int step() {
    return step;
  }

  /**
   * Returns the first index taken of an axis of the given size.
   *
   * @throws IndexOutOfBoundsException if the slice does not lie inside the axis
   */
  public int start(int size) {
    int start = from < 0 ? from + size : from;
    if (single ? start < 0 || start >= size : start < 0 || start > size) {
      throw outside(size);
    }
    return start;
  }

  /**
   * Returns how many indices are taken of an axis of the given size; 1 for a single index.
   *
   * @throws IndexOutOfBoundsException if the slice does not lie inside the axis
   */
  public int count(int size) {
    int start = start(size);
    if (single) {
      return 1;
    }
    int end = to == Integer.MAX_VALUE ? size : to < 0 ? to + size : to;
    if (end < start || end > size) {
      throw outside(size);
    }
    return (end - start + step - 1) / step;
  }

  private IndexOutOfBoundsException outside(int size) {
    return new IndexOutOfBoundsException(
        "slice " + this + " does not lie inside an axis of size " + size);
  }

  /** Returns the slice in the notation of Python: {@code :}, {@code 3}, {@code 1:5:2}. */
  @Override
  public String toString() {
    if (single) {
      return Integer.toString(from);
    }
    String range = (from == 0 ? "" : from) + ":" + (to == Integer.MAX_VALUE ? "" : to);
    return step == 1 ? range : range + ":" + step;
  }
}
