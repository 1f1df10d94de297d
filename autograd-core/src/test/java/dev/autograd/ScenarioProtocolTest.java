package dev.autograd;

import static dev.autograd.array.DType.F32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How sweeps follow one another: one test per numbered scenario. */
class ScenarioProtocolTest {

  private static Tensor leaf(double value) {
    return Tensor.scalar(value).withGrad();
  }

  @Test
  void scenario15SecondBackwardAfterRelease() {
    Tensor x = leaf(3);
    Tensor saves = x.mul(x);
    saves.backward();
    assertThatThrownBy(saves::backward)
        .isInstanceOf(ReleasedGraphException.class)
        .hasMessageContaining("retainGraph");
    assertThat(x.grad().item()).isEqualTo(6);

    Tensor z = leaf(3);
    Tensor savesNothing = z.add(z).add(1);
    savesNothing.backward();
    assertThatThrownBy(savesNothing::backward).isInstanceOf(ReleasedGraphException.class);
    assertThat(z.grad().item()).isEqualTo(2);
  }

  @Test
  void scenario16RetainThenBackwardAgain() {
    Tensor x = leaf(2);
    Tensor h = x.square();
    Tensor y = h.square();
    y.backward(GradOptions.retainGraph());
    assertThat(x.grad().item()).isEqualTo(32);
    y.backward();
    // Not 96: what the first sweep computed for h must not be counted again.
    assertThat(x.grad().item()).isEqualTo(64);
    assertThat(h.hasGrad()).isFalse();
  }

