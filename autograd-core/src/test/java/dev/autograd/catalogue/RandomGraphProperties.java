package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.testkit.GraphOp;
import dev.autograd.testkit.Graphs;
import dev.autograd.testkit.RandomGraph;
import dev.autograd.testkit.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What changes nothing, or only what it should, in any graph: shared values, broadcasting, several
 * outputs, any order. Bounds of 0 mean equal to the bit.
 */
class RandomGraphProperties {

  private static final double ROUNDING_BOUND = 1e-11;
  private static final double SINGLE_BOUND = 2e-3;

  @Provide
  Arbitrary<RandomGraph> graphs() {
    return Graphs.of(20, 80);
  }

  @Provide
  Arbitrary<RandomGraph> largeGraphs() {
    return Graphs.of(100, 200);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void gradAndBackwardAgree(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);

    Closeness.assertAllClose(
        "grad",
        GraphRun.gradients(graph.loss(leaves), leaves, GradOptions.defaults()),
        GraphRun.backward(graph),
        0);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void createGraphChangesNoFirstDerivative(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);

    Closeness.assertAllClose(
        "createGraph",
        GraphRun.gradients(graph.loss(leaves), leaves, GradOptions.createGraph()),
        GraphRun.backward(graph),
        0);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aSecondSweepDoublesExactly(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);
    Tensor loss = graph.loss(leaves);
    loss.backward(GradOptions.retainGraph());
    loss.backward();

    List<Grid> once = GraphRun.backward(graph);
    Closeness.assertAllClose(
        "twice",
        GraphRun.stored(leaves),
        once.stream().map(gradient -> gradient.map(x -> x + x)).toList(),
        0);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void gradientsOfTheOutputsAddUp(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);
    // Each output in a graph of its own, all over the same leaves.
    for (int output = 0; output < graph.outputs().size(); output++) {
      Tensor loss = graph.losses(leaves).get(output);
      if (loss.requiresGrad()) {
        loss.backward();
      }
    }

    Closeness.assertAllClose(
        "sum", GraphRun.stored(leaves), GraphRun.backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void severalOutputsInOneSweep(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);

    Autograd.backward(graph.losses(leaves).stream().filter(Tensor::requiresGrad).toList());

    Closeness.assertAllClose(
        "sum", GraphRun.stored(leaves), GraphRun.backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void theGradientIsLinearInTheSeed(@ForAll("graphs") RandomGraph graph, @ForAll long seed) {
    Flat flat = new Flat(graph);
    Tensor x = flat.point().withGrad();
    Tensor y = flat.outputs(x);
    Tensor u = Flat.random(y.size(), seed);
    Tensor v = Flat.random(y.size(), seed + 1);
    GradOptions options = GradOptions.retainGraph();

    Tensor whole = Autograd.grad(y, x, options.seed(u.mul(3).sub(v)));
    Tensor ofU = Autograd.grad(y, x, options.seed(u));
    Tensor ofV = Autograd.grad(y, x, options.seed(v));

    Closeness.assertClose(
        "combination", Grid.of(whole), Grid.of(ofU.mul(3).sub(ofV)), ROUNDING_BOUND);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void theOrderOfIndependentInstructionsChangesNothing(
      @ForAll("graphs") RandomGraph graph, @ForAll long seed) {
    RandomGraph other = graph.reordered(seed);

    assertThat(other.loss(other.variables()).item())
        .isEqualTo(graph.loss(graph.variables()).item());
    Closeness.assertAllClose("gradient", GraphRun.backward(other), GraphRun.backward(graph), 0);
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void namesChangeNothing(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = new ArrayList<>();
    GraphRun.leaves(graph).forEach(leaf -> leaves.add(leaf.named("leaf" + leaves.size())));

    graph.lossOf(graph.run(leaves, (from, to, value) -> value.named(to + "of" + from))).backward();

    Closeness.assertAllClose("gradient", GraphRun.stored(leaves), GraphRun.backward(graph), 0);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void trackedAndUntrackedValuesAreTheSame(@ForAll("largeGraphs") RandomGraph graph) {
    List<Tensor> tracked = graph.run(GraphRun.leaves(graph));
    List<Tensor> untracked = graph.run(graph.variables());

    for (int id = 0; id < tracked.size(); id++) {
      assertThat(untracked.get(id).requiresGrad()).isFalse();
      Closeness.assertClose("value " + id, Grid.of(tracked.get(id)), Grid.of(untracked.get(id)), 0);
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whatIsDetachedGetsNothing(@ForAll("graphs") RandomGraph graph, @ForAll int choice) {
    int cut = Math.floorMod(choice, graph.size());
    List<Tensor> leaves = GraphRun.leaves(graph);
    List<Tensor> values =
        graph.run(leaves, (from, to, value) -> from == cut ? value.detach() : value);
    List<Tensor> outputs =
        graph.outputs().stream()
            .filter(id -> id != cut)
            .map(values::get)
            .filter(Tensor::requiresGrad)
            .map(value -> value.sin().sum())
            .toList();
    if (!outputs.isEmpty()) {
      Autograd.backward(outputs);
    }

    boolean[] reached = reachedAround(graph, cut);
    int variable = 0;
    for (int id = 0; id < graph.size(); id++) {
      if (graph.operands(id).isEmpty() && !graph.isConstant(id)) {
        assertThat(leaves.get(variable).hasGrad()).as("leaf %s", id).isEqualTo(reached[id]);
        variable++;
      }
    }
  }

  /** Returns which values lead to an output on a way that does not pass one of them. */
  private static boolean[] reachedAround(RandomGraph graph, int cut) {
    boolean[] reached = new boolean[graph.size()];
    graph.outputs().forEach(id -> reached[id] = id != cut);
    for (int id = graph.size() - 1; id >= 0; id--) {
      if (reached[id] && id != cut) {
        graph.operands(id).forEach(operand -> reached[operand] |= operand != cut);
      }
    }
    return reached;
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void recomputingTheWholeChangesNothing(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);
    Tensor loss = Autograd.recompute(() -> graph.loss(leaves));
    loss.backward();

    assertThat(loss.item()).isEqualTo(graph.loss(graph.variables()).item());
    Closeness.assertAllClose("gradient", GraphRun.stored(leaves), GraphRun.backward(graph), 0);
  }

  @Provide
  Arbitrary<RandomGraph> recomputingGraphs() {
    // With two operands, one may be computed from the other, and sums change their order.
    return Graphs.of(Vocabulary.standard().map(RandomGraphProperties::recomputing), 20, 60);
  }

  private static GraphOp recomputing(GraphOp op) {
    return op.arity() == 1 ? op.around(Autograd::recompute) : op;
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void recomputingEachInstructionChangesNothing(@ForAll("recomputingGraphs") RandomGraph graph) {
    RandomGraph plain = graph.with(Vocabulary.standard());

    Closeness.assertAllClose("gradient", GraphRun.backward(graph), GraphRun.backward(plain), 0);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void singlePrecisionIsCloseToDouble(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> single = graph.variables().stream().map(x -> x.to(DType.F32).withGrad()).toList();
    Tensor loss = graph.loss(single);
    loss.backward();

    assertThat(loss.dtype()).isEqualTo(DType.F32);
    assertThat(single).allMatch(leaf -> !leaf.hasGrad() || leaf.grad().dtype() == DType.F32);
    Closeness.assertAllClose(
        "gradient", GraphRun.stored(single), GraphRun.backward(graph), SINGLE_BOUND);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everyEdgeIsPulledOnce(@ForAll("graphs") RandomGraph graph) {
    AtomicInteger calls = new AtomicInteger();
    List<Tensor> leaves = GraphRun.leaves(graph);
    List<Tensor> values =
        graph.run(
            leaves,
            (from, to, x) ->
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

    graph.lossOf(values).backward();

    assertThat(calls).hasValue(graph.edges());
    Closeness.assertAllClose(
        "gradient", GraphRun.stored(leaves), GraphRun.backward(graph), ROUNDING_BOUND);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void gradientsOfIntermediateValuesAreTheSameByEitherWay(@ForAll("graphs") RandomGraph graph) {
    List<Tensor> values = graph.run(GraphRun.leaves(graph));
    List<Tensor> tracked = values.stream().filter(Tensor::requiresGrad).distinct().toList();
    Tensor loss = graph.lossOf(values);
    Gradients byGrad = Autograd.grad(loss, tracked, GradOptions.retainGraph());
    tracked.forEach(Tensor::retainGrad);

    loss.backward();

    for (Tensor value : tracked) {
      Closeness.assertClose("intermediate", Grid.of(value.grad()), Grid.of(byGrad.of(value)), 0);
    }
  }
}
