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
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A derivative as a function itself, of the inputs and of the upstream gradients that the sweeps
 * before started from. Its value is what those sweeps compute, its claimed gradient what one more
 * makes of them, recorded.
 *
 * <p>The second derivative, for one, has as value the gradient of {@code Σ u · f(x)} as a function
 * of x and u. The third has as value the gradient of {@code Σ v · ∇ Σ u · f(x)} by x and u, as a
 * function of x, u and v.
 */
final class HigherDerivative implements Derivative {

  private final Examined examined;
  private final Outputs outputs;
  private final List<Block> blocks;
  private final double[][] given;
  private final double[] natural;

  /** How many blocks, from the first one, are inputs of the user's function. */
  private final int inputs;

  private HigherDerivative(
      Examined examined, Outputs outputs, List<Block> blocks, double[] natural) {
    this.examined = examined;
    this.outputs = outputs;
    this.blocks = blocks;
    this.natural = natural;
    this.given = Block.valuesOf(blocks);
    this.inputs = examined.blocks().size();
  }

  /**
   * Returns the derivative of an order from 2 on.
   *
   * @param first the first derivative, whose function has run
   * @param natural the magnitudes that the derivatives below naturally have
   */
  static HigherDerivative of(
      int order, Examined examined, FirstDerivative first, double[] natural, long seed) {
    Shape output = first.outputs().shape();
    List<Block> blocks = new ArrayList<>(examined.blocks());
    blocks.add(upstream(1, output, examined.valuePrecision(), seed));
    for (int sweep = 2; sweep < order; sweep++) {
      // What the sweep before has made: gradients by all but its own upstream gradient.
      int size =
          blocks.subList(0, blocks.size() - 1).stream()
              .mapToInt(block -> block.values().length)
              .sum();
      blocks.add(upstream(sweep, Shape.of(size), examined.valuePrecision(), seed));
    }
    return new HigherDerivative(examined, first.outputs(), blocks, natural);
  }

  /** Returns the upstream gradient of a sweep: 1 for a single output, which keeps its figures. */
  private static Block upstream(int sweep, Shape shape, Precision precision, long seed) {
    Random random = new Random(seed + sweep - 1);
    double[] values =
        shape.size() == 1
            ? new double[] {1}
            : random
                .doubles(shape.size(), -1.5, 1.5)
                .map(u -> (float) (u + Math.copySign(0.5, u)))
                .toArray();
    String label = "upstream gradient" + (sweep == 1 ? "" : " of sweep " + sweep);
    return new Block("", label, shape, precision, values);
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }

  @Override
  public double[] value(double[][] at, Place place) {
    return Tape.scope(
        () -> {
          Run run = examined.values().run(Arrays.copyOf(at, inputs), place);
          outputs.elements(run.output(), place);
          Swept swept = sweeps(run, at, false);
          double[] gradient = joined(swept.gradients());
          for (int i = 0; i < gradient.length; i++) {
            if (!Double.isFinite(gradient[i])) {
              throw Outputs.notFinite(valueLabel(i), gradient[i], place);
            }
          }
          return gradient;
        });
  }

  /**
   * The result of all sweeps.
   *
   * @param variables the inputs and upstream gradients
   * @param gradients those by the variables of the last sweep
   */
  private record Swept(List<Tensor> variables, List<Tensor> gradients) {}

  /** Returns what the sweeps make of a run, the last one recorded if asked for. */
  private Swept sweeps(Run run, double[][] at, boolean recorded) {
    List<Tensor> variables = new ArrayList<>(run.inputs());
    List<Tensor> results = List.of(run.output());
    for (int sweep = 1; inputs + sweep <= blocks.size(); sweep++) {
      boolean last = inputs + sweep == blocks.size();
      boolean record = recorded || !last;
      Tensor upstream = upstream(at, sweep, run.output(), record);
      results = sweep(results, variables, upstream, record);
      variables.add(upstream);
    }
    return new Swept(variables, results);
  }

  private Tensor upstream(double[][] at, int sweep, Tensor output, boolean tracked) {
    Block block = blocks.get(inputs + sweep - 1);
    Tensor values = Tensor.wrap(block.shape(), at[inputs + sweep - 1]).to(output.dtype());
    return tracked ? values.withGrad() : values;
  }

  /** Returns the gradients of {@code Σ upstream · results} by some variables. */
  private static List<Tensor> sweep(
      List<Tensor> results, List<Tensor> variables, Tensor upstream, boolean record) {
    @Nullable Tensor[] sums = new Tensor[variables.size()];
    int offset = 0;
    for (Tensor result : results) {
      int end = offset + result.size();
      Tensor part =
          results.size() == 1 && result.shape().equals(upstream.shape())
              ? upstream
              : upstream.slice(0, offset, end).reshape(result.shape());
      offset = end;
      if (result.requiresGrad()) {
        GradOptions how = record ? GradOptions.createGraph() : GradOptions.retainGraph();
        Gradients gradients = Autograd.grad(result, variables, how.allowUnused().seed(part));
        for (int k = 0; k < sums.length; k++) {
          Tensor gradient = gradients.of(variables.get(k));
          Tensor sum = sums[k];
          sums[k] = sum == null ? gradient : sum.add(gradient);
        }
      }
    }
    return IntStream.range(0, sums.length)
        .mapToObj(
            k -> {
              Tensor sum = sums[k];
              Tensor variable = variables.get(k);
              return sum == null ? Tensor.zeros(variable.dtype(), variable.shape().toArray()) : sum;
            })
        .toList();
  }

  private static double[] joined(List<Tensor> gradients) {
    return gradients.stream()
        .flatMapToDouble(gradient -> Arrays.stream(gradient.toDoubleArray()))
        .toArray();
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
          double[][] values = Arrays.copyOf(at, inputs);
          Run run = subject.run(values);
          Swept swept = sweeps(run, at, true);
          subject.disturb(values);
          return lastSweeps(swept, weights);
        });
  }

  /** Returns the sum over the last gradients of what a sweep through each brings. */
  private Claim lastSweeps(Swept swept, double[] weights) {
    double[][] sums =
        blocks.stream().map(block -> new double[block.values().length]).toArray(double[][]::new);
    boolean[] reached = new boolean[blocks.size()];
    int offset = 0;
    for (Tensor gradient : swept.gradients()) {
      int end = offset + gradient.size();
      Tensor part =
          Tensor.wrap(gradient.shape(), Arrays.copyOfRange(weights, offset, end))
              .to(gradient.dtype());
      offset = end;
      if (gradient.requiresGrad()) {
        GradOptions options = GradOptions.retainGraph().allowUnused().seed(part);
        Claim claim =
            Claim.of(Autograd.grad(gradient, swept.variables(), options), swept.variables());
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
  public double[] naturalValues(int count) {
    return natural;
  }

  @Override
  public int order() {
    return blocks.size() - inputs + 1;
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
    int rest = element;
    for (Block block : blocks.subList(0, blocks.size() - 1)) {
      if (rest < block.values().length) {
        return "the gradient of " + block.label() + " at " + Block.index(block.shape(), rest);
      }
      rest -= block.values().length;
    }
    throw new IndexOutOfBoundsException(element);
  }

  @Override
  public double unit(double[] weights) {
    return weights.length == 1 ? weights[0] : 1;
  }
}
