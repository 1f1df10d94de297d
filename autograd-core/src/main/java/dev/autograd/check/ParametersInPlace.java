package dev.autograd.check;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.List;
import java.util.function.Supplier;

/** A function without arguments that reads parameters, which are given other values in place. */
final class ParametersInPlace implements Subject {

  private final Supplier<Tensor> function;
  private final List<Parameter> parameters;
  private final List<Block> blocks;

  /** The array each parameter holds a copy of, so that a run assigns only what has changed. */
  private final double[][] held;

  ParametersInPlace(Supplier<Tensor> function, List<Parameter> parameters, List<Block> blocks) {
    this.function = function;
    this.parameters = parameters;
    this.blocks = blocks;
    this.held = new double[parameters.size()][];
  }

  @Override
  public Run run(double[][] values) {
    for (int k = 0; k < values.length; k++) {
      if (held[k] != values[k]) {
        assign(k, values[k]);
      }
    }
    Run run = new Run(List.copyOf(parameters), function.get());
    for (int k = 0; k < values.length; k++) {
      requireUnchanged(k, values[k]);
    }
    return run;
  }

  private void requireUnchanged(int k, double[] values) {
    Parameter parameter = parameters.get(k);
    double[] after = parameter.toDoubleArray();
    for (int i = 0; i < after.length; i++) {
      double before = blocks.get(k).precision().round(values[i]);
      if (Double.compare(after[i], before) != 0) {
        throw Inputs.changed(blocks.get(k), i, before, after[i]);
      }
    }
  }

  /**
   * Does nothing: an assignment would make the recorded run stale, which is an error of its own.
   */
  @Override
  public void disturb(double[][] values) {}

  /** Gives every parameter these values, whatever happened before. */
  void restore(double[][] values) {
    for (int k = 0; k < values.length; k++) {
      assign(k, values[k]);
    }
  }

  private void assign(int k, double[] values) {
    Parameter parameter = parameters.get(k);
    parameter.assign(Tensor.wrap(parameter.shape(), values).to(parameter.dtype()));
    held[k] = values;
  }
}
