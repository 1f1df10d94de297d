package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Depth without recursion, and memory that is free as soon as nobody can need it. */
class GraphSharingTest {

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  /** Returns whether the garbage collector clears a reference. */
  private static boolean isFreed(WeakReference<?> reference) {
    for (int attempt = 0; attempt < 20 && reference.get() != null; attempt++) {
      System.gc();
    }
    return reference.get() == null;
  }

  @Nested
  class OnASmallStack {

    private static final int DEPTH = 1_000_000;

    private <T> T run(Callable<T> task) throws Exception {
      FutureTask<T> future = new FutureTask<>(task);
      Thread thread = new Thread(null, future, "small", 512 * 1024);
      thread.setDaemon(true);
      thread.start();
      return future.get(120, TimeUnit.SECONDS);
    }

    private Tensor chain(Tensor x, int depth) {
      Tensor y = x;
      for (int i = 0; i < depth; i++) {
        y = y.add(x);
      }
      return y;
    }

    @Test
    void aMillionOperationsAreRecordedSweptAndFreed() throws Exception {
      WeakReference<Tensor> middle =
          run(
              () -> {
                Tensor x = Tensor.scalar(1).withGrad();
                Tensor half = chain(x, DEPTH / 2);
                chain(half, DEPTH / 2).backward();
                assertThat(x.grad().item()).isEqualTo((DEPTH / 2 + 1.0) * (DEPTH / 2 + 1.0));
                return new WeakReference<>(half);
              });
      assertThat(isFreed(middle)).isTrue();
    }

    @Test
    void aMillionUnsweptOperationsAreFreed() throws Exception {
      WeakReference<Node> first =
          run(
              () -> {
                Tensor x = Tensor.scalar(1).withGrad();
                Tensor one = x.mul(x);
                assertThat(chain(one, DEPTH).item()).isEqualTo(DEPTH + 1.0);
                return new WeakReference<>(one.vertex());
              });
      assertThat(isFreed(first)).isTrue();
    }

    @Test
    void aMillionOperationsAreRecordedOnATapeAndListed() throws Exception {
      int listed =
          run(
              () -> {
                Tensor x = Tensor.scalar(1).withGrad();
                Tape tape = Tape.open();
                try {
                  Tensor y = chain(x, DEPTH);
                  y.backward();
                  assertThat(y.nodes()).hasSize(DEPTH + 1).last().isSameAs(y.vertex());
                  return tape.nodes().size();
                } finally {
                  tape.close();
                }
              });
      assertThat(listed).isEqualTo(DEPTH);
    }

    @Test
    void aDeepSweepIsRecordedAndSweptAgain() throws Exception {
      double second =
          run(
              () -> {
                Tensor x = Tensor.scalar(1).withGrad();
                Tensor y = chain(x, DEPTH / 10).square();
                Tensor g = Autograd.grad(y, x, GradOptions.createGraph());
                return Autograd.grad(g, x).item();
              });
      double slope = DEPTH / 10 + 1.0;
      assertThat(second).isEqualTo(2 * slope * slope);
    }
  }

  @Nested
  class AfterASweep {

    /** Leaves, in the end, nothing of a graph but its root and its leaf. */
    private record Remains(Tensor x, Tensor y, List<WeakReference<Tensor>> intermediates) {

      static Remains of(Function<Tensor, Tensor> last) {
        Tensor x = leaf(1, 2);
        Tensor a = x.sin();
        Tensor b = a.mul(a);
        Tensor c = b.sin().exp();
        return new Remains(x, last.apply(c), List.of(weak(a), weak(b), weak(c)));
      }

      private static WeakReference<Tensor> weak(Tensor t) {
        return new WeakReference<>(t);
      }

      void assertFreed() {
        assertThat(intermediates).allMatch(GraphSharingTest::isFreed);
        assertThat(x.requiresGrad() && y.requiresGrad()).isTrue();
      }
    }

    @Test
    void savedIntermediatesAreFreed() {
      Remains remains = Remains.of(Tensor::sum);
      remains.y().backward();
      remains.assertFreed();
    }

    @Test
    void savedIntermediatesOfBranchesNotAskedForAreFreedToo() {
      Tensor other = leaf(5, 6);
      Remains remains = Remains.of(c -> c.mul(other).sum());
      Autograd.grad(remains.y(), other);
      remains.assertFreed();
    }

