package dev.autograd.examples.training;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.table.Examples;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A network of dense layers with tanh between them, and what its outputs mean.
 *
 * @param network the layers
 * @param objective the loss and the decision
 * @param description both in words
 */
record Model(Sequential network, Objective objective, String description) {

  /** Returns a model with the given widths, from the inputs to the outputs. */
  static Model of(List<Integer> widths, Objective objective, RandomGenerator random) {
    List<Layer> layers = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (int i = 1; i < widths.size(); i++) {
      layers.add(Dense.of(widths.get(i - 1), widths.get(i), random));
      words.append("dense ").append(widths.get(i - 1)).append(" -> ").append(widths.get(i));
      if (i < widths.size() - 1) {
        layers.add(Tensor::tanh);
        words.append(", tanh, ");
      }
    }
    if (objective == Objective.PROBABILITY) {
      layers.add(Tensor::sigmoid);
      words.append(", sigmoid");
    }
    Sequential network = Sequential.of(layers.toArray(Layer[]::new));
    words.append("; ").append(objective).append("; ");
    words.append(network.parameters().count()).append(" weights");
    return new Model(network, objective, words.toString());
  }

  /** Returns the mean loss over examples, a scalar to differentiate. */
  Tensor loss(Examples examples) {
    return objective.loss(network.forward(examples.inputs(), Mode.TRAINING), examples.targets());
  }

  /**
   * Returns the outputs for examples, without recording.
   *
   * @throws InvalidInputException if they are not finite, because the last step went too far
   */
  Tensor outputs(Examples examples) {
    Tensor outputs = Autograd.noGrad(() -> network.forward(examples.inputs()));
    if (!Arrays.stream(outputs.toDoubleArray()).allMatch(Double::isFinite)) {
      throw new InvalidInputException(
          "training: it diverged, the network's answers are infinite; try a smaller --lr");
    }
    return outputs;
  }

  /** Returns the class decided for each example. */
  int[] classes(Examples examples) {
    return objective.classes(outputs(examples));
  }
}
