package dev.autograd.testkit;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Takes a failing graph apart, to the smallest part that fails. A part has some outputs, all that
 * leads to them, and at its border values in place of the instructions that made them; such a value
 * is a variable if it depended on one.
 */
final class Dissection {

  private final Predicate<RandomGraph> fails;

  Dissection(Predicate<RandomGraph> fails) {
    this.fails = fails;
  }

  RandomGraph smallest(RandomGraph graph) {
    RandomGraph current = alone(graph);
    while (true) {
      RandomGraph smaller = smaller(current);
      if (smaller == current) {
        return current;
      }
      current = smaller;
    }
  }

  /** Returns the first instruction that fails by itself; the graph if none does. */
  private RandomGraph alone(RandomGraph graph) {
    for (int id = graph.leaves().size(); id < graph.size(); id++) {
      int only = id;
      RandomGraph part = part(graph, List.of(id), cut -> cut != only);
      if (shows(part, graph)) {
        return part;
      }
    }
    return graph;
  }

  private RandomGraph smaller(RandomGraph graph) {
    int leaves = graph.leaves().size();
    for (int output : graph.outputs()) {
      RandomGraph part = part(graph, List.of(output), cut -> false);
      if (shows(part, graph)) {
        return part;
      }
    }
    // Large pieces first: everything but the last instructions, fewer of them than of the others.
    for (int kept = 2; kept < graph.instructions().size(); kept *= 2) {
      int border = graph.size() - kept;
      RandomGraph part = part(graph, graph.outputs(), cut -> cut < border);
      if (shows(part, graph)) {
        return part;
      }
    }
    for (int id = graph.size() - 1; id >= leaves; id--) {
      int only = id;
      RandomGraph part = part(graph, graph.outputs(), cut -> cut == only);
      if (shows(part, graph)) {
        return part;
      }
      part = part(graph, List.of(id), cut -> false);
      if (shows(part, graph)) {
        return part;
      }
    }
    return graph;
  }

  private boolean shows(RandomGraph part, RandomGraph whole) {
    return part.instructions().size() < whole.instructions().size()
        && !part.outputs().isEmpty()
        && !part.variables().isEmpty()
        && fails.test(part);
  }

  /** Returns the part of a graph that leads to some values and ends where it is cut. */
  private static RandomGraph part(RandomGraph graph, List<Integer> outputs, IntPredicate cut) {
    List<Integer> kept = outputs.stream().filter(id -> !cut.test(id)).toList();
    Set<Integer> needed = new TreeSet<>();
    List<Integer> waiting = new ArrayList<>(kept);
    while (!waiting.isEmpty()) {
      int id = waiting.remove(waiting.size() - 1);
      if (needed.add(id) && !cut.test(id)) {
        waiting.addAll(graph.operands(id));
      }
    }
    List<Tensor> values = Autograd.noGrad(() -> graph.run(graph.variables()));
    boolean[] tracked = graph.tracked();
    int old = graph.leaves().size();
    List<Leaf> leaves = new ArrayList<>();
    Map<Integer, Integer> places = new HashMap<>();
    for (int id : needed) {
      if (id < old || cut.test(id)) {
        places.put(id, leaves.size());
        leaves.add(new Leaf(values.get(id), !tracked[id]));
      }
    }
    List<Instruction> instructions = new ArrayList<>();
    for (int id : needed) {
      if (!places.containsKey(id)) {
        places.put(id, leaves.size() + instructions.size());
        List<Integer> operands = graph.operands(id).stream().map(places::get).toList();
        instructions.add(graph.instructions().get(id - old).on(operands));
      }
    }
    return new RandomGraph(leaves, instructions, kept.stream().map(places::get).toList());
  }
}
