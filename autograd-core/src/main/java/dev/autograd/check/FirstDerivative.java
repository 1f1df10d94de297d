package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.NotTrackedException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's function and the gradient that one sweep computes for it. */
final class FirstDerivative implements Derivative {

  private final Examined examined;
  private final double[][] given;
  private final Outputs outputs = new Outputs();

  FirstDerivative(Examined examined) {
    this.examined = examined;
    this.given = Block.valuesOf(examined.blocks());
  }

  @Override
  public List<Block> blocks() {
    return examined.blocks();
  }

  /** Returns the function's outputs, in which all values so far agreed in shape. */
  Outputs outputs() {
    return outputs;
  }

  @Override
  public double[] value(double[][] at, Place place) {
    return Tape.scope(() -> outputs.elements(examined.values().run(at, place).output(), place));
  }

  @Override
  public Claim claim(double[][] at, double[] weights) {
    return claim(examined.claims(), at, weights);
  }

  @Override
  public @Nullable Claim claimThroughStops(double[] weights) {
    return examined.throughStops(subject -> claim(subject, given, weights));
  }

  private Claim claim(Subject subject, double[][] at, double[] weights) {
    return Tape.scope(
        () -> {
          Run run = subject.run(at);
          requireTracked(run.output(), at);
          subject.disturb(at);
          Tensor seed = Tensor.wrap(outputs.shape(), weights.clone()).to(run.output().dtype());
          // The graph may share operations with the user's, which are not ours to release.
          GradOptions options = GradOptions.retainGraph().allowUnused().seed(seed);
          return Claim.of(Autograd.grad(run.output(), run.inputs(), options), run.inputs());
        });
  }

  private void requireTracked(Tensor output, double[][] at) {
    if (!output.requiresGrad()) {
      examined.lookForStops(at);
      throw new NotTrackedException(
          "gradient check: the output does not depend on any input through recorded operations;"
              + " compute it from the tensors the function is given, without detach(), noGrad() or"
              + " numbers taken out of tensors");
    }
  }

  @Override
  public double[] naturalValues(int count) {
    return new double[count];
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public Precision valuePrecision() {
    return examined.valuePrecision();
  }

  @Override
  public Precision claimPrecision() {
    return examined.claimPrecision();
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