    @Test
    void savedIntermediatesOfAnOpenTapeAreFreed() {
      Tape tape = Tape.open();
      try {
        Remains remains = Remains.of(Tensor::sum);
        remains.y().backward();
        remains.assertFreed();
        assertThat(tape.nodes())
            .extracting(Node::op)
            .containsExactly("sin", "mul", "sin", "exp", "sum");
      } finally {
        tape.close();
      }
    }

    @Test
    void savedIntermediatesOfARetainedGraphStay() {
      Remains remains = Remains.of(Tensor::sum);
      remains.y().backward(GradOptions.retainGraph());
      System.gc();
      assertThat(remains.intermediates()).allMatch(saved -> saved.get() != null);
      remains.y().backward();
      remains.assertFreed();
    }

    @Test
    void savedIntermediatesAreFreedAlsoIfItFailed() {
      Remains remains =
          Remains.of(
              c -> {
                Pullback failing =
                    g -> {
                      throw new IllegalArgumentException("mine");
                    };
                return Tensor.custom("failing", c.detach(), c, failing).sum();
              });
      assertThatThrownBy(() -> remains.y().backward()).isInstanceOf(PullbackException.class);
      remains.assertFreed();
    }

    @Test
    void leavesDoNotHoldTheGraphThatWasSwept() {
      Tensor x = leaf(1, 2);
      assertThat(isFreed(sweep(x))).isTrue();
      assertThat(x.hasGrad()).isTrue();
    }

    @Test
    void leavesDoNotHoldTheGraphOfASweepThatFailed() {
      Tensor x = leaf(1, 2);
      assertThat(isFreed(failingSweep(x))).isTrue();
      assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void leavesDoNotHoldAGraphThatWasKeptForHigherOrders() {
      Tensor x = leaf(1, 2);
      assertThat(isFreed(recordedSweep(x))).isTrue();
      assertThat(x.requiresGrad()).isTrue();
    }

    private WeakReference<Node> sweep(Tensor x) {
      Tensor y = x.sin().sum();
      y.backward();
      return new WeakReference<>(y.vertex());
    }

    private WeakReference<Node> failingSweep(Tensor x) {
      Pullback failing =
          g -> {
            throw new IllegalArgumentException("mine");
          };
      Tensor y = Tensor.custom("failing", x.detach(), x, failing).sum();
      assertThatThrownBy(y::backward).isInstanceOf(PullbackException.class);
      return new WeakReference<>(y.vertex());
    }

    private WeakReference<Node> recordedSweep(Tensor x) {
      Tensor y = x.sin().sum();
      Tensor g = Autograd.grad(y, x, GradOptions.createGraph());
      Autograd.grad(g.sum(), x);
      return new WeakReference<>(y.vertex());
    }

    @Test
    void whatATapeKeptDoesNotHoldTheTape() {
      List<WeakReference<Tape>> tapes = new ArrayList<>();
      Tensor kept = keptFromATape(tapes);
      assertThat(isFreed(tapes.get(0))).isTrue();
      assertReads(kept, 2);
    }

    private Tensor keptFromATape(List<WeakReference<Tape>> tapes) {
      Tape tape = Tape.open();
      tapes.add(new WeakReference<>(tape));
      Tensor kept = leaf(1).mul(2).keep();
      tape.close();
      return kept;
    }
  }

  @Nested
  class OverAHundredThousandSteps {

    private static final int STEPS = 100_000;

    private final Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    private final List<WeakReference<?>> early = new ArrayList<>();

    private void step(int number) {
      Tensor loss = w.mul(w).sum();
      loss.backward();
      w.assign(w.sub(w.grad().mul(1e-9)));
      w.zeroGrad();
      if (number % 10_000 == 0) {
        early.add(new WeakReference<>(loss));
        early.add(new WeakReference<>(loss.vertex()));
      }
    }

    @Test
    void nothingStaysWithoutATape() {
      for (int i = 0; i < STEPS; i++) {
        step(i);
      }
      assertThat(early).hasSize(20).allMatch(GraphSharingTest::isFreed);
      assertThat(w.version()).isEqualTo(STEPS);
    }

    @Test
    void nothingStaysWithATapePerStep() {
      for (int i = 0; i < STEPS; i++) {
        int number = i;
        Tape.scope(() -> step(number));
      }
      assertThat(early).hasSize(20).allMatch(GraphSharingTest::isFreed);
      assertThat(w.version()).isEqualTo(STEPS);
    }
  }
}
