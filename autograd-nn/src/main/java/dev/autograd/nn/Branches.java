package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Layers in a list, whose paths are their positions. */
final class Branches {

  private Branches() {}

  static List<Layer> requireSome(String name, List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(name + ": there are no branches; give at least one");
    }
    return List.copyOf(layers);
  }

  static List<Child> children(List<Layer> layers) {
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      children.add(new Child(Integer.toString(i), layers.get(i)));
    }
    return children;
  }

  /** Returns what each layer makes of one input. */
  static List<Tensor> outputs(List<Layer> layers, Tensor x, Composite.Visitor visitor) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      outputs.add(visitor.visit(Integer.toString(i), layers.get(i), x));
    }
    return outputs;
  }

  static List<Layer> map(List<Layer> layers, UnaryOperator<Tensor> f) {
    Once once = Once.of(f);
    return layers.stream().map(once::layer).toList();
  }

  static String text(String name, List<Layer> layers) {
    return layers.stream().map(Child::text).collect(Collectors.joining(", ", name + "[", "]"));
  }
}
