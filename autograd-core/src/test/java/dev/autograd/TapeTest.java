package dev.autograd;

import static dev.autograd.ClosedTape.assertDead;
import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a tape lists, and how it is opened and left; lifetimes are {@link LifetimeTest}'s. */
class TapeTest {

  private final Tensor x = Tensor.of(1.0, 2.0).withGrad().named("x");

  @AfterEach
  void closeTapes() {
    ClosedTape.closeAll();
  }

  @Nested
  class Nodes {

    private final Tape tape = Tape.open();

    private List<String> ops() {
      return tape.nodes().stream().map(Node::op).toList();
    }

    @Test
    void areTheOperationsInOrderOfRecording() {
      Tensor a = x.sin();
      Tensor b = x.cos();
      b.mul(a).sum();
      assertThat(ops()).containsExactly("sin", "cos", "mul", "sum");
      assertThat(tape.nodes()).extracting(Node::id).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void describeTheOperation() {
      Tensor y = x.mul(Tensor.of(3.0, 4.0)).sum(0).named("loss");
      Node mul = tape.nodes().get(0);
      Node sum = tape.nodes().get(1);
      assertThat(sum.name()).isEqualTo("loss");
      assertThat(sum.inputs()).containsExactly(mul);
      assertThat(sum.attributes()).containsOnlyKeys("axes");
      assertThat(sum.shape()).isEqualTo(y.shape());
      assertThat(sum.dtype()).isEqualTo(DType.F64);
      assertThat(mul.inputs()).extracting(Node::op).containsExactly("leaf", "constant");
      assertThat(mul.inputs()).extracting(Node::name).containsExactly("x", "");
      assertThat(mul.attributes()).isEqualTo(Map.of());
    }

    @Test
    void ofParametersCarryTheirName() {
      Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
      w.exp();
      assertThat(tape.nodes().get(0).inputs())
          .singleElement()
          .satisfies(
              node -> {
                assertThat(node.op()).isEqualTo("parameter");
                assertThat(node.name()).isEqualTo("w");
                assertThat(node.inputs()).isEmpty();
              });
    }

    @Test
    void leaveOutWhatIsNotRecorded() {
      x.detach().mul(2);
      Autograd.noGrad(() -> x.mul(2));
      x.gt(0);
      Tensor.ones(DType.F64, 2).add(1);
      assertThat(ops()).isEmpty();
    }

    @Test
    void includeARecordedSweepAndNoOther() {
      Tensor y = x.mul(x).sum();
      Autograd.grad(y, x, GradOptions.retainGraph());
      assertThat(ops()).containsExactly("mul", "sum");
      Autograd.grad(y, x, GradOptions.createGraph());
      assertThat(ops()).hasSizeGreaterThan(2).startsWith("mul", "sum");
    }

    @Test
    void areReadableAfterASweepAndAfterClosing() {
      x.mul(x).sum().backward();
      String before = tape.toString();
      tape.close();
      assertThat(ops()).containsExactly("mul", "sum");
      assertThat(tape).hasToString(before);
      assertThat(tape.toDot()).contains("mul");
      assertThat(tape.toMermaid()).contains("mul");
      x.sin();
      assertThat(ops()).containsExactly("mul", "sum");
    }

    @Test
    void areACopyThatDoesNotChange() {
      x.sin();
      List<Node> nodes = tape.nodes();
      x.cos();
      assertThat(nodes).hasSize(1);
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(nodes::clear);
    }

    @Test
    void ofNestedTapesStayApart() {
      Tensor a = x.sin();
      Tape inner = Tape.open();
      a.cos();
      inner.close();
      assertThat(ops()).containsExactly("sin");
      assertThat(inner.nodes()).extracting(Node::op).containsExactly("cos");
      assertThat(inner.nodes().get(0).inputs()).containsExactly(a.vertex());
    }
  }

  @Nested
  class Text {

    @Test
    void listsOperationsWithTheirInputs() {
      Tape tape = Tape.open();
      Tensor a = x.tanh().named("A1");
      a.mul(2).sum();
      assertThat(tape)
          .hasToString(
              """
              %0  leaf                 F64[2]  "x"
              %1  tanh(%0)             F64[2]  "A1"
              %2  constant(value=2.0)  F64[]
              %3  mul(%1, %2)          F64[2]
              %4  sum(%3, axes=all)    F64[]
              """);
    }

    @Test
    void ofAnInnerTapeShowsOuterResultsWithoutWhereTheyCameFrom() {
      Tape.open();
      Tensor a = x.tanh();
      Tape inner = Tape.open();
      a.neg();
      assertThat(inner).hasToString("%0  tanh(?)  F64[2]\n%1  neg(%0)  F64[2]\n");
    }

    @Test
    void drawsWhatItLists() {
      Tape tape = Tape.open();
      x.tanh().sum();
      assertThat(tape.toDot()).contains("\"n0\" -> \"n1\"").contains("\"n1\" -> \"n2\"");
      assertThat(tape.toMermaid()).contains("n0 --> n1").contains("n1 --> n2");
      assertThat(x.tanh().toDot()).contains("\"n0\" -> \"n1\"");
      assertThat(x.tanh().toMermaid()).contains("n0 --> n1");
    }
  }