  @Test
  void scenario17AccumulationAndZeroing() {
    Tensor x = leaf(2);
    x.square().backward();
    Tensor handedOut = x.grad();
    x.mul(10).backward();
    assertThat(handedOut.item()).isEqualTo(4);
    assertThat(x.grad().item()).isEqualTo(14);

    x.zeroGrad();
    assertThat(x.hasGrad()).isFalse();

    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      x.mul(bad).backward();
      assertThat(x.grad().toDoubleArray()).containsExactly(bad);
      x.zeroGrad();
      x.mul(3).backward();
      assertThat(x.grad().item()).isEqualTo(3);
      x.zeroGrad();
    }
  }

  @Test
  void scenario18RootsAndSeeds() {
    Tensor x = Tensor.of(1.0, 2, 3).withGrad();
    assertThatThrownBy(() -> x.square().backward())
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "backward: the output has shape [3]; pass a seed, or reduce it to a scalar with sum()"
                + " or mean()");

    Tensor one = Tensor.of(new double[][] {{4}}).withGrad();
    one.square().backward();
    assertThat(one.grad().shape()).isEqualTo(one.shape());
    assertThat(one.grad().item()).isEqualTo(8);

    Tensor y = x.square();
    assertThatThrownBy(() -> y.backward(Tensor.of(1.0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("backward: the output has shape [3] and the seed [2]; they must be equal");
    assertThatThrownBy(() -> y.backward(Tensor.ones(F32, 3)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("backward: the output is F64 and the seed F32; convert the seed with to(F64)");
    assertThat(x.hasGrad()).isFalse();

    // A refused seed has not touched the graph.
    y.backward(Tensor.of(1.0, 10, 100));
    assertThat(x.grad().toDoubleArray()).containsExactly(2, 40, 600);
  }

  @Test
  void scenario19RootsAndLeavesThatCannotHaveAGradient() {
    assertThatThrownBy(() -> Tensor.scalar(3).sin().backward())
        .isInstanceOf(NotTrackedException.class)
        .hasMessage(
            "backward: the output is not tracked (tensor F64[]): nothing it was computed from has"
                + " withGrad(), or detach() or noGrad() cut the graph");
    assertThatThrownBy(() -> Tensor.indices(1, 2).withGrad())
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("I32");
    assertThatThrownBy(() -> Tensor.of(1.0).gt(0).withGrad())
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("BOOL");
  }

  @Test
  void scenario20GradientsOfGradients() {
    Tensor x = leaf(0.7);
    Tensor d1 = Autograd.grad(x.square().mul(x).mul(x.sin()), x, GradOptions.createGraph());
    Tensor d2 = Autograd.grad(d1, x, GradOptions.createGraph());
    Tensor d3 = Autograd.grad(d2, x);
    double sin = Math.sin(0.7);
    double cos = Math.cos(0.7);
    assertThat(d1.item()).isCloseTo(3 * 0.49 * sin + 0.343 * cos, within(1e-15));
    assertThat(d2.item()).isCloseTo(6 * 0.7 * sin + 6 * 0.49 * cos - 0.343 * sin, within(1e-14));
    assertThat(d3.item())
        .isCloseTo(6 * sin + 18 * 0.7 * cos - 9 * 0.49 * sin - 0.343 * cos, within(1e-14));
    assertHessianVectorProduct();
  }

  private static void assertHessianVectorProduct() {
    UnaryOperator<Tensor> f = x -> x.prod().mul(x.square().sum()).tanh();
    Tensor at = Tensor.of(0.4, -0.6, 0.9);
    Tensor v = Tensor.of(1.0, 2, -1);
    Tensor x = at.withGrad();
    Tensor g = Autograd.grad(f.apply(x), x, GradOptions.createGraph());
    Tensor product = Autograd.grad(g.dot(v), x);
    double h = 1e-6;
    Tensor up = Autograd.grad(f).apply(at.add(v.mul(h)));
    Tensor down = Autograd.grad(f).apply(at.sub(v.mul(h)));
    assertThat(product.allClose(up.sub(down).div(2 * h), 1e-7, 1e-9)).isTrue();
  }

  @Test
  void scenario21BackwardInsideBackward() {
    Tensor x = leaf(2);
    Tensor innerLeaf = leaf(5);
    Tensor innerLoss = innerLeaf.square();
    AtomicBoolean recordingAfter = new AtomicBoolean(true);
    Tensor y =
        Tensor.custom(
            "outer",
            Tensor.scalar(4),
            x,
            g -> {
              Sweep outer = Recorder.current().sweep();
              innerLoss.backward();
              assertThat(outer).isNotNull().isSameAs(Recorder.current().sweep());
              recordingAfter.set(Recorder.current().recording());
              return g.mul(innerLeaf.grad());
            });
    y.mul(3).backward();
    assertThat(innerLeaf.grad().item()).isEqualTo(10);
    assertThat(x.grad().item()).isEqualTo(30);
    assertThat(recordingAfter).isFalse();
    assertThat(Recorder.current().recording()).isTrue();
    assertThat(Recorder.current().sweep()).isNull();

    // Some 17 frames each: 200 overflow a stack of 1 MB before they are compiled.
    Tensor deep = nested(x, 50);
    x.zeroGrad();
    deep.backward();
    assertThat(x.grad().item()).isEqualTo(51);
  }

  /**
   * A sweep whose pullback runs a sweep whose pullback runs a sweep, ...: 1 + the inner gradient.
   */
  private static Tensor nested(Tensor x, int depth) {
    if (depth == 0) {
      return x.mul(1);
    }
    UnaryOperator<Tensor> inner = Autograd.grad((UnaryOperator<Tensor>) t -> nested(t, depth - 1));
    return Tensor.custom("nested", x.detach(), x, g -> g.mul(inner.apply(x.detach()).add(1)));
  }

  @Test
  void scenario21ErrorInTheInnerSweep() {
    Tensor x = leaf(2);
    IllegalStateException broken = new IllegalStateException("broken");
    Tensor failing =
        Tensor.custom(
            "failing",
            Tensor.scalar(1),
            leaf(1),
            g -> {
              throw broken;
            });
    Tensor y =
        Tensor.custom(
            "outer",
            Tensor.scalar(4),
            x,
            g -> {
              failing.backward();
              return g;
            });
    assertThatThrownBy(y::backward)
        .isInstanceOf(PullbackException.class)
        .hasMessageContaining("'outer'")
        .hasRootCause(broken)
        .cause()
        .isInstanceOf(PullbackException.class)
        .hasMessageContaining("'failing'");
    assertThat(x.hasGrad()).isFalse();
    assertThat(Recorder.current().recording()).isTrue();
    assertThat(Recorder.current().sweep()).isNull();
  }

  @Test
  void scenario22FailureMidway() {
    AtomicBoolean fails = new AtomicBoolean(true);
    Tensor early = leaf(3);
    Tensor late = leaf(2);
    Parameter weight = Parameter.of("w", Tensor.scalar(4));
    early.mul(7).backward();
    Tensor fragile =
        Tensor.custom(
            "fragile",
            Tensor.scalar(2),
            late,
            g -> {
              if (fails.getAndSet(false)) {
                throw new IllegalArgumentException("once");
              }
              return g;
            });
    try (Tape tape = Tape.open()) {
      // early and weight get their gradients before fragile's pullback runs.
      Tensor loss = fragile.mul(weight).add(early.square());
      assertThatThrownBy(() -> loss.backward(GradOptions.retainGraph()))
          .isInstanceOf(PullbackException.class);
      assertThat(early.grad().item()).isEqualTo(7);
      assertThat(late.hasGrad()).isFalse();
      assertThat(weight.hasGrad()).isFalse();
      assertThat(weight.item()).isEqualTo(4);
      assertThat(Recorder.current().recording()).isTrue();
      assertThat(Recorder.current().sweep()).isNull();
      assertThat(tape.nodes()).extracting(Node::op).containsExactly("mul", "square", "add");

      loss.backward();
      assertThat(early.grad().item()).isEqualTo(13);
      assertThat(late.grad().item()).isEqualTo(4);
      assertThat(weight.grad().item()).isEqualTo(2);
    }
  }
}
