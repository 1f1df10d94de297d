package dev.autograd.nn.train;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.nn.data.Examples;

/** Rows of the batches that the library knows: {@link Examples}, and tensors of any shape. */
final class StandardBatching<B> implements Batching<B> {

  @Override
  public int rows(B batch) {
    if (batch instanceof Examples examples) {
      return rows(examples.inputs());
    }
    if (batch instanceof Tensor tensor) {
      return rows(tensor);
    }
    throw unknown(batch);
  }

  private static int rows(Tensor tensor) {
    return tensor.rank() == 0 ? 1 : tensor.shape().dim(0);
  }

  @Override
  @SuppressWarnings("unchecked") // a slice is of the class of the whole
  public B slice(B batch, int from, int to) {
    if (batch instanceof Examples examples) {
      return (B)
          new Examples(slice(examples.inputs(), from, to), slice(examples.targets(), from, to));
    }
    if (batch instanceof Tensor tensor) {
      return (B) slice(tensor, from, to);
    }
    throw unknown(batch);
  }

  private static Tensor slice(Tensor tensor, int from, int to) {
    return Autograd.noGrad(() -> tensor.slice(0, from, to));
  }

  private static IllegalArgumentException unknown(Object batch) {
    return new IllegalArgumentException(
        "Trainer: it is not known how many rows a "
            + batch.getClass().getName()
            + " has; say so with batching(Batching.of(…))");
  }
}
