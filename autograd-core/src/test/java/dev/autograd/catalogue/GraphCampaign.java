package dev.autograd.catalogue;

import dev.autograd.check.GradientCheck;
import dev.autograd.check.GradientReport;
import dev.autograd.check.Verdict;
import dev.autograd.testkit.GraphOp;
import dev.autograd.testkit.RandomGraph;
import dev.autograd.testkit.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Random graphs of at least 50 instructions whose derivatives of the first and second order are
 * compared with differences, one after the other. A graph depends on the base seed and its number
 * only; one that fails is shrunk and reported as a program.
 */
final class GraphCampaign {

  private static final int LEAST = 50;

  /** Most graphs are not much larger; cost grows with the size. */
  private static final int USUAL = 60;

  private static final int MOST = 200;

  private final Vocabulary vocabulary;
  private final long baseSeed;
  private final List<String> failures = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private int graphs;
  private long values;
  private long elements;
  private long undecided;

  GraphCampaign(Vocabulary vocabulary, long baseSeed) {
    this.vocabulary = vocabulary;
    this.baseSeed = baseSeed;
  }

  /** Checks one graph after the other while a condition holds. */
  void runWhile(BooleanSupplier condition) {
    while (condition.getAsBoolean()) {
      check(baseSeed + graphs);
      graphs++;
    }
  }

  private void check(long seed) {
    RandomGraph graph = graph(seed);
    graph.ops().forEach(op -> used.add(op.name()));
    values += graph.size();
    String finding = finding(graph);
    if (!finding.isEmpty()) {
      RandomGraph smallest = graph.smallest(part -> !finding(part).isEmpty());
      failures.add("graph of seed " + seed + " shrinks to\n" + smallest + "\n" + finding(smallest));
    }
  }

  private RandomGraph graph(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int most = random.nextInt(20) == 0 ? MOST : USUAL;
    return RandomGraph.draw(vocabulary, random.nextLong(), random.nextInt(LEAST, most + 1));
  }

  /** Returns what is wrong with a graph; empty if nothing is. */
  private String finding(RandomGraph graph) {
    if (!graph.loss(GraphRun.leaves(graph)).requiresGrad()) {
      return "";
    }
    try {
      GradientReport report =
          GradientCheck.ofList(graph::loss)
              .at(graph.variables())
              .order(2)
              .allowing(Verdict.TOO_NOISY)
              .check();
      elements += report.elements();
      undecided += report.count(Verdict.TOO_NOISY);
      return report.passed() ? "" : report.toString();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  int graphs() {
    return graphs;
  }

  /** Returns one text per graph that disagrees: its seed, the shrunk program, the report. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Returns the names of the operations that appeared. */
  Set<String> used() {
    return Set.copyOf(used);
  }

  /** Returns the counts in one line. */
  String summary(double seconds) {
    return String.format(
        Locale.ROOT,
        "fuzz: seed %d, %d graphs, %d values, %d of %d operations, %d derivatives (%d too noisy to tell),"
            + " %d disagreements, %.0f s",
        baseSeed,
        graphs,
        values,
        used.size(),
        vocabulary.ops().stream().map(GraphOp::name).distinct().count(),
        elements,
        undecided,
        failures.size(),
        seconds);
  }
}
