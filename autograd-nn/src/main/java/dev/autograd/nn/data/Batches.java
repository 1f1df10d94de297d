package dev.autograd.nn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mini-batches of row numbers in a new random order per epoch. Epoch 7 is the same list whenever
 * and wherever it is asked for, so that a run can be resumed.
 *
 * <pre>{@code
 * Batches batches = Batches.of(rows, 64, 42);
 * for (int[] rows : batches.epoch(epoch)) {
 *   adam.minimize(() -> loss(Rows.of(x, rows), Rows.of(classes, rows)));
 * }
 * }</pre>
 */
public final class Batches {

  private final int rows;
  private final int size;
  private final long seed;

  private Batches(int rows, int size, long seed) {
    this.rows = rows;
    this.size = size;
    this.seed = seed;
  }

  /**
   * Returns the batches of a data set.
   *
   * @param rows the number of rows, at least 1
   * @param size the rows per batch, at least 1; the last batch of an epoch has what is left
   * @param seed what the orders are made from
   * @throws IllegalArgumentException if there is no row, or the size is below 1
   */
  public static Batches of(int rows, int size, long seed) {
    if (rows < 1 || size < 1) {
      throw new IllegalArgumentException(
          "batches: there are " + rows + " rows, " + size + " per batch; both must be at least 1");
    }
    return new Batches(rows, size, seed);
  }

  /** Returns the batches of an epoch: each row once. */
  public List<int[]> epoch(long epoch) {
    int[] order = Shuffle.order(rows, seed, epoch);
    List<int[]> batches = new ArrayList<>(count());
    for (int from = 0; from < rows; from += size) {
      batches.add(Arrays.copyOfRange(order, from, from + Math.min(size, rows - from)));
    }
    return batches;
  }

  /** Returns the number of batches per epoch. */
  public int count() {
    return (rows - 1) / size + 1;
  }
}
