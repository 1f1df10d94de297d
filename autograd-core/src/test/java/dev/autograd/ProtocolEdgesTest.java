package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The work of a sweep: one pullback call per needed edge, and no formula knows of broadcasting. */
class ProtocolEdgesTest {

  private static final int LEAVES = 4;

  /** A random graph of sums whose pullbacks count their calls; node i reads nodes before it. */
  private static final class Graph {
    final AtomicInteger calls = new AtomicInteger();
    final List<Tensor> nodes = new ArrayList<>();
    final List<List<Integer>> inputs = new ArrayList<>();

    Graph(long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < LEAVES; i++) {
        nodes.add(Tensor.scalar(1).withGrad());
        inputs.add(List.of());
      }
      nodes.add(Tensor.scalar(1));
      inputs.add(List.of());
      while (nodes.size() < 40) {
        List<Integer> reads = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          reads.add(random.nextInt(nodes.size()));
        }
        inputs.add(reads);
        nodes.add(sum(reads));
      }
    }

    private Tensor sum(List<Integer> reads) {
      List<Tensor> operands = reads.stream().map(nodes::get).toList();
      Pullback counted =
          g -> {
            calls.incrementAndGet();
            return g;
          };
      double value = operands.stream().mapToDouble(t -> t.item()).sum();
      return Tensor.custom(
          "sum", Tensor.scalar(value), operands, reads.stream().map(i -> counted).toList());
    }

    /** Returns the nodes from which one of the targets is reached. */
    Set<Integer> above(Set<Integer> targets) {
      Set<Integer> above = new TreeSet<>(targets);
      for (int i = 0; i < nodes.size(); i++) {
        if (inputs.get(i).stream().anyMatch(above::contains)) {
          above.add(i);
        }
      }
      return above;
    }

    int edges(int root, Set<Integer> needed) {
      Set<Integer> reachable = new TreeSet<>(Set.of(root));
      int edges = 0;
      for (int i = root; i >= 0; i--) {
        if (reachable.contains(i)) {
          for (int input : inputs.get(i)) {
            if (needed.contains(input)) {
              reachable.add(input);
              edges++;
            }
          }
        }
      }
      return edges;
    }

    /** Returns the number of paths, which is the derivative of one sum with respect to another. */
    double paths(int from, int to) {
      if (from == to) {
        return 1;
      }
      return inputs.get(from).stream().mapToDouble(i -> i < to ? 0 : paths(i, to)).sum();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void onePullbackCallPerNeededEdge(long seed) {
    Graph graph = new Graph(seed);
    Set<Integer> leaves = Set.of(0, 1, 2, 3);
    int root = graph.nodes.size() - 1;
    while (!graph.nodes.get(root).requiresGrad()) {
      root--;
    }
    Tensor y = graph.nodes.get(root);
    y.backward(GradOptions.retainGraph());
    assertThat(graph.calls).hasValue(graph.edges(root, graph.above(leaves)));
    for (int leaf : leaves) {
      Tensor x = graph.nodes.get(leaf);
      double expected = graph.paths(root, leaf);
      assertThat(x.hasGrad() ? x.grad().item() : 0).isEqualTo(expected);
    }

    for (Set<Integer> targets : List.of(Set.of(0), Set.of(1, 2), Set.of(3, root / 2))) {
      graph.calls.set(0);
      List<Tensor> inputs = targets.stream().map(graph.nodes::get).toList();
      Gradients gradients = Autograd.grad(y, inputs, GradOptions.retainGraph().allowUnused());
      assertThat(graph.calls).hasValue(graph.edges(root, graph.above(targets)));
      for (int target : targets) {
        assertThat(gradients.of(graph.nodes.get(target)).item())
            .isEqualTo(graph.paths(root, target));
      }
    }
  }

  @Test
  void aDiamondOfManyStoriesIsLinear() {
    AtomicInteger calls = new AtomicInteger();
    Pullback counted =
        g -> {
          calls.incrementAndGet();
          return g;
        };
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y = x;
    for (int i = 0; i < 1000; i++) {
      y = Tensor.custom("join", Tensor.scalar(1), y, counted, y, counted).mul(0.5);
    }
    y.backward();
    assertThat(calls).hasValue(2000);
    assertThat(x.grad().item()).isEqualTo(1);
  }

  @Test
  void theEngineUndoesBroadcastingOfAnyPullback() {
    Tensor g = Tensor.of(Shape.of(2, 3), 1.0, 2, 3, 4, 5, 6);
    Tensor column = Tensor.of(Shape.of(2, 1), 1.0, 1).withGrad();
    Tensor row = Tensor.of(1.0, 1, 1).withGrad();
    Tensor one = Tensor.scalar(1).withGrad();
    Tensor value = Tensor.zeros(g.dtype(), 2, 3);
    Pullback asItComes = upstream -> upstream;
    Tensor.custom(
            "wide", value, List.of(column, row, one), List.of(asItComes, asItComes, asItComes))
        .backward(g);
    assertThat(column.grad().toDoubleArray()).containsExactly(6, 15);
    assertThat(column.grad().shape()).isEqualTo(column.shape());
    assertThat(row.grad().toDoubleArray()).containsExactly(5, 7, 9);
    assertThat(one.grad().item()).isEqualTo(21);
  }
}
