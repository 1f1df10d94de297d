package dev.autograd.examples.training;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.examples.table.Target;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A network of dense layers, and what its outputs mean.
 *
 * @param network the layers
 * @param objective the loss and the decision
 * @param description the layers in words
 */
record Model(Sequential network, Objective objective, String description) {

  /** Returns the network of the notes: dense, tanh, dense, sigmoid, with binary cross-entropy. */
  static Model ofNotes(int inputs, int hidden, RandomGenerator random) {
    Sequential network =
        Sequential.of(
            Dense.of(inputs, hidden, random),
            Tensor::tanh,
            Dense.of(hidden, 1, random),
            Tensor::sigmoid);
    String layers = "dense " + inputs + " -> " + hidden + ", tanh, dense " + hidden + " -> 1, sigmoid";
    return new Model(network, Objective.PROBABILITY, layers);
  }

  /** Returns a network with tanh after every hidden layer, and the outputs that a target needs. */
  static Model of(int inputs, List<Integer> hidden, Target target, RandomGenerator random) {
    Objective objective = Objective.of(target);
    List<Layer> layers = new ArrayList<>();
    StringBuilder description = new StringBuilder();
    int width = inputs;
    for (int next : hidden) {
      layers.add(Dense.of(width, next, random));
      layers.add(Tensor::tanh);
      description.append("dense ").append(width).append(" -> ").append(next).append(", tanh, ");
      width = next;
    }
    int outputs = objective.outputs(target);
    layers.add(Dense.of(width, outputs, random));
    description.append("dense ").append(width).append(" -> ").append(outputs);
    return new Model(
        Sequential.of(layers.toArray(Layer[]::new)), objective, description.toString());
  }

  Parameters parameters() {
    return network.parameters();
  }

  /** Returns the mean loss over examples, a scalar to differentiate. */
  Tensor loss(Examples examples) {
    return objective.loss(network.forward(examples.inputs()), examples.targets());
  }

  /** Returns the outputs for examples, without recording. */
  Tensor outputs(Examples examples) {
    return Autograd.noGrad(() -> network.forward(examples.inputs()));
  }

  /** Returns the class decided for each example. */
  int[] classes(Examples examples) {
    return objective.classes(outputs(examples));
  }
}
