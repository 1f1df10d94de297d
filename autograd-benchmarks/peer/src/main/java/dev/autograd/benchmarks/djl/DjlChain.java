package dev.autograd.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.autograd.benchmarks.workload.Workload;

/** W4: a long chain of operations on single numbers. */
final class DjlChain implements Workload {

  private final int depth;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private double result = Double.NaN;
  private double slope = Double.NaN;

  DjlChain(int depth) {
    this.depth = depth;
  }

  @Override
  public void step() {
    try (NDManager step = manager.newSubManager()) {
      NDArray w = step.create(0.9);
      NDArray b = step.create(0.1);
      w.setRequiresGradient(true);
      b.setRequiresGradient(true);
      NDArray y = step.create(0.5);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        for (int link = 0; link < depth; link++) {
          y = y.mul(w).add(b).tanh();
        }
        collector.backward(y);
      }
      result = y.getDouble();
      slope = w.getGradient().getDouble();
    }
  }

  @Override
  public double value(String quantity) {
    return switch (quantity) {
      case "y" -> result;
      case "dw" -> slope;
      default -> throw Workload.unknown(quantity);
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
