package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.assertj.core.data.Offset;

/**
 * What holds for gradients of any graph: shared values, broadcasting, several outputs, any order.
 */
class RandomGraphProperties {

  private static final double VALUE_BOUND = 1e-11;
  private static final double DIFFERENCE_BOUND = 1e-6;
  private static final double ROUNDING_BOUND = 1e-11;

  @Provide
  Arbitrary<RandomGraph> graphs() {
    return graphs(30);
  }

  @Provide
  Arbitrary<RandomGraph> smallGraphs() {
    return graphs(8);
  }

  private static Arbitrary<RandomGraph> graphs(int length) {
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 999);
    Arbitrary<Gene> gene = Combinators.combine(any, any, any, any).as(Gene::new);
    return Combinators.combine(
            any.list().ofMinSize(1).ofMaxSize(4),
            gene.list().ofMaxSize(length).withSizeDistribution(RandomDistribution.uniform()))
        .as(RandomGraph::of);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void valueIsTheFormula(@ForAll("graphs") RandomGraph graph) {
    double loss = graph.loss(graph.run(leaves(graph))).item();

    assertThat(loss).isCloseTo(graph.evaluate(graph.variables()), within(VALUE_BOUND, loss));
  }

  private static Offset<Double> within(double bound, double scale) {
    return Offset.offset(bound * Math.max(1, Math.abs(scale)));
  }

  /** Otherwise the properties here would hold for want of cases. */
  @Property(tries = 800, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void allKindsOfGraphsAreMade(@ForAll("graphs") RandomGraph graph) {
    graph.instructions().forEach(op -> Statistics.label("instruction").collect(op));
    Statistics.label("long").collect(graph.instructions().size() > 20);
    Statistics.label("deep").collect(graph.depth() > 7);
    Statistics.label("several outputs").collect(graph.outputs().size() > 2);
    Statistics.label("shared").collect(graph.edges() > graph.instructions().size() + 2);

    for (GraphOp op : GraphOp.values()) {
      Statistics.label("instruction").coverage(c -> c.check(op).count(n -> n >= 10));
    }
    for (String label : List.of("long", "deep", "several outputs", "shared")) {
      Statistics.label(label).coverage(c -> c.check(true).percentage(p -> p > 20));
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void backwardIsTheSlopeOfTheFormula(@ForAll("graphs") RandomGraph graph) {
    List<Grid> expected = Derivatives.byDifferences(graph::evaluate, graph.variables());

    Closeness.assertAllClose("gradient", backward(graph), expected, DIFFERENCE_BOUND);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void gradAndBackwardAgree(@ForAll("graphs") RandomGraph graph) {
    List<Grid> stored = backward(graph);
    List<Tensor> leaves = leaves(graph);
    Tensor loss = graph.loss(graph.run(leaves));
    Gradients recorded = Autograd.grad(loss, leaves, GradOptions.createGraph());
    Gradients plain = Autograd.grad(loss, leaves);

    for (int i = 0; i < leaves.size(); i++) {
      Closeness.assertClose("grad", Grid.of(plain.of(leaves.get(i))), stored.get(i), 0);
      Closeness.assertClose(
          "createGraph", Grid.of(recorded.of(leaves.get(i))), stored.get(i), ROUNDING_BOUND);
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void gradientsOfTwoGraphsAddUp(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = leaves(graph);
    // Each output in a graph of its own, all over the same leaves.
    int outputs = graph.losses(graph.run(leaves)).size();
    for (int output = 0; output < outputs; output++) {
      Tensor loss = graph.losses(graph.run(leaves)).get(output);
      if (loss.requiresGrad()) {
        loss.backward();
      }
    }

    Closeness.assertAllClose("sum", gradients(leaves), backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void severalOutputsInOneSweep(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = leaves(graph);
    List<Tensor> losses =
        graph.losses(graph.run(leaves)).stream().filter(Tensor::requiresGrad).toList();

    Autograd.backward(losses);

    Closeness.assertAllClose("sum", gradients(leaves), backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void theOrderOfIndependentInstructionsDoesNotMatter(
      @ForAll("graphs") RandomGraph graph, @ForAll long seed) {
    RandomGraph other = graph.reordered(seed);
    double loss = graph.loss(graph.run(leaves(graph))).item();

    assertThat(other.loss(other.run(leaves(other))).item())
        .isCloseTo(loss, within(ROUNDING_BOUND, loss));
    Closeness.assertAllClose("gradient", backward(other), backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void everyEdgeIsPulledOnce(@ForAll("graphs") RandomGraph graph) {
    AtomicInteger calls = new AtomicInteger();
    List<Tensor> leaves = leaves(graph);
    List<Tensor> values =
        graph.run(
            leaves,
            x ->
                x.requiresGrad()
                    ? Tensor.custom(
                        "probe",
                        x.detach(),
                        x,
                        g -> {
                          calls.incrementAndGet();
                          return g.mul(1);
                        })
                    : x);

    graph.loss(values).backward();

    assertThat(calls).hasValue(graph.edges());
    Closeness.assertAllClose("gradient", gradients(leaves), backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void gradientsOfIntermediateValuesAreTheSameByEitherWay(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = leaves(graph);
    List<Tensor> values = graph.run(leaves);
    List<Tensor> tracked = values.stream().filter(Tensor::requiresGrad).distinct().toList();
    Tensor loss = graph.loss(values);
    Gradients byGrad = Autograd.grad(loss, tracked, GradOptions.retainGraph());
    tracked.forEach(Tensor::retainGrad);

    loss.backward();

    for (Tensor value : tracked) {
      Closeness.assertClose("intermediate", Grid.of(value.grad()), Grid.of(byGrad.of(value)), 0);
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void secondDerivativeIsTheSlopeOfTheGradient(
      @ForAll("smallGraphs") RandomGraph graph, @ForAll long seed) {
    List<Grid> point = graph.variables();
    List<Shape> shapes = point.stream().map(Grid::shape).toList();
    List<Grid> direction = Derivatives.directions(shapes, seed);
    List<Grid> expected =
        Derivatives.alongByDifferences(at -> backward(graph, at), point, direction);

    List<Tensor> leaves = leaves(graph);
    Gradients first =
        Autograd.grad(graph.loss(graph.run(leaves)), leaves, GradOptions.createGraph());
    Tensor slope = Tensor.scalar(0);
    for (int i = 0; i < leaves.size(); i++) {
      slope = slope.add(first.of(leaves.get(i)).mul(direction.get(i).tensor(DType.F64)).sum());
    }
    Gradients second = Autograd.grad(slope, leaves, GradOptions.defaults().allowUnused());

    Closeness.assertAllClose(
        "second derivative",
        leaves.stream().map(leaf -> Grid.of(second.of(leaf))).toList(),
        expected,
        DIFFERENCE_BOUND);
  }

  private static List<Tensor> leaves(RandomGraph graph) {
    return Derivatives.leaves(graph.variables(), DType.F64);
  }

  private static List<Grid> backward(RandomGraph graph) {
    return backward(graph, graph.variables());
  }

  private static List<Grid> backward(RandomGraph graph, List<Grid> at) {
    List<Tensor> leaves = Derivatives.leaves(at, DType.F64);
    graph.loss(graph.run(leaves)).backward();
    return gradients(leaves);
  }

  private static List<Grid> gradients(List<Tensor> leaves) {
    List<Grid> gradients = new ArrayList<>();
    leaves.forEach(leaf -> gradients.add(Grid.of(leaf.grad())));
    return gradients;
  }
}
