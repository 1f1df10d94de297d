package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Two sweeps that meet in one graph: which may run, which waits, which is refused. */
class OrderTest {

  private static final long LONGEST_SECONDS = 120;

  private final Tensor x = Tensor.scalar(2).withGrad();
  private final Tensor y = x.exp().sin();

  /** Returns an order; of two on one thread the one made first has the higher rank. */
  private static Order order(boolean retain) {
    return new Order("backward", retain, Set.of(), Recorder.current());
  }

  @Test
  void operandsComeFirst() {
    Order order = order(false);
    order.discover(y.vertex());
    assertThat(order.count()).isEqualTo(3);
    assertThat(order.at(0)).isSameAs(x.vertex());
    assertThat(order.at(2)).isSameAs(y.vertex());
    assertThat(order.slotOf(y.vertex())).isEqualTo(2);
    assertThat(order.slotOf(Tensor.scalar(1).withGrad().vertex())).isEqualTo(-1);
  }

  @Test
  void whoHasFoundItsGraphIsNotDisturbedByAHigherRank() {
    Order higher = order(false);
    Order lower = order(false);
    lower.discover(y.vertex());
    lower.complete();
    assertThatThrownBy(() -> higher.discover(y.vertex()))
        .isInstanceOf(ReleasedGraphException.class)
        .hasMessage(
            "backward: another sweep is running over the graph at 'sin' and one of the two"
                + " releases it; pass GradOptions.retainGraph() to both");
  }

  @Test
  void whoSearchesGivesWayToAHigherRank() {
    Order higher = order(false);
    Order lower = order(true);
    higher.discover(y.vertex());
    assertThatThrownBy(() -> lower.discover(y.vertex()))
        .isInstanceOf(ReleasedGraphException.class)
        .hasMessageContaining("another sweep is running over the graph at 'sin'");
  }

  @Test
  void whoSearchesWithTheHigherRankWaitsForTheLowerToGiveWay() throws Exception {
    Order higher = order(false);
    Order lower = order(false);
    lower.discover(y.vertex());
    FutureTask<Integer> search =
        new FutureTask<>(
            () -> {
              higher.discover(y.vertex());
              return higher.count();
            });
    Thread searcher = new Thread(search);
    searcher.setDaemon(true);
    searcher.start();
    while (searcher.isAlive() && LockSupport.getBlocker(searcher) != lower) {
      Thread.onSpinWait();
    }
    lower.finish();
    assertThat(search.get(LONGEST_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void bothRunIfBothRetainTheGraph() {
    Order first = order(true);
    Order second = order(true);
    first.discover(y.vertex());
    second.discover(y.vertex());
    assertThat(second.count()).isEqualTo(3);
    assertThat(second.slotOf(x.vertex())).isZero();
    assertThat(second.slotOf(y.vertex())).isEqualTo(2);
  }

  @Test
  void whatWasReleasedCannotBeSharedEither() {
    Order first = order(true);
    first.discover(y.vertex());
    ((Operation) y.vertex()).release();
    Order second = order(true);
    assertThatThrownBy(() -> second.discover(y.vertex()))
        .isInstanceOf(ReleasedGraphException.class)
        .hasMessageContaining("released the graph at 'sin'");
  }

  /**
   * The same through {@link Tensor#backward()}: a thread whose numbers, and so whose ranks, come
   * before those of a running sweep is refused at once. If it waited, both would wait for ever.
   */
  @Test
  void aRunningSweepIsNotWaitedFor() throws Exception {
    CountDownLatch ranked = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<Tensor> shared = new AtomicReference<>();
    FutureTask<Throwable> rival =
        new FutureTask<>(
            () -> {
              Recorder.current().newId();
              ranked.countDown();
              running.await();
              return catchThrowable(Objects.requireNonNull(shared.get())::backward);
            });
    Thread thread = new Thread(rival);
    thread.setDaemon(true);
    thread.start();
    double gradient =
        InParallel.elsewhere(
            () -> {
              ranked.await();
              Tensor leaf = Tensor.scalar(3).withGrad();
              Tensor result =
                  Tensor.custom("mine", leaf.detach(), leaf, g -> afterRival(g, running, rival));
              shared.set(result);
              result.backward();
              return leaf.grad().item();
            });
    assertThat(rival.get(LONGEST_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ReleasedGraphException.class);
    assertThat(gradient).isEqualTo(1);
  }

  private static Tensor afterRival(Tensor g, CountDownLatch running, FutureTask<?> rival) {
    running.countDown();
    try {
      rival.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return g;
  }
}
