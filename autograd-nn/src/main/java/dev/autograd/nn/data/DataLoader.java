package dev.autograd.nn.data;

import java.util.List;

/**
 * Reads a data set batch by batch, epoch by epoch: in order or shuffled, when asked or ahead.
 * Immutable, and safe to share.
 *
 * <pre>{@code
 * DataLoader<Examples> loader = DataLoader.of(data, 64).shuffle(42).prefetch(2);
 * for (int epoch = 0; epoch < 10; epoch++) {
 *   try (Loading<Examples> batches = loader.epoch(epoch)) {
 *     while (batches.hasNext()) {
 *       Examples batch = batches.next();
 *       adam.minimize(() -> loss(batch));
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>An epoch is a function of its number: it has the same batches whenever, wherever and however
 * it is loaded, so that a run can be repeated, and resumed in the middle of an epoch.
 *
 * @param <B> what a batch is
 */
public final class DataLoader<B> {

  private final Dataset<B> data;
  private final Batches batches;
  private final int ahead;

  private DataLoader(Dataset<B> data, Batches batches, int ahead) {
    this.data = data;
    this.batches = batches;
    this.ahead = ahead;
  }

  /**
   * Returns a loader that reads in order, each batch when it is asked for.
   *
   * @param batchSize the rows per batch, at least 1; the last batch of an epoch has what is left
   * @throws IllegalArgumentException if there is no row, or the size is below 1
   */
  public static <B> DataLoader<B> of(Dataset<B> data, int batchSize) {
    return new DataLoader<>(data, Batches.of(data.size(), batchSize), 0);
  }

  /** Returns a loader with a new random order in each epoch, which follows from the seed. */
  public DataLoader<B> shuffle(long seed) {
    return new DataLoader<>(data, batches.shuffle(seed), ahead);
  }

  /**
   * Returns a loader whose batches are all of full size: what is left of an epoch's rows is left
   * out.
   *
   * @throws IllegalArgumentException if not even one batch would be left
   */
  public DataLoader<B> dropLast() {
    return new DataLoader<>(data, batches.dropLast(), ahead);
  }

  /**
   * Returns a loader that reads ahead: each epoch on a thread of its own, a daemon, which holds no
   * more than so many batches that were not asked for yet, the one that it reads included.
   *
   * @param most the batches ahead; 0 to read when asked
   * @throws IllegalArgumentException if it is below 0
   */
  public DataLoader<B> prefetch(int most) {
    if (most < 0) {
      throw new IllegalArgumentException(
          "DataLoader: prefetch is " + most + "; it must be a number of batches, 2 is usual");
    }
    return new DataLoader<>(data, batches, most);
  }

  /** Returns the number of batches per epoch. */
  public int batches() {
    return batches.count();
  }

  /** Returns the batches of an epoch; close them after use. */
  public Loading<B> epoch(long epoch) {
    return epoch(epoch, 0);
  }

  /**
   * Returns the batches of an epoch from one on, as for a run that is resumed; close them after
   * use.
   *
   * @param firstBatch from 0 to {@link #batches()}, which leaves none
   * @throws IndexOutOfBoundsException if there is no such batch
   */
  public Loading<B> epoch(long epoch, int firstBatch) {
    if (firstBatch < 0 || firstBatch > batches()) {
      throw new IndexOutOfBoundsException(
          "DataLoader: the first batch is "
              + firstBatch
              + "; an epoch has "
              + batches()
              + ", so start at 0 to "
              + batches());
    }
    List<int[]> orders = batches.epoch(epoch).subList(firstBatch, batches());
    return ahead == 0
        ? new DirectLoading<>(data, orders)
        : PrefetchLoading.start(data, orders, ahead);
  }

  /**
   * Returns what decides the batches, as in {@code 150 rows, 64 per batch, shuffled by seed 42}:
   * equal texts, equal row numbers.
   */
  @Override
  public String toString() {
    return batches.toString();
  }
}
