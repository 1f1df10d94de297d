package dev.autograd.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A random graph as a Java program. */
final class GraphProgram {

  private final StringBuilder text = new StringBuilder();

  private GraphProgram() {}

  static String of(RandomGraph graph) {
    return new GraphProgram().print(graph);
  }

  private String print(RandomGraph graph) {
    text.append(
        """

        import dev.autograd.*;
        import dev.autograd.array.*;

        class Reproduction {
          public static void main(String[] arguments) {
        """);
    List<Leaf> leaves = graph.leaves();
    for (int id = 0; id < leaves.size(); id++) {
      declare(id, print(leaves.get(id)));
    }
    int next = leaves.size();
    for (Instruction instruction : graph.instructions()) {
      List<String> names = instruction.operands().stream().map(GraphProgram::name).toList();
      declare(next++, instruction.print(names));
    }
    String sum =
        graph.outputs().stream()
            .map(id -> name(id) + ".sin().sum()")
            .reduce((total, more) -> total + ".add(" + more + ")")
            .orElseThrow();
    line("Tensor loss = " + sum);
    line("loss.backward()");
    line("System.out.println(loss.item())");
    for (int id = 0; id < leaves.size(); id++) {
      if (!leaves.get(id).constant()) {
        line(
            "System.out.println(java.util.Arrays.toString("
                + name(id)
                + ".grad().toDoubleArray()))");
      }
    }
    return text.append("  }\n}\n").toString();
  }

  private static String name(int id) {
    return "v" + id;
  }

  private void declare(int id, String value) {
    line("Tensor " + name(id) + " = " + value);
  }

  private void line(String statement) {
    text.append("    ").append(statement).append(";\n");
  }

  private static String print(Leaf leaf) {
    String dims = join(Arrays.stream(Fittings.dims(leaf.value())).boxed().toList());
    String values = join(Arrays.stream(leaf.value().toDoubleArray()).boxed().toList());
    return "Tensor.of(Shape.of("
        + dims
        + "), "
        + values
        + ")"
        + (leaf.constant() ? "" : ".withGrad()");
  }

  private static String join(List<?> parts) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