  @Nested
  class Named {

    @Test
    void labelsTheNodeAndAddsNoOperation() {
      Tape tape = Tape.open();
      Tensor y = x.sin();
      assertThat(y.named("Z1")).isSameAs(y);
      assertThat(y.name()).isEqualTo("Z1");
      assertThat(tape.nodes()).singleElement().extracting(Node::name).isEqualTo("Z1");
    }

    @Test
    void shortensTheTextOfGradients() {
      Tensor z = x.mul(3).named("Z1");
      Gradients d = Autograd.grad(z.sum(), z, x);
      assertThat(d).hasToString("dZ1 = [1. 1.]" + System.lineSeparator() + "dx = [3. 3.]");
    }
  }

  @Nested
  class Scope {

    @Test
    void returnsWhatTheCodeReturns() {
      assertThat(Tape.scope(() -> "result")).isEqualTo("result");
      assertThat(Recorder.current().tape()).isNull();
    }

    @Test
    void handsOnExceptionsAndRestoresTheOuterTape() {
      Tape outer = Tape.open();
      Supplier<Tensor> failing =
          () -> {
            x.sin();
            throw new IllegalArgumentException("inside");
          };
      Runnable failingWithoutResult =
          () -> {
            x.sin();
            throw new IllegalArgumentException("inside");
          };
      assertThatThrownBy(() -> Tape.scope(failing)).hasMessage("inside");
      assertThatThrownBy(() -> Tape.scope(failingWithoutResult)).hasMessage("inside");
      assertThat(Recorder.current().tape()).isSameAs(outer);
      x.cos();
      assertThat(outer.nodes()).extracting(Node::op).containsExactly("cos");
    }

    @Test
    void refusesCodeThatClosesItsTape() {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  Tape.scope(
                      () -> {
                        ClosedTape.closeAll();
                        return x.sin();
                      }))
          .withMessageContaining("leave that to it");
      assertThatIllegalStateException()
          .isThrownBy(() -> Tape.scope(ClosedTape::closeAll))
          .withMessageContaining("leave that to it");
      assertThat(Recorder.current().tape()).isNull();
    }

    @Test
    void closesTapesThatTheCodeLeftOpen() {
      Tape outer = Tape.open();
      Tensor y =
          Tape.scope(
                  () -> {
                    Tape.open();
                    return List.of(x.sin());
                  })
              .get(0);
      assertDead(y);
      assertThat(Recorder.current().tape()).isSameAs(outer);
    }

    @Test
    void isRecordingAsOutside() {
      assertThat(Autograd.noGrad(() -> Tape.scope(() -> x.mul(2).requiresGrad()))).isFalse();
    }
  }

  @Nested
  class SeveralGraphs {

    @Test
    void mayBeRecordedInterleavedOnOneTape() {
      Tape tape = Tape.open();
      Tensor z = Tensor.of(5.0, 7.0).withGrad();
      Tensor a = x.square();
      Tensor b = z.square();
      Tensor c = a.sum();
      Tensor d = b.sum();
      c.backward();
      d.backward();
      assertThat(tape.nodes())
          .extracting(Node::op)
          .containsExactly("square", "square", "sum", "sum");
      assertReads(x.grad(), 2, 4);
      assertReads(z.grad(), 10, 14);
    }

    @Test
    void ofTwoTapesMeetInOneOperation() {
      Tape.open();
      Tensor a = x.square();
      Tape inner = Tape.open();
      Tensor b = x.exp();
      a.mul(b.detach()).sum().backward();
      assertThat(inner.nodes()).extracting(Node::op).containsExactly("exp", "mul", "sum");
      assertReads(x.grad(), 2 * Math.exp(1), 4 * Math.exp(2));
      inner.close();
      assertThatThrownBy(() -> a.add(b)).isInstanceOf(ClosedTapeException.class);
    }
  }

  @Nested
  class TryWithResources {

    @Test
    void closesWhenTheBodyFails() {
      Tensor[] made = new Tensor[1];
      assertThatThrownBy(
              () -> {
                try (Tape tape = Tape.open()) {
                  made[0] = x.mul(2);
                  assertThat(tape.nodes()).hasSize(1);
                  throw new IllegalArgumentException("inside");
                }
              })
          .hasMessage("inside");
      assertDead(made[0]);
      assertThat(Recorder.current().tape()).isNull();
    }

    @Test
    void leavesNoTraceOfAFailedSweep() {
      try (Tape tape = Tape.open()) {
        assertThatThrownBy(() -> x.mul(2).backward()).isInstanceOf(ShapeException.class);
        x.mul(3).sum().backward();
        assertThat(tape.nodes()).hasSize(3);
      }
      assertReads(x.grad(), 3, 3);
    }
  }
}
