package dev.autograd.nn.optim;

import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** A loss as a function of one vector: all parameters after each other, in double precision. */
final class Landscape {

  /** A point that was evaluated. */
  static final class Point {

    private final double[] x;
    private final double loss;
    private final double[] gradient;

    private Point(double[] x, double loss, double[] gradient) {
      this.x = x;
      this.loss = loss;
      this.gradient = gradient;
    }

    /** Returns the vector, as the parameters have it. */
    double[] x() {
      return x;
    }

    /** Returns the loss, not finite if the gradient is not. */
    double loss() {
      return loss;
    }

    double[] gradient() {
      return gradient;
    }

    boolean isFinite() {
      return Double.isFinite(loss);
    }
  }

  private final Objective objective;
  private final List<Parameter> learning;
  private final Supplier<Tensor> loss;
  private final int size;
  private int evaluations;
  private double precision;

  Landscape(Objective objective, Supplier<Tensor> loss) {
    this.objective = objective;
    this.loss = loss;
    learning = objective.learning();
    size = objective.trained().stream().mapToInt(Parameter::size).sum();
  }

  int evaluations() {
    return evaluations;
  }

  /** Returns the distance between numbers around 1 in the type of the loss. */
  double precision() {
    return precision;
  }

  /** Moves the parameters that are not frozen to a point, rounded to their type. */
  void move(double[] x) {
    Tape.scope(
        () ->
            forEachPart(
                (parameter, offset) -> {
                  if (!parameter.frozen()) {
                    double[] part = Arrays.copyOfRange(x, offset, offset + parameter.size());
                    Tensor values = Tensor.wrap(parameter.shape(), part);
                    parameter.assign(values.to(parameter.dtype()));
                  }
                }));
  }

  /** Returns the point where the parameters are, evaluated. */
  Point here() {
    evaluations++;
    double[] x = new double[size];
    double[] gradient = new double[size];
    double value =
        Tape.scope(
            () -> {
              forEachPart((parameter, offset) -> copy(parameter, x, offset));
              return evaluate(gradient);
            });
    boolean finite = Double.isFinite(Vectors.largest(gradient));
    return new Point(x, finite ? value : Double.NaN, gradient);
  }

  private double evaluate(double[] gradient) {
    Tensor result = loss.get();
    double value = objective.value(result);
    precision = result.dtype() == DType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
    if (Double.isFinite(value)) {
      Gradients gradients = objective.gradients(result, learning);
      forEachPart(
          (parameter, offset) -> {
            if (!parameter.frozen()) {
              copy(gradients.of(parameter), gradient, offset);
            }
          });
    }
    return value;
  }

  private void forEachPart(ObjIntConsumer<Parameter> action) {
    int offset = 0;
    for (Parameter parameter : objective.trained()) {
      action.accept(parameter, offset);
      offset += parameter.size();
    }
  }

  private static void copy(Tensor from, double[] to, int offset) {
    System.arraycopy(from.to(DType.F64).toDoubleArray(), 0, to, offset, from.size());
  }
}
