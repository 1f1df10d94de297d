package dev.autograd.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.autograd.array.DType;
import dev.autograd.benchmarks.workload.Draws;
import dev.autograd.benchmarks.workload.Workload;

/** W5: element-wise functions of a million elements. */
final class DjlElements implements Workload {

  private static final int COUNT = 1_000_000;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final DataType type;
  private final NDArray x;
  private final NDArray y;
  private double loss = Double.NaN;

  DjlElements(DType dtype) {
    type = dtype == DType.F32 ? DataType.FLOAT32 : DataType.FLOAT64;
    x = draw(51);
    y = draw(52);
  }

  private NDArray draw(long seed) {
    NDArray array = manager.create(Draws.symmetric(seed, COUNT, 2)).toType(type, false);
    array.setRequiresGradient(true);
    return array;
  }

  private NDArray formula() {
    NDArray first = Activation.sigmoid(x.mul(y));
    NDArray second = x.tanh().mul(Activation.relu(y));
    return first.add(second).sub(x.neg().mul(x).exp()).sum();
  }

  @Override
  public void step() {
    clear(x);
    clear(y);
    evaluate();
  }

  private static void clear(NDArray input) {
    // A fresh gradient each time, as here: no zeros are added.
    input.setRequiresGradient(false);
    input.setRequiresGradient(true);
  }

  private void evaluate() {
    try (NDManager step = manager.newSubManager()) {
      lend(step);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray sum = formula();
        collector.backward(sum);
        loss = type == DataType.FLOAT32 ? sum.getFloat() : sum.getDouble();
      }
      lend(manager);
    }
  }

  private void lend(NDManager to) {
    x.attach(to);
    y.attach(to);
  }

  @Override
  public double value(String quantity) {
    return switch (quantity) {
      case "loss" -> loss;
      case "sum_gx" -> sum(x);
      case "sum_gy" -> sum(y);
      default -> throw Workload.unknown(quantity);
    };
  }

  private static double sum(NDArray input) {
    try (NDArray gradient = input.getGradient();
        NDArray wide = gradient.toType(DataType.FLOAT64, false);
        NDArray sum = wide.sum()) {
      return sum.getDouble();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
