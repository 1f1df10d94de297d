package dev.autograd.nn.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The batches of one epoch, one after the other; see {@link DataLoader#epoch(long)}.
 *
 * <p>Close it after use, at the latest when no more batches are wanted: one that loads ahead has a
 * thread. What it returned stays. It is for one thread; another one may close it.
 *
 * <p>Batches are constants: whatever makes them is not recorded. Those that are loaded ahead belong
 * to no tape. Others are made by the thread that asks for them, and belong to its open tape, if it
 * has one, as all it computes.
 *
 * @param <B> what a batch is
 */
public interface Loading<B> extends Iterator<B>, AutoCloseable {

  /** Returns whether there is another batch: not after the last one, an error, or closing. */
  @Override
  boolean hasNext();

  /**
   * Returns the next batch. What the data set throws is thrown here, also if it did so on another
   * thread, whose stack the exception then shows, with that of this call as suppressed; the loading
   * is closed by it.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalStateException if the thread is interrupted while it waits for a batch, which
   *     stays so and closes this loading; or if another thread closes it
   */
  @Override
  B next();

  /**
   * Ends the loading. A thread that loads ahead is interrupted, and has ended when this returns: at
   * once, or as soon as the data set returns from reading a batch.
   */
  @Override
  void close();
}
