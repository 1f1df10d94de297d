package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.Verdict;
import dev.autograd.testkit.Graphs;
import dev.autograd.testkit.RandomGraph;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

/** Values and derivatives of any graph, against what does not use the pullbacks, or uses others. */
class RandomGraphDerivativeProperties {

  private static final double VALUE_BOUND = 1e-10;
  private static final double ROUNDING_BOUND = 1e-10;

  @Provide
  Arbitrary<RandomGraph> graphs() {
    return Graphs.of(20, 80);
  }

  @Provide
  Arbitrary<RandomGraph> largeGraphs() {
    return Graphs.of(80, 200);
  }

  @Provide
  Arbitrary<RandomGraph> graphsWithFormulas() {
    return Graphs.of(GraphFormulas.VOCABULARY, 20, 200);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void valueIsTheFormula(@ForAll("graphsWithFormulas") RandomGraph graph) {
    double formula = GraphFormulas.loss(graph, graph.variables().stream().map(Grid::of).toList());

    assertThat(graph.loss(graph.variables()).item()).isCloseTo(formula, within(formula));
  }

  private static Offset<Double> within(double scale) {
    return Offset.offset(VALUE_BOUND * Math.max(1, Math.abs(scale)));
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void derivativesAreThoseOfDifferences(@ForAll("largeGraphs") RandomGraph graph) {
    GradientCheck.ofList(graph::loss)
        .at(graph.variables())
        .order(2)
        .allowing(Verdict.TOO_NOISY)
        .assertPasses();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void forwardsAndBackwardsAreAdjoint(@ForAll("graphs") RandomGraph graph, @ForAll long seed) {
    Flat flat = new Flat(graph);
    Tensor x = flat.point();
    Tensor v = Flat.random(x.size(), seed);
    Tensor u = Flat.random(flat.outputs(x).size(), seed + 1);

    double forwards = Autograd.jvp(flat::outputs, x, v).mul(u).sum().item();
    double backwards = Autograd.vjp(flat::outputs, x, u).mul(v).sum().item();

    assertThat(forwards).isCloseTo(backwards, within(backwards));
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void hessiansAreSymmetric(@ForAll("graphs") RandomGraph graph) {
    Flat flat = new Flat(graph);

    Tensor hessian = Autograd.hessian(flat::loss, flat.point());

    Closeness.assertClose(
        "transpose", Grid.of(hessian.transpose()), Grid.of(hessian), ROUNDING_BOUND);
  }
}
