package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.Verdict;
import dev.autograd.testkit.GraphOp;
import dev.autograd.testkit.Graphs;
import dev.autograd.testkit.RandomGraph;
import dev.autograd.testkit.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Shrinkable;

/** A planted bug in one operation is found in large graphs, and the graphs shrink to it. */
class RandomGraphShrinkingTest {

  /** Operations of one and two operands, smooth and with a kink, from several families. */
  private static final Set<String> NAMES =
      Set.of("tanh", "mul", "relu", "softmax", "matmul", "layerNorm", "conv1d", "concat");

  @Example
  void aGraphIsTakenApartToTheWrongOperation() {
    for (String name : NAMES) {
      RandomGraph failing = first(name);
      assertThat(failing.ops()).hasSizeGreaterThanOrEqualTo(60);

      RandomGraph smallest = failing.smallest(RandomGraphShrinkingTest::fails);

      assertThat(fails(smallest)).isTrue();
      assertThat(smallest.ops()).extracting(GraphOp::name).containsExactly(name);
    }
  }

  /** Returns the first large graph that the check finds wrong. */
  private static RandomGraph first(String name) {
    Vocabulary vocabulary = planted(name);
    return Stream.iterate(0, seed -> seed + 1)
        .map(seed -> RandomGraph.draw(vocabulary, seed, 60))
        .filter(RandomGraphShrinkingTest::fails)
        .findFirst()
        .orElseThrow();
  }

  @Example
  void genesShrinkToTheWrongOperation() {
    for (String name : List.of("mul", "softmax")) {
      Arbitrary<RandomGraph> graphs = Graphs.of(planted(name), 60, 80);
      Random random = new Random(7);
      Shrinkable<RandomGraph> failing =
          Stream.generate(() -> graphs.generator(1000).next(random))
              .filter(sample -> fails(sample.value()))
              .findFirst()
              .orElseThrow();

      RandomGraph smallest = shrunk(failing);

      assertThat(smallest.ops()).extracting(GraphOp::name).contains(name);
      assertThat(smallest.ops()).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** Takes the first smaller sample that fails, as long as there is one. */
  private static RandomGraph shrunk(Shrinkable<RandomGraph> sample) {
    Shrinkable<RandomGraph> best = sample;
    while (true) {
      Optional<Shrinkable<RandomGraph>> smaller =
          best.shrink().filter(candidate -> fails(candidate.value())).findFirst();
      if (smaller.isEmpty()) {
        return best.value();
      }
      best = smaller.get();
    }
  }

  private static boolean fails(RandomGraph graph) {
    return !graph.variables().isEmpty()
        && !graph.outputs().isEmpty()
        && graph.loss(GraphRun.leaves(graph)).requiresGrad()
        && GradientCheck.ofList(graph::loss).at(graph.variables()).check().count(Verdict.WRONG) > 0;
  }

  /** Returns the operations with one whose gradient is off by a thousandth. */
  private static Vocabulary planted(String name) {
    return Vocabulary.standard()
        .map(op -> op.name().equals(name) ? op.around(call -> scaled(call.get())) : op);
  }

  private static Tensor scaled(Tensor y) {
    return Tensor.custom("planted", y.detach(), y, g -> g.mul(1.001));
  }
}
