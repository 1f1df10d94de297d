package dev.autograd.nn.train;

import dev.autograd.nn.data.Examples;
import java.util.function.ToIntFunction;

/**
 * How many rows a batch has, which its mean loss counts for, and how it is cut into shards.
 *
 * <p>That of {@link Examples} and of tensors is known; for batches of a class of yours:
 *
 * <pre>{@code
 * record Sentences(Tensor words, Tensor lengths) {}
 *
 * trainer.batching(Batching.of(b -> b.lengths().size()));
 * }</pre>
 *
 * @param <B> the class of batches
 */
public interface Batching<B> {

  /** Returns the number of rows of a batch, at least 1. */
  int rows(B batch);

  /** Returns some of the rows, those from {@code from} on and before {@code to}, as a batch. */
  B slice(B batch, int from, int to);

  /**
   * Returns how batches are counted that are not cut.
   *
   * @param rows the number of rows of a batch
   */
  static <B> Batching<B> of(ToIntFunction<? super B> rows) {
    return new Batching<>() {
      @Override
      public int rows(B batch) {
        return rows.applyAsInt(batch);
      }

      @Override
      public B slice(B batch, int from, int to) {
        throw new UnsupportedOperationException(
            "shards: it is not known how to cut a "
                + batch.getClass().getName()
                + "; implement Batching.slice, or train without shards");
      }
    };
  }
}
