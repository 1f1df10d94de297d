package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.testkit.RandomGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random graph as a function of one vector, the elements of all variables in a row. */
record Flat(RandomGraph graph) {

  /** Returns the vector the graph was made at. */
  Tensor point() {
    return joined(graph.variables());
  }

  /** Returns the elements of all outputs in a row. */
  Tensor outputs(Tensor x) {
    List<Tensor> values = graph.run(variables(x));
    return joined(graph.outputs().stream().map(values::get).toList());
  }

  /** Returns the loss. */
  Tensor loss(Tensor x) {
    return graph.loss(variables(x));
  }

  private List<Tensor> variables(Tensor x) {
    List<Tensor> variables = new ArrayList<>();
    int from = 0;
    for (Tensor own : graph.variables()) {
      variables.add(x.slice(0, from, from + own.size()).reshape(own.shape()));
      from += own.size();
    }
    return variables;
  }

  private static Tensor joined(List<Tensor> parts) {
    return Tensor.concat(0, parts.stream().map(part -> part.reshape(-1)).toList());
  }

  /** Returns a vector of random numbers. */
  static Tensor random(int size, long seed) {
    return Tensor.normal(new Random(seed), DType.F64, size);
  }
}
