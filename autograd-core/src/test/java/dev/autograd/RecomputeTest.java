package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.autograd.array.DType;
import dev.autograd.check.GradientCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Autograd#recompute}: the same numbers as without, and clear refusals. */
class RecomputeTest {

  /** A recurrent network whose weights every step shares. */
  private static final class Recurrence {
    private final Parameter w;
    private final Parameter v;
    private final List<Tensor> inputs = new ArrayList<>();

    Recurrence(DType dtype, int steps) {
      Random random = new Random(3);
      w = Parameter.of("w", Tensor.normal(random, dtype, 4, 4).mul(0.7));
      v = Parameter.of("v", Tensor.normal(random, dtype, 3, 4));
      for (int i = 0; i < steps; i++) {
        inputs.add(Tensor.normal(random, dtype, 2, 3));
      }
    }

    Tensor steps(Tensor state, int from, int to) {
      Tensor h = state;
      for (Tensor x : inputs.subList(from, to)) {
        h = h.matmul(w).add(x.matmul(v)).tanh();
      }
      return h;
    }

    Tensor pieces(Tensor state, int length) {
      Tensor h = state;
      for (int from = 0; from < inputs.size(); from += length) {
        int start = from;
        int end = Math.min(start + length, inputs.size());
        h = Autograd.recompute(s -> steps(s, start, end), h);
      }
      return h;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void sharedWeightsGetTheSameBits(DType dtype) {
    Recurrence net = new Recurrence(dtype, 12);
    Tensor start = Tensor.ones(dtype, 2, 4).withGrad();
    Gradients plain = Autograd.grad(net.steps(start, 0, 12).square().sum(), start, net.w, net.v);
    for (int length : new int[] {1, 3, 4, 5, 12}) {
      Tensor y = net.pieces(start, length).square().sum();
      Gradients recomputed = Autograd.grad(y, start, net.w, net.v);

      for (Tensor t : plain.inputs()) {
        assertThat(recomputed.of(t).array().hasSameBits(plain.of(t).array()))
            .as("pieces of %d, gradient of %s", length, t.shape())
            .isTrue();
      }
    }
  }

  @Test
  void backwardLeavesTheSameGradients() {
    Recurrence net = new Recurrence(DType.F64, 6);
    Tensor start = Tensor.ones(DType.F64, 2, 4);
    net.steps(start, 0, 6).sum().backward();
    Tensor plain = net.w.grad();
    net.w.zeroGrad();

    net.pieces(start, 2).sum().backward();

    assertThat(net.w.grad().array().hasSameBits(plain.array())).isTrue();
  }

  @Test
  void piecesNest() {
    Recurrence net = new Recurrence(DType.F64, 8);
    Tensor start = Tensor.ones(DType.F64, 2, 4).withGrad();
    Gradients plain = Autograd.grad(net.steps(start, 0, 8).sum(), start, net.w, net.v);

    Tensor y = Autograd.recompute(s -> net.pieces(s, 2), start).sum();
    Gradients nested = Autograd.grad(y, start, net.w, net.v);

    for (Tensor t : plain.inputs()) {
      assertThat(nested.of(t).array().hasSameBits(plain.of(t).array())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void hasDerivativesOfEveryOrder(int order) {
    UnaryOperator<Tensor> plain = t -> t.sin().mul(t).exp().sum();
    UnaryOperator<Tensor> pieces =
        t -> Autograd.recompute(u -> Autograd.recompute(s -> s.sin(), u).mul(t).exp().sum(), t);
    UnaryOperator<Tensor> expected = plain;
    UnaryOperator<Tensor> actual = pieces;
    for (int i = 0; i < order; i++) {
      expected = sumOfGradient(expected);
      actual = sumOfGradient(actual);
    }
    Tensor x = Tensor.of(0.3, -0.8);

    assertThat(actual.apply(x).allClose(expected.apply(x), 1e-14, 0)).isTrue();
  }

  private static UnaryOperator<Tensor> sumOfGradient(UnaryOperator<Tensor> f) {
    return x -> Autograd.grad(f).apply(x).sum();
  }

  @Test
  void passesTheGradientCheck() {
    Tensor w = Tensor.of(new double[][] {{0.2, -0.4}, {0.9, 0.1}});
    GradientCheck.of(
            (a, b) -> Autograd.recompute((p, q) -> p.matmul(q).tanh().slice(0, 0, 1), a, b))
        .at(w, w.mul(2))
        .order(2)
        .assertPasses();
  }

  @Test
  void slicesOfAnOperandAddIntoItsGradient() {
    Tensor x = Tensor.of(1, 2, 3, 4).withGrad();
    Supplier<Tensor> f = () -> x.slice(0, 0, 3).mul(x.slice(0, 1, 4)).add(x.at(0)).sum();
    Tensor plain = Autograd.grad(f.get(), x);

    Tensor again = Autograd.grad(Autograd.recompute(f).add(x.at(3)), x);

    assertThat(again.toDoubleArray())
        .containsExactly(plain.add(Tensor.of(0, 0, 0, 1)).toDoubleArray());
  }

  @Test
  void runsOncePerSweepAndOnceBefore() {
    AtomicInteger runs = new AtomicInteger();
    Tensor a = Tensor.of(1, 2).withGrad();
    Tensor b = Tensor.of(3, 4).withGrad();
    Tensor y =
        Autograd.recompute(
            () -> {
              runs.incrementAndGet();
              return a.mul(b).sum();
            });
    assertThat(runs).hasValue(1);

    y.backward(GradOptions.retainGraph());
    assertThat(runs).hasValue(2);
    y.backward();

    assertThat(runs).hasValue(3);
    assertThat(a.grad().toDoubleArray()).containsExactly(6, 8);
    assertThat(b.grad().toDoubleArray()).containsExactly(2, 4);
    assertThatExceptionOfType(ReleasedGraphException.class).isThrownBy(y::backward);
  }

  @Test
  void onlyWhatIsWantedIsSwept() {
    AtomicInteger pulled = new AtomicInteger();
    Tensor a = Tensor.of(1, 2).withGrad();
    Tensor b = Tensor.of(3, 4).withGrad();
    Tensor y =
        Autograd.recompute(
            () ->
                a.mul(
                        Tensor.custom(
                            "probe",
                            b.detach(),
                            b,
                            g -> {
                              pulled.incrementAndGet();
                              return g.mul(1);
                            }))
                    .sum());

    Autograd.grad(y, a);

    assertThat(pulled).hasValue(0);
  }

  @Test
  void isOneNodeOfAListing() {
    Tensor x = Tensor.of(1, 2).named("x").withGrad();
    try (Tape tape = Tape.open()) {
      Tensor y = Autograd.recompute(t -> t.sin().exp().sum(), x);
      y.backward();

      assertThat(tape.nodes()).extracting(Node::op).containsExactly("recompute");
      assertThat(tape.toString()).contains("recompute(%0)");
      assertThat(y.item()).isEqualTo(Math.exp(Math.sin(1)) + Math.exp(Math.sin(2)));
    }
    assertThat(x.grad().item(0)).isEqualTo(Math.exp(Math.sin(1)) * Math.cos(1));
  }

  @Test
  void whatIsNotTrackedIsReturnedAsItIs() {
    Tensor constant = Tensor.of(1, 2);
    Tensor leaf = Tensor.of(1, 2).withGrad();

    assertThat(Autograd.recompute(Tensor::sin, constant).requiresGrad()).isFalse();
    assertThat(Autograd.recompute(t -> t, leaf)).isSameAs(leaf);
    assertThat(Autograd.noGrad(() -> Autograd.recompute(Tensor::sin, leaf)).requiresGrad())
        .isFalse();
    assertThat(Autograd.recompute(t -> t.detach().sin(), leaf).item(0)).isEqualTo(Math.sin(1));
  }

  @Test
  void intermediateResultsDieWithTheRun() {
    List<Tensor> leaked = new ArrayList<>();
    Tensor x = Tensor.of(1, 2).withGrad();
    Tensor y =
        Autograd.recompute(
            t -> {
              Tensor sine = t.sin();
              leaked.add(sine);
              return sine.exp();
            },
            x);

    assertThatExceptionOfType(ClosedTapeException.class)
        .isThrownBy(() -> leaked.get(0).item(0))
        .withMessageContaining("keep()");
    y.sum().backward();
    assertThatExceptionOfType(ClosedTapeException.class).isThrownBy(() -> leaked.get(1).item(0));
  }

  @Test
  void aGradientThatIsAnIntermediateResultOutlivesTheRun() {
    Tensor x = Tensor.of(1, 2).withGrad();
    Tensor y =
        Autograd.recompute(
            t -> {
              Tensor sine = t.sin();
              return Tensor.custom("mine", t.detach(), t, g -> sine.detach());
            },
            x);
    y.sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(Math.sin(1), Math.sin(2));
  }

  @Test
  void aFunctionThatDoesNotRepeatItselfIsRefused() {
    Random random = new Random(1);
    Tensor x = Tensor.of(1, 2).withGrad();
    Tensor y = Autograd.recompute(t -> t.mul(random.nextDouble()).sum(), x);

    assertThatIllegalStateException()
        .isThrownBy(y::backward)
        .withMessageContaining("other numbers than the first time")
        .withMessageContaining("Replay.draw");
    assertThat(x.hasGrad()).isFalse();
    Tensor again = Autograd.recompute(t -> t.mul(random.nextDouble()).sum(), x);
    assertThatIllegalStateException()
        .isThrownBy(() -> Autograd.grad(again, x, GradOptions.createGraph()))
        .withMessageContaining("other numbers than the first time");
  }

  @Test
  void aFunctionThatReadsOtherTensorsIsRefused() {
    Tensor a = Tensor.of(1, 2).withGrad();
    Tensor b = Tensor.of(1, 2).withGrad();
    AtomicInteger runs = new AtomicInteger();
    Tensor y = Autograd.recompute(() -> (runs.getAndIncrement() == 0 ? a : b).sin().sum());

    assertThatIllegalStateException()
        .isThrownBy(y::backward)
        .withMessageContaining("other tracked tensors");
  }

  @Test
  void drawnStateIsRepeated() {
    AtomicLong passes = new AtomicLong();
    Tensor x = Tensor.of(2, 3).withGrad();
    UnaryOperator<Tensor> noisy =
        t ->
            t.pow((double) Replay.draw(passes::incrementAndGet)).mul((double) Replay.draw(() -> 5));
    Tensor y = Autograd.recompute(t -> Autograd.recompute(noisy, t).add(noisy.apply(t)).sum(), x);

    y.backward();

    assertThat(y.item()).isEqualTo(5 * (2 + 4 + 3 + 9));
    assertThat(x.grad().toDoubleArray()).containsExactly(5 * (1 + 4), 5 * (1 + 6));
    assertThat(passes).hasValue(2);
  }

  @Test
  void drawingMoreThanTheFirstTimeIsRefused() {
    AtomicInteger runs = new AtomicInteger();
    Tensor x = Tensor.of(2, 3).withGrad();
    Tensor y =
        Autograd.recompute(
            t -> {
              for (int i = runs.getAndIncrement(); i >= 0; i--) {
                Replay.draw(() -> 1);
              }
              return t.sin().sum();
            },
            x);

    assertThatExceptionOfType(PullbackException.class)
        .isThrownBy(y::backward)
        .withMessageContaining("drew random state more often");
  }

  @Test
  void anUpdatedParameterIsRefused() {
    Parameter w = Parameter.of("w", Tensor.of(1, 2));
    Tensor y = Autograd.recompute(() -> w.add(1).sum());
    w.assign(Tensor.of(3, 4));

    assertThatExceptionOfType(StaleValueException.class)
        .isThrownBy(y::backward)
        .withMessageContaining("\"w\"");
  }

  @Test
  void aFailureInTheSecondRunChangesNothing() {
    AtomicInteger runs = new AtomicInteger();
    Tensor x = Tensor.of(1, 2).withGrad();
    Tensor y =
        Autograd.recompute(
            t -> {
              if (runs.getAndIncrement() == 1) {
                throw new IllegalArgumentException("no memory of this");
              }
              return t.exp().sum();
            },
            x);

    assertThatExceptionOfType(PullbackException.class)
        .isThrownBy(() -> y.backward(GradOptions.retainGraph()))
        .withMessageContaining("recompute")
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(x.hasGrad()).isFalse();
    assertThat(Recorder.current().tape()).isNull();
    assertThat(Recorder.current().recording()).isTrue();

    y.backward();
    assertThat(x.grad().item(0)).isEqualTo(Math.E);
  }

  @Test
  void anInnerGradientIsPartOfTheFunction() {
    // d/dx [x · d/dy (x + y)] = 1: the inner variable is none of the outer's.
    UnaryOperator<Tensor> f =
        x ->
            Autograd.recompute(
                t ->
                    t.mul(
                        Autograd.grad((UnaryOperator<Tensor>) y -> t.add(y))
                            .apply(Tensor.scalar(2))),
                x);

    assertThat(Autograd.grad(f).apply(Tensor.scalar(3)).item()).isEqualTo(1);
  }

  @Test
  void sweepsOfOneRetainedGraphRunOnAnyThread() throws Exception {
    Recurrence net = new Recurrence(DType.F64, 4);
    Tensor start = Tensor.ones(DType.F64, 2, 4).withGrad();
    Tensor y = net.pieces(start, 2).sum();
    Tensor expected = Autograd.grad(net.steps(start, 0, 4).sum(), net.w);

    List<Tensor> found =
        InParallel.times(4, () -> Autograd.grad(y, net.w, GradOptions.retainGraph()));

    assertThat(found).hasSize(4);
    assertThat(found).allMatch(g -> g.array().hasSameBits(expected.array()));
  }

  @Test
  void anUpdatedFrozenParameterIsRefused() {
    Parameter p = Parameter.of("p", Tensor.scalar(2));
    p.freeze();
    Tensor x = Tensor.scalar(0).withGrad();
    Tensor y = Autograd.recompute(t -> t.mul(p), x);
    // The value stays 0, but the derivative does not stay 2.
    p.assign(Tensor.scalar(3));

    assertThatExceptionOfType(StaleValueException.class).isThrownBy(y::backward);
  }

  @Test
  void aParameterFrozenSinceGetsNoGradient() {
    Parameter w = Parameter.of("w", Tensor.scalar(2));
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = Autograd.recompute(t -> t.mul(w), x);
    w.freeze();

    y.backward();

    assertThat(x.grad().item()).isEqualTo(2);
    w.unfreeze();
    assertThat(w.hasGrad()).isFalse();
  }

  @Test
  void hooksOnOperandsAreNotRegisteredAgain() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y =
        Autograd.recompute(
            t -> {
              t.replaceGrad(g -> g.mul(2));
              Tensor inner = t.square();
              inner.replaceGrad(g -> g.mul(10));
              return inner;
            },
            x);

    y.backward(GradOptions.retainGraph());
    assertThat(x.grad().item()).isEqualTo(2 * 10 * 6);
    y.backward();
    assertThat(x.grad().item()).isEqualTo(2 * 2 * 10 * 6);
  }

  @Test
  void aRecordedGradientInsideARecomputationIsRepeated() {
    UnaryOperator<Tensor> cube = u -> Autograd.recompute(v -> v.square().mul(v), u);
    Tensor x = Tensor.scalar(2).withGrad();

    Autograd.recompute(t -> Autograd.grad(cube).apply(t), x).backward();

    assertThat(x.grad().item()).isEqualTo(6 * 2);
  }

  @Test
  void aRecordedGradientIsSweptOnAnyThread() throws Exception {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor y = Autograd.recompute(t -> t.square().mul(t), x);
    Tensor slope = Autograd.grad(y, x, GradOptions.createGraph());

    assertThat(InParallel.elsewhere(() -> Autograd.grad(slope, x).item())).isEqualTo(12);
  }

  @Test
  void nothingRunsAgainForAGradientOfTheResult() {
    AtomicInteger runs = new AtomicInteger();
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor h =
        Autograd.recompute(
            t -> {
              runs.incrementAndGet();
              return t.square();
            },
            x);

    assertThat(Autograd.grad(h.mul(3), h).item()).isEqualTo(3);
    assertThat(runs).hasValue(1);
  }
}
