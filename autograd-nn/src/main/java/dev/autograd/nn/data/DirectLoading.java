package dev.autograd.nn.data;

import dev.autograd.Autograd;
import java.util.List;
import java.util.NoSuchElementException;

/** Batches that are read when they are asked for, by the thread that asks. */
final class DirectLoading<B> implements Loading<B> {

  private final Dataset<B> data;
  private final List<int[]> batches;
  private int next;
  private volatile boolean closed;

  DirectLoading(Dataset<B> data, List<int[]> batches) {
    this.data = data;
    this.batches = batches;
  }

  @Override
  public boolean hasNext() {
    return !closed && next < batches.size();
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException("DataLoader: there are no more batches in this epoch");
    }
    int[] rows = batches.get(next++);
    try {
      return Autograd.noGrad(() -> data.rows(rows));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
