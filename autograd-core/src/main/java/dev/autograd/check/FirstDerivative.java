package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.GradOptions;
import dev.autograd.Node;
import dev.autograd.NotTrackedException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;

/** A user's function and the gradient that one sweep computes for it. */
final class FirstDerivative implements Derivative {

  private final Subject subject;
  private final List<Block> blocks;
  private final double[][] given;
  private final Outputs outputs = new Outputs();

  FirstDerivative(Subject subject, List<Block> blocks) {
    this.subject = subject;
    this.blocks = blocks;
    this.given = Block.valuesOf(blocks);
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }

  /** Returns the function's outputs, in which all values so far agreed in shape. */
  Outputs outputs() {
    return outputs;
  }

  @Override
  public double[] value(double[][] at, Place place) {
    return Tape.scope(() -> outputs.elements(subject.run(at, place).output(), place));
  }

  @Override
  public Claim claim(double[] weights) {
    return Tape.scope(
        () -> {
          Run run = subject.run(given);
          requireTracked(run.output());
          requireF64(run.output());
          subject.disturb(given);
          // The graph may share operations with the user's, which are not ours to release.
          GradOptions options =
              GradOptions.retainGraph()
                  .allowUnused()
                  .seed(Tensor.wrap(outputs.shape(), weights.clone()));
          return Claim.of(Autograd.grad(run.output(), run.inputs(), options), run.inputs());
        });
  }

  private static void requireTracked(Tensor output) {
    if (!output.requiresGrad()) {
      throw new NotTrackedException(
          "gradient check: the output does not depend on any input through recorded operations;"
              + " compute it from the tensors the function is given, without detach(), noGrad() or"
              + " numbers taken out of tensors");
    }
  }

  private static void requireF64(Tensor output) {
    for (Node node : output.nodes()) {
      if (node.dtype() == DType.F32) {
        throw new DTypeException(
            "gradient check: the function computes in F32 on the way, at '"
                + node.op()
                + "', too coarse for differences; convert what it closes over with to(F64), F32"
                + " operations are tested against their F64 twins");
      }
    }
  }

  @Override
  public String valueLabel(int element) {
    return outputs.label(element);
  }

  @Override
  public double unit(double[] weights) {
    return weights.length == 1 ? weights[0] : 1;
  }
}
