package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a function as a function itself: of the inputs, and of the upstream gradient that
 * the sweep starts from. Its value is what a plain sweep computes, its claimed gradient what a
 * second sweep makes of a recorded one.
 */
final class SecondDerivative implements Derivative {

  private final Subject subject;
  private final Outputs outputs;
  private final List<Block> inputs;
  private final List<Block> blocks;
  private final double[][] given;

  /**
   * Makes the derivative of a checked first one.
   *
   * @param upstream the gradient of the output that sweeps start from
   */
  SecondDerivative(Subject subject, FirstDerivative first, double[] upstream) {
    this.subject = subject;
    this.outputs = first.outputs();
    this.inputs = first.blocks();
    this.blocks = new ArrayList<>(inputs);
    blocks.add(new Block("", "upstream gradient", outputs.shape(), upstream));
    this.given = Block.valuesOf(blocks);
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }

  @Override
  public double[] value(double[][] at, Place place) {
    double[] gradient = Tape.scope(() -> sweep(at, place)).joined();
    for (int i = 0; i < gradient.length; i++) {
      if (!Double.isFinite(gradient[i])) {
        throw new IllegalArgumentException(
            "gradient check: "
                + valueLabel(i)
                + " is "
                + gradient[i]
                + " "
                + place
                + "; the gradient must be finite around the inputs to be differentiated again");
      }
    }
    return gradient;
  }

  private Claim sweep(double[][] at, Place place) {
    Run run = subject.run(Arrays.copyOf(at, inputs.size()), place);
    outputs.elements(run.output(), place);
    GradOptions options = GradOptions.retainGraph().allowUnused().seed(upstream(at[inputs.size()]));
    return Claim.of(Autograd.grad(run.output(), run.inputs(), options), run.inputs());
  }

  private Tensor upstream(double[] values) {
    return Tensor.wrap(outputs.shape(), values);
  }

  @Override
  public Claim claim(double[] weights) {
    return Tape.scope(
        () -> {
          double[][] values = Arrays.copyOf(given, inputs.size());
          Run run = subject.run(values);
          Tensor seed = upstream(given[inputs.size()]).withGrad();
          GradOptions recorded = GradOptions.createGraph().allowUnused().seed(seed);
          Gradients first = Autograd.grad(run.output(), run.inputs(), recorded);
          subject.disturb(values);
          List<Tensor> variables = new ArrayList<>(run.inputs());
          variables.add(seed);
          return secondSweeps(first, variables, weights);
        });
  }

  /** Returns the sum over the first gradients of what a sweep through each brings. */
  private Claim secondSweeps(Gradients first, List<Tensor> variables, double[] weights) {
    double[][] sums =
        blocks.stream().map(block -> new double[block.values().length]).toArray(double[][]::new);
    boolean[] reached = new boolean[blocks.size()];
    int offset = 0;
    for (Tensor input : first.inputs()) {
      Tensor gradient = first.of(input);
      Shape shape = input.shape();
      Tensor part = Tensor.wrap(shape, Arrays.copyOfRange(weights, offset, offset + shape.size()));
      offset += shape.size();
      if (gradient.requiresGrad()) {
        GradOptions options = GradOptions.retainGraph().allowUnused().seed(part);
        Claim claim = Claim.of(Autograd.grad(gradient, variables, options), variables);
        for (int k = 0; k < sums.length; k++) {
          add(sums[k], claim.part(k));
          reached[k] |= claim.reached(k);
        }
      }
    }
    return new Claim(sums, reached);
  }

  private static void add(double[] sum, double[] term) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
    }
  }

  @Override
  public String valueLabel(int element) {
    int rest = element;
    for (Block input : inputs) {
      if (rest < input.values().length) {
        return "the gradient of " + input.label() + " at " + Block.index(input.shape(), rest);
      }
      rest -= input.values().length;
    }
    throw new IndexOutOfBoundsException(element);
  }

  @Override
  public double unit(double[] weights) {
    return weights.length == 1 ? weights[0] : 1;
  }
}
