package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.testkit.GraphOp;
import dev.autograd.testkit.RandomGraph;
import dev.autograd.testkit.Vocabulary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random graphs are made of all the library has, and grow as they should. */
class RandomGraphVocabularyTest {

  /** Operations in no random graph: a slice of one element, and a change of the type. */
  private static final Set<String> LEFT_OUT = Set.of("at", "to");

  private static final List<RandomGraph> GRAPHS =
      IntStream.range(0, 100)
          .mapToObj(seed -> RandomGraph.draw(Vocabulary.standard(), seed, 60))
          .toList();

  /** The table of the families: which of their operations appear in which texts. */
  @Test
  void everyFamilyOfOperationsIsPresent() {
    TreeMap<String, TreeSet<String>> present = new TreeMap<>();
    Catalogue.differentiable()
        .forEach(
            op -> {
              Set<String> names =
                  present.computeIfAbsent(op.owner().getSimpleName(), family -> new TreeSet<>());
              if (isUsed(op)) {
                names.add(op.name());
              }
            });

    assertThat(present).hasSizeGreaterThan(20);
    assertThat(present).allSatisfy((family, names) -> assertThat(names).as(family).isNotEmpty());
  }

  @Test
  void everyDifferentiableOperationIsPresent() {
    assertThat(
            Catalogue.differentiable()
                .filter(op -> !isUsed(op))
                .map(OpMethod::name)
                .distinct()
                .filter(name -> !LEFT_OUT.contains(name)))
        .isEmpty();
  }

  private static boolean isUsed(OpMethod op) {
    return Vocabulary.standard().ops().stream()
        .anyMatch(graphOp -> graphOp.text().contains("." + op.name() + "("));
  }

  @Test
  void everyOperationOccurs() {
    Set<String> occurring =
        GRAPHS.stream()
            .flatMap(graph -> graph.ops().stream())
            .map(GraphOp::name)
            .collect(Collectors.toSet());

    assertThat(occurring)
        .isEqualTo(
            Vocabulary.standard().ops().stream().map(GraphOp::name).collect(Collectors.toSet()));
  }

  @Test
  void graphsAreDeepSharedAndSeveralfold() {
    assertThat(GRAPHS).filteredOn(graph -> graph.depth() >= 15).hasSizeGreaterThan(60);
    assertThat(GRAPHS).filteredOn(graph -> graph.depth() >= 25).hasSizeGreaterThan(10);
    assertThat(GRAPHS).filteredOn(graph -> graph.outputs().size() > 2).hasSizeGreaterThan(80);
    assertThat(GRAPHS).filteredOn(graph -> graph.variables().size() > 2).hasSizeGreaterThan(30);
    assertThat(GRAPHS)
        .filteredOn(graph -> graph.edges() > graph.ops().size() + 5)
        .hasSizeGreaterThan(60);
  }

  @Test
  void valuesStayInScale() {
    for (int seed = 0; seed < 20; seed++) {
      RandomGraph graph = RandomGraph.draw(Vocabulary.standard(), seed, 200);
      graph
          .run(graph.variables())
          .forEach(value -> assertThat(Grid.of(value).magnitude()).isLessThan(5));
      assertThat(GraphRun.backward(graph))
          .anySatisfy(gradient -> assertThat(gradient.magnitude()).isBetween(0.01, 1000.0));
    }
  }

  @Test
  void theSameSeedGivesTheSameGraph() {
    Set<String> programs = new HashSet<>();
    for (int seed = 0; seed < 10; seed++) {
      String program = RandomGraph.draw(Vocabulary.standard(), seed, 60).toString();
      assertThat(program).isEqualTo(GRAPHS.get(seed).toString());
      programs.add(program);
    }
    assertThat(programs).hasSize(10);
  }

  @Test
  void whatHasNoFormulaIsNamed() {
    Set<String> covered = new HashSet<>(GraphFormulas.names());
    covered.addAll(GraphFormulas.WITHOUT);

    assertThat(covered)
        .isEqualTo(
            Vocabulary.standard().ops().stream().map(GraphOp::name).collect(Collectors.toSet()));
    assertThat(GraphFormulas.names()).doesNotContainAnyElementsOf(GraphFormulas.WITHOUT);
  }
}
