package dev.autograd.examples.training;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.table.Features;
import dev.autograd.examples.table.Problem;
import dev.autograd.examples.table.Target;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A network with all that is needed to apply it to a table: how rows become inputs, and what
 * outputs mean.
 *
 * @param features how rows become inputs
 * @param target the column that was learned
 * @param labels the classes' names in their order; none if the target is a number
 * @param units the place and spread of a target that is a number, {@code [1]}; none for classes
 * @param objective what the outputs mean
 * @param network the layers, from inputs to outputs
 */
public record TableModel(
    Features features,
    String target,
    List<String> labels,
    Optional<Standardizer> units,
    Objective objective,
    Sequential network)
    implements Layer {

  /** Takes what cannot change afterwards. */
  public TableModel {
    labels = List.copyOf(labels);
  }

  /** Returns a model of dense layers with tanh between them and random weights. */
  static TableModel of(
      Problem problem, Objective objective, List<Integer> hidden, RandomGenerator random) {
    List<String> labels =
        problem.target() instanceof Target.Classes classes ? classes.labels() : List.of();
    List<Integer> widths = new ArrayList<>(List.of(problem.features().width()));
    widths.addAll(hidden);
    widths.add(objective == Objective.CLASSES ? labels.size() : 1);
    return new TableModel(
        problem.features(),
        problem.target().name(),
        labels,
        problem.units(),
        objective,
        network(widths, objective, random));
  }

  private static Sequential network(
      List<Integer> widths, Objective objective, RandomGenerator random) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      if (i > 1) {
        layers.add(ActivationLayer.TANH);
      }
      layers.add(Dense.of(widths.get(i - 1), widths.get(i), random));
    }
    if (objective == Objective.PROBABILITY) {
      layers.add(ActivationLayer.SIGMOID);
    }
    return new Sequential(layers);
  }

  /** Returns the outputs for inputs: {@code [rows, width] -> [rows, outputs]}. */
  @Override
  public Tensor forward(Tensor x) {
    return network.forward(x);
  }

  @Override
  public Tensor forward(Tensor x, Mode mode) {
    return network.forward(x, mode);
  }

  @Override
  public Parameters parameters() {
    return Parameters.none().and("network", network);
  }

  @Override
  public Buffers buffers() {
    return Buffers.none().and("network", network);
  }

  @Override
  public TableModel map(UnaryOperator<Tensor> f) {
    return new TableModel(features, target, labels, units, objective, network.map(f));
  }

  /** Returns the mean loss over examples, a scalar to differentiate. */
  public Tensor loss(Examples examples) {
    return objective.loss(forward(examples.inputs(), Mode.TRAINING), examples.targets());
  }

  /**
   * Returns the outputs for inputs, without recording.
   *
   * @throws InvalidInputException if they are not finite, because the last step of the training
   *     went too far
   */
  public Tensor outputs(Tensor inputs) {
    Tensor outputs = Autograd.noGrad(() -> forward(inputs));
    if (!Arrays.stream(outputs.toDoubleArray()).allMatch(Double::isFinite)) {
      throw new InvalidInputException(
          "training: it diverged, the network's answers are infinite; try a smaller --lr");
    }
    return outputs;
  }

  /** Returns the layers, the loss and the number of weights in words. */
  public String description() {
    StringBuilder words = new StringBuilder();
    for (Layer layer : network.layers()) {
      words.append(words.isEmpty() ? "" : ", ");
      words.append(
          layer instanceof Dense dense
              ? "dense " + dense.weight().shape().dim(1) + " -> " + dense.weight().shape().dim(0)
              : layer);
    }
    return words + "; " + objective + "; " + parameters().count() + " weights";
  }
}
