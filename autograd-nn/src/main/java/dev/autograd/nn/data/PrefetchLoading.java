package dev.autograd.nn.data;

import dev.autograd.Autograd;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Batches that a thread reads ahead. Permits, not the queue, bound their number: a thread that
 * waits for room in a queue has one more in its hands.
 */
final class PrefetchLoading<B> implements Loading<B> {

  /** What was read, or what throws what went wrong. */
  private final BlockingQueue<Supplier<B>> ready = new LinkedBlockingQueue<>();

  private final Semaphore room;
  private final Thread thread;
  private int left;
  private volatile boolean closed;

  private PrefetchLoading(Dataset<B> data, List<int[]> batches, int ahead) {
    room = new Semaphore(ahead);
    left = batches.size();
    thread = new Thread(() -> load(data, batches), "autograd-data-loader");
    thread.setDaemon(true);
  }

  /** Returns batches whose reading has begun. */
  static <B> Loading<B> start(Dataset<B> data, List<int[]> batches, int ahead) {
    PrefetchLoading<B> loading = new PrefetchLoading<>(data, batches, ahead);
    loading.thread.start();
    return loading;
  }

  private void load(Dataset<B> data, List<int[]> batches) {
    try {
      for (int[] rows : batches) {
        room.acquire();
        if (closed) {
          return;
        }
        B batch = Autograd.noGrad(() -> data.rows(rows));
        ready.add(() -> batch);
      }
    } catch (Throwable failure) {
      ready.add(
          () -> {
            throw unchecked(failure);
          });
    }
  }

  /** Shows by its stack where a batch was asked for that could not be read. */
  private static final class AskedHere extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    AskedHere() {
      super("the batch was asked for here");
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    // A data set may throw one object again and again.
    if (Arrays.stream(failure.getSuppressed()).noneMatch(AskedHere.class::isInstance)) {
      failure.addSuppressed(new AskedHere());
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("DataLoader: a batch could not be read: " + failure, failure);
  }

  @Override
  public boolean hasNext() {
    return !closed && left > 0;
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException("DataLoader: there are no more batches in this epoch");
    }
    try {
      B batch = ready.take().get();
      left--;
      room.release();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException(
          "DataLoader: the thread was interrupted while it waited for a batch; the loading is"
              + " closed",
          e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      // It ends by itself; whoever interrupted wants no waiting.
      Thread.currentThread().interrupt();
    }
    ready.clear();
    // For a thread that waits for a batch which will not come.
    ready.add(
        () -> {
          throw new IllegalStateException(
              "DataLoader: the loading was closed while a thread waited for a batch");
        });
  }
}
