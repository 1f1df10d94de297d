package dev.autograd.benchmarks.engine;

import dev.autograd.Tensor;
import dev.autograd.benchmarks.workload.Workload;

/** W4: a long chain of operations on single numbers. */
final class Chain implements Workload {

  private final int depth;
  private double result;
  private double slope;

  Chain(int depth) {
    this.depth = depth;
  }

  @Override
  public void step() {
    Tensor w = Tensor.scalar(0.9).withGrad();
    Tensor b = Tensor.scalar(0.1).withGrad();
    Tensor y = Tensor.scalar(0.5);
    for (int link = 0; link < depth; link++) {
      y = y.mul(w).add(b).tanh();
    }
    y.backward();
    result = y.item();
    slope = w.grad().item();
  }

  @Override
  public double value(String quantity) {
    return switch (quantity) {
      case "y" -> result;
      case "dw" -> slope;
      default -> throw Workload.unknown(quantity);
    };
  }
}
