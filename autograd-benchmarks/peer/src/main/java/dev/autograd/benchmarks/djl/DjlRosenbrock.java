package dev.autograd.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.autograd.benchmarks.workload.Draws;
import dev.autograd.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** W6: Rosenbrock's function, from nodes of one number each. */
final class DjlRosenbrock implements Workload {

  private static final int COUNT = 1000;

  private final double[] start = Draws.symmetric(61, COUNT, 1);
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final double[] slopes = new double[COUNT];
  private double result = Double.NaN;

  @Override
  public void step() {
    try (NDManager step = manager.newSubManager()) {
      List<NDArray> x = new ArrayList<>(COUNT);
      for (double value : start) {
        NDArray variable = step.create(value);
        variable.setRequiresGradient(true);
        x.add(variable);
      }
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray f = formula(step, x);
        collector.backward(f);
        result = f.getDouble();
      }
      for (int i = 0; i < COUNT; i++) {
        slopes[i] = x.get(i).getGradient().getDouble();
      }
    }
  }

  private static NDArray formula(NDManager step, List<NDArray> x) {
    NDArray sum = step.create(0.0);
    for (int i = 0; i < COUNT - 1; i++) {
      NDArray bend = x.get(i + 1).sub(x.get(i).square()).square().mul(100);
      sum = sum.add(bend.add(NDArrays.sub(1, x.get(i)).square()));
    }
    return sum;
  }

  @Override
  public double value(String quantity) {
    return switch (quantity) {
      case "f" -> result;
      case "sum_abs_g" -> Arrays.stream(slopes).map(Math::abs).sum();
      default -> throw Workload.unknown(quantity);
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
