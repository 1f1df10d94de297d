package dev.autograd.benchmarks.engine;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.ValueAndGradients;
import dev.autograd.benchmarks.workload.Draws;
import dev.autograd.benchmarks.workload.Workload;
import java.util.Arrays;
import java.util.List;

/** W6: Rosenbrock's function, from nodes of one number each. */
final class Rosenbrock implements Workload {

  private static final int COUNT = 1000;

  private final List<Tensor> x =
      Arrays.stream(Draws.symmetric(61, COUNT, 1))
          .mapToObj(value -> Tensor.scalar(value).withGrad())
          .toList();
  private double result = Double.NaN;
  private final double[] slopes = new double[COUNT];

  private Tensor formula() {
    Tensor sum = Tensor.scalar(0.0);
    for (int i = 0; i < COUNT - 1; i++) {
      Tensor bend = x.get(i + 1).sub(x.get(i).square()).square().mul(100);
      sum = sum.add(bend.add(x.get(i).subFrom(1).square()));
    }
    return sum;
  }

  @Override
  public void step() {
    ValueAndGradients all = Autograd.valueAndGrad(this::formula, x);
    result = all.value();
    Gradients gradients = all.gradients();
    for (int i = 0; i < COUNT; i++) {
      slopes[i] = gradients.of(x.get(i)).item();
    }
  }

  @Override
  public double value(String quantity) {
    return switch (quantity) {
      case "f" -> result;
      case "sum_abs_g" -> Arrays.stream(slopes).map(Math::abs).sum();
      default -> throw Workload.unknown(quantity);
    };
  }
}
