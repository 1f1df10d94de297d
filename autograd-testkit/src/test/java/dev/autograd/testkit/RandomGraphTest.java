package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomGraphTest {

  private static final Vocabulary SMALL =
      Vocabulary.of(
          GraphOp.unary("sin", "a.sin()", a -> a.sin()),
          GraphOp.binary("add", "a.add(b)", (a, b) -> a.add(b)));

  @Test
  void zerosDescribeTheSimplestGraph() {
    RandomGraph graph =
        RandomGraph.of(SMALL, List.of(0), List.of(new Gene(0, 0, 0, 0), new Gene(1, 0, 0, 0)));

    assertThat(graph.ops()).extracting(GraphOp::name).containsExactly("sin", "add");
    assertThat(graph.operands(1)).containsExactly(0);
    assertThat(graph.operands(2)).containsExactly(1, 1);
    assertThat(graph.outputs()).containsExactly(2);
    assertThat(graph.depth()).isEqualTo(2);
    assertThat(graph.edges()).isEqualTo(3);
  }

  @Test
  void itPrintsAsAProgram() {
    RandomGraph graph =
        RandomGraph.of(SMALL, List.of(1), List.of(new Gene(0, 0, 0, 0), new Gene(1, 0, 1, 0)));
    double value = graph.variables().get(0).item();

    assertThat(graph.toString())
        .contains(
            "class Reproduction {",
            "    Tensor v0 = Tensor.of(Shape.of(), " + value + ").withGrad();\n",
            "    Tensor v1 = v0.sin().mul(8.0).add(-8.0);\n",
            "    Tensor v2 = v1.add(v0)",
            "    Tensor loss = v2.sin().sum();\n");
  }

  @Test
  void otherEnginesRunIt() {
    RandomGraph graph = RandomGraph.draw(SMALL, 3, 50);
    Engine<Tensor> slow =
        new Engine<>() {
          @Override
          public Tensor leaf(Tensor value) {
            return value;
          }

          @Override
          public Tensor apply(GraphOp op, List<Tensor> operands, int... numbers) {
            return op.name().equals("sin")
                ? operands.get(0).map(Math::sin)
                : operands.get(0).add(operands.get(1));
          }

          @Override
          public Tensor affine(Tensor x, double scale, double shift) {
            return x.mul(scale).add(shift);
          }
        };

    List<Tensor> own = graph.run(graph.variables());
    List<Tensor> others = graph.runOn(slow, graph.variables());

    assertThat(others).hasSameSizeAs(own).hasSize(graph.size());
    for (int id = 0; id < own.size(); id++) {
      assertThat(others.get(id).allClose(own.get(id), 1e-14, 1e-14)).isTrue();
    }
  }

  @Test
  void whatCannotBeAGraphIsRefused() {
    assertThatThrownBy(() -> RandomGraph.of(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("random graph: the leaves are []; there must be one, and all 0 or more");
    assertThatThrownBy(() -> new Gene(1, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gene: the numbers are 1, -1, 0 and 0; all must be 0 or more");
    assertThatThrownBy(() -> Vocabulary.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vocabulary: at least one operation is needed");
    GraphOp twin = GraphOp.unary("sin", "a.sin()", a -> a.sin());
    assertThatThrownBy(() -> Vocabulary.of(twin, twin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vocabulary: there are two operations named 'sin'");
  }

  @Test
  void anOperationOfYourOwnReplacesOneOfTheSameName() {
    GraphOp own = GraphOp.unary("sin", "My.sin(a)", a -> a.sin());

    assertThat(SMALL.with(own).ops())
        .extracting(GraphOp::text)
        .containsExactly("My.sin(a)", "a.add(b)");
  }
}
