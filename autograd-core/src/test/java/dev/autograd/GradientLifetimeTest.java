package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rows of the design's table on gradients: whose they are, and who may compute them. */
class GradientLifetimeTest {

  private static final int REPETITIONS = 300;

  @AfterEach
  void closeTapes() {
    ClosedTape.closeAll();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  @Nested
  class LeafGradients {

    @Test
    void onceHandedOutNeverChange() {
      Tensor x = leaf(1, 2);
      x.mul(2).sum().backward();
      Tensor first = x.grad();
      x.mul(3).sum().backward();
      Tensor second = x.grad();
      x.zeroGrad();
      assertReads(first, 2, 2);
      assertReads(second, 5, 5);
    }

    @Test
    void areUntracked() {
      Tensor x = leaf(1, 2);
      x.square().sum().backward();
      assertThat(x.grad().requiresGrad()).isFalse();
    }

    @Test
    void sharedByTwoLeavesAccumulateApart() {
      Tensor a = leaf(1);
      Tensor b = leaf(2);
      a.add(b).backward();
      a.mul(10).backward();
      assertReads(a.grad(), 11);
      assertReads(b.grad(), 1);
    }
  }

  @Nested
  class SharedAdjoints {

    @Test
    void thatAreTheUsersSeedAreNeverWritten() {
      Tensor seed = Tensor.of(1.0, 2.0);
      Tensor x = leaf(3, 4);
      x.add(x).add(x.identity()).add(x.reshape(2)).backward(seed);
      x.add(0).backward(seed);
      assertReads(seed, 1, 2);
      assertReads(x.grad(), 5, 10);
    }

    @Test
    void thatACustomPullbackSawNeverChange() {
      Tensor x = leaf(1, 2);
      List<Tensor> seen = new ArrayList<>();
      Pullback remember =
          g -> {
            seen.add(g);
            return g;
          };
      Tensor a = Tensor.custom("a", x.detach(), x, remember);
      Tensor b = Tensor.custom("b", x.detach(), x, remember);
      a.mul(2).add(b.mul(3)).add(a.mul(5)).add(x.mul(7)).sum().backward();
      assertReads(x.grad(), 17, 17);
      assertThat(seen).extracting(g -> g.item(0)).containsExactlyInAnyOrder(7.0, 3.0);
    }

    @Test
    void thatPassThroughOnSeveralPathsAreNotAddedToThemselves() {
      Tensor x = leaf(1);
      Tensor y = x.add(x);
      y.add(y).add(y.reshape(1)).sum().backward();
      assertReads(x.grad(), 6);
    }
  }

  @Nested
  class CreateGraph {

    @Test
    void impliesRetain() {
      Tensor x = leaf(2);
      Tensor y = x.mul(x).mul(x);
      Tensor g = Autograd.grad(y, x, GradOptions.createGraph());
      assertReads(Autograd.grad(g, x, GradOptions.retainGraph()), 12);
      y.backward();
      assertReads(x.grad(), 12);
    }

    @Test
    void impliesRetainHoweverTheOptionsAreMade() {
      GradOptions options = new GradOptions(true, false, false, GradOptions.defaults().seed());
      assertThat(options.keepsGraph()).isTrue();
    }
  }

  @Nested
  class OtherThreads {

    @Test
    void maySweepWithoutATape() throws Exception {
      Tensor x = leaf(3);
      Tensor y = x.square().sum();
      InParallel.elsewhere(
          () -> {
            y.backward();
            return true;
          });
      assertReads(x.grad(), 6);
    }

    @Test
    void mayNotSweepWhatATapeHoldsAndAreToldTheWayOut() {
      Tensor x = leaf(3);
      Tape tape = Tape.open();
      Tensor y = x.square().sum();
      assertThatIllegalStateException()
          .isThrownBy(() -> InParallel.elsewhere(() -> Autograd.grad(y, x)))
          .withMessageContaining("another thread")
          .withMessageContaining("without an open tape");
      y.backward();
      tape.close();
      assertReads(x.grad(), 6);
    }

    @Test
    void mayReadWhatATapeHolds() throws Exception {
      Tape tape = Tape.open();
      Tensor y = leaf(3).square();
      assertReads(InParallel.elsewhere(y::detach), 9);
      assertThat(tape.nodes()).hasSize(1);
    }

    @Test
    void sweepingOneRetainedGraphAtOnceAreBothRight() throws Exception {
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        Tensor x = leaf(1);
        Tensor y = triangle(x, 40);
        List<Tensor> gradients =
            InParallel.times(2, () -> Autograd.grad(y, x, GradOptions.retainGraph()));
        assertReads(gradients.get(0), 820);
        assertReads(gradients.get(1), 820);
        y.backward();
        assertReads(x.grad(), 820);
      }
    }

    @Test
    void sweepingOneReleasedGraphAtOnceExactlyOneWins() throws Exception {
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        Tensor x = leaf(1);
        Tensor y = triangle(x, 40);
        List<String> outcomes =
            InParallel.times(
                2,
                () -> {
                  try {
                    y.backward();
                    return "won";
                  } catch (ReleasedGraphException e) {
                    return e.getMessage();
                  }
                });
        assertThat(outcomes)
            .containsOnlyOnce("won")
            .anySatisfy(message -> assertThat(message).contains("retainGraph"));
        assertReads(x.grad(), 820);
      }
    }

    /**
     * A vertex is met while another sweep holds it, and again after that one has finished: it must
     * count as one vertex. The other sweep waits until this one has passed the first meeting.
     */
    @Test
    void finishingWhileThisOneLooksForItsWayDoNoHarm() throws Exception {
      Parameter w = Parameter.of("w", Tensor.scalar(3));
      Tensor top = longChain(200_000);
      Tensor y = w.mul(2).add(top.mul(w));
      Tensor waiting =
          Tensor.custom(
              "waiting",
              Tensor.scalar(0),
              w,
              g -> {
                while (top.vertex().claim() == null) {
                  Thread.onSpinWait();
                }
                return g;
              });
      List<Tensor> gradients =
          InParallel.all(
              List.of(() -> Autograd.grad(waiting, w), () -> gradAfterClaim(y, w, waiting)));
      assertReads(gradients.get(0), 1);
      assertReads(gradients.get(1), 3);
    }

    private Tensor gradAfterClaim(Tensor y, Tensor w, Tensor other) {
      while (other.vertex().claim() == null || w.vertex().claim() == null) {
        Thread.onSpinWait();
      }
      return Autograd.grad(y, w);
    }

    private Tensor longChain(int n) {
      Tensor x = Tensor.scalar(1).withGrad();
      for (int i = 0; i < n; i++) {
        x = x.identity();
      }
      return x;
    }

    /** Returns Σ i x, i to n, as a graph whose vertices are met on many ways. */
    private Tensor triangle(Tensor x, int n) {
      Tensor sum = x.mul(1);
      Tensor multiple = x;
      for (int i = 2; i <= n; i++) {
        multiple = multiple.add(x);
        sum = sum.add(multiple);
      }
      return sum;
    }
  }
}
