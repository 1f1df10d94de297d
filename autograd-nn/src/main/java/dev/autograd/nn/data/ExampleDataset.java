package dev.autograd.nn.data;

import dev.autograd.Tensor;

/** Inputs and targets from two data sets. */
record ExampleDataset(Dataset<Tensor> inputs, Dataset<Tensor> targets)
    implements Dataset<Examples> {

  ExampleDataset {
    if (inputs.size() != targets.size()) {
      throw new IllegalArgumentException(
          "Dataset: there are "
              + inputs.size()
              + " rows of inputs and "
              + targets.size()
              + " of targets; there must be a target for each input");
    }
  }

  @Override
  public int size() {
    return inputs.size();
  }

  @Override
  public Examples rows(int... rows) {
    return new Examples(inputs.rows(rows), targets.rows(rows));
  }
}
