package dev.autograd.catalogue;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.testkit.RandomGraph;
import java.util.List;

/** What the properties of random graphs do with them. */
final class GraphRun {

  private GraphRun() {}

  /** Returns fresh leaves, one per variable. */
  static List<Tensor> leaves(RandomGraph graph) {
    return graph.variables().stream().map(Tensor::withGrad).toList();
  }

  /** Returns the gradients that a sweep backwards stores. */
  static List<Grid> backward(RandomGraph graph) {
    List<Tensor> leaves = leaves(graph);
    graph.loss(leaves).backward();
    return stored(leaves);
  }

  /** Returns the stored gradients, zeros where none has arrived. */
  static List<Grid> stored(List<Tensor> leaves) {
    return leaves.stream()
        .map(leaf -> leaf.hasGrad() ? Grid.of(leaf.grad()) : Grid.generate(leaf.shape(), i -> 0))
        .toList();
  }

  /** Returns the gradients of a tensor, zeros where it does not depend on a leaf. */
  static List<Grid> gradients(Tensor y, List<Tensor> leaves, GradOptions options) {
    Gradients gradients = Autograd.grad(y, leaves, options.allowUnused());
    return leaves.stream().map(leaf -> Grid.of(gradients.of(leaf))).toList();
  }
}
