package dev.autograd.nn.data;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/** The rows of a tensor in memory. */
record TensorDataset(Tensor values) implements Dataset<Tensor> {

  TensorDataset {
    if (values.rank() == 0) {
      throw new ShapeException("Dataset: a single number has no rows; give a tensor [n, ...]");
    }
  }

  @Override
  public int size() {
    return values.shape().dim(0);
  }

  @Override
  public Tensor rows(int... rows) {
    return Rows.of(values, Rows.requireThere(size(), rows));
  }
}
