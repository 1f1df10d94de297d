package dev.autograd.nn.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Mini-batches of row numbers, in order, or in a new random order per epoch. Epoch 7 is the same
 * list whenever and wherever it is asked for, so that a run can be resumed. Immutable.
 *
 * <pre>{@code
 * Batches batches = Batches.of(count, 64).shuffle(42);
 * for (int[] rows : batches.epoch(epoch)) {
 *   adam.minimize(() -> loss(Rows.of(x, rows), Rows.of(classes, rows)));
 * }
 * }</pre>
 *
 * <p>A {@link DataLoader} reads the rows, too.
 */
public final class Batches {

  private final int rows;
  private final int size;
  private final int count;
  private final OptionalLong seed;

  private Batches(int rows, int size, int count, OptionalLong seed) {
    this.rows = rows;
    this.size = size;
    this.count = count;
    this.seed = seed;
  }

  /**
   * Returns the batches of a data set, in order.
   *
   * @param rows the number of rows, at least 1
   * @param size the rows per batch, at least 1; the last batch of an epoch has what is left
   * @throws IllegalArgumentException if there is no row, or the size is below 1
   */
  public static Batches of(int rows, int size) {
    if (rows < 1 || size < 1) {
      throw new IllegalArgumentException(
          "batches: there are " + rows + " rows, " + size + " per batch; both must be at least 1");
    }
    return new Batches(rows, size, (rows - 1) / size + 1, OptionalLong.empty());
  }

  /**
   * Returns the batches of a data set in random orders; as {@code of(rows, size).shuffle(seed)}.
   *
   * @param rows the number of rows, at least 1
   * @param size the rows per batch, at least 1; the last batch of an epoch has what is left
   * @param seed what the orders are made from
   * @throws IllegalArgumentException if there is no row, or the size is below 1
   */
  public static Batches of(int rows, int size, long seed) {
    return of(rows, size).shuffle(seed);
  }

  /**
   * Returns batches whose rows are in a new random order in each epoch.
   *
   * @param orders the seed that the orders are made from
   */
  public Batches shuffle(long orders) {
    return new Batches(rows, size, count, OptionalLong.of(orders));
  }

  /**
   * Returns batches that are all of full size: what is left of an epoch's rows is left out.
   *
   * @throws IllegalArgumentException if not even one batch would be left
   */
  public Batches dropLast() {
    if (rows < size) {
      throw new IllegalArgumentException(
          "batches: there are "
              + rows
              + " rows, "
              + size
              + " per batch, so no batch is full; make them smaller, or keep the last one");
    }
    return new Batches(rows, size, rows / size, seed);
  }

  /** Returns the batches of an epoch: each row once, but for those that are left out. */
  public List<int[]> epoch(long epoch) {
    int[] order =
        seed.isPresent()
            ? Shuffle.order(rows, seed.getAsLong(), epoch)
            : IntStream.range(0, rows).toArray();
    // Cut when asked for: all of them at once would take as much memory again.
    return new AbstractList<>() {
      @Override
      public int[] get(int index) {
        int from = Objects.checkIndex(index, count) * size;
        return Arrays.copyOfRange(order, from, from + Math.min(size, rows - from));
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** Returns the number of batches per epoch. */
  public int count() {
    return count;
  }

  /**
   * Returns what decides the batches, as in {@code 150 rows, 64 per batch, shuffled by seed 42}.
   */
  @Override
  public String toString() {
    return rows
        + " rows, "
        + size
        + " per batch"
        + (count * (long) size >= rows ? "" : ", the last one left out")
        + (seed.isPresent() ? ", shuffled by seed " + seed.getAsLong() : "");
  }
}
