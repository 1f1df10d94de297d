package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A function of tensors: every run gets leaves of its own, so the user's tensors are never touched.
 */
final class FreshLeaves implements Subject {

  private final Function<List<Tensor>, Tensor> function;
  private final List<Block> blocks;

  FreshLeaves(Function<List<Tensor>, Tensor> function, List<Block> blocks) {
    this.function = function;
    this.blocks = blocks;
  }

  @Override
  public Run run(double[][] values) {
    List<Tensor> leaves = new ArrayList<>(values.length);
    for (int k = 0; k < values.length; k++) {
      Block block = blocks.get(k);
      Tensor numbers = Tensor.wrap(block.shape(), values[k]);
      Tensor own = block.precision() == Precision.SINGLE ? numbers.to(DType.F32) : numbers;
      leaves.add(own.withGrad().named(block.name()));
    }
    return new Run(leaves, function.apply(List.copyOf(leaves)));
  }

  @Override
  public void disturb(double[][] values) {
    runElsewhere(values);
  }
}
