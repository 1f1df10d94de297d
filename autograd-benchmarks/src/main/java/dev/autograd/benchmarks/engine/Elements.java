package dev.autograd.benchmarks.engine;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.ValueAndGradients;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.benchmarks.workload.Draws;
import dev.autograd.benchmarks.workload.Workload;
import java.util.Arrays;
import java.util.List;

/** W5: element-wise functions of a million elements. */
final class Elements implements Workload {

  private static final int COUNT = 1_000_000;

  private final Tensor x;
  private final Tensor y;
  private final List<Tensor> inputs;
  private double blackHole;

  Elements(DType dtype) {
    x = draw(dtype, 51);
    y = draw(dtype, 52);
    inputs = List.of(x, y);
  }

  private static Tensor draw(DType dtype, long seed) {
    double[] values = Draws.symmetric(seed, COUNT, 2);
    return Tensor.wrap(Shape.of(COUNT), values).to(dtype).withGrad();
  }

  private Tensor formula() {
    return x.mul(y).sigmoid().add(x.tanh().mul(y.relu())).sub(x.neg().mul(x).exp()).sum();
  }

  private ValueAndGradients evaluate() {
    return Autograd.valueAndGrad(this::formula, inputs);
  }

  @Override
  public void step() {
    ValueAndGradients all = evaluate();
    blackHole += all.value() + all.gradients().of(x).item(0) + all.gradients().of(y).item(0);
  }

  @Override
  public double value(String quantity) {
    ValueAndGradients all = evaluate();
    return switch (quantity) {
      case "loss" -> all.value();
      case "sum_gx" -> sum(all.gradients().of(x));
      case "sum_gy" -> sum(all.gradients().of(y));
      default -> throw Workload.unknown(quantity);
    };
  }

  private static double sum(Tensor tensor) {
    return Arrays.stream(tensor.toDoubleArray()).sum();
  }

  @Override
  public String toString() {
    return "W5 " + blackHole;
  }
}
