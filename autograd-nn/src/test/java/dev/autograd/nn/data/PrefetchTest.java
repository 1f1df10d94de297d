package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens on the thread that loads ahead. A test that hangs has failed. */
@Timeout(60)
class PrefetchTest {

  private static final int ROWS = 100;

  private final AtomicReference<Thread> loader = new AtomicReference<>();

  /** Returns batches of one number each, made by a function of their row. */
  private Loading<Integer> loading(int ahead, IntUnaryOperator function) {
    Dataset<Integer> data =
        new Dataset<>() {
          @Override
          public int size() {
            return ROWS;
          }

          @Override
          public Integer rows(int... rows) {
            loader.set(Thread.currentThread());
            return function.applyAsInt(rows[0]);
          }
        };
    return DataLoader.of(data, 1).prefetch(ahead).epoch(0);
  }

  private Thread loader() {
    return Objects.requireNonNull(loader.get(), "nothing was read yet");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void readsOnOneDaemonThreadThatEndsWithTheEpoch() throws InterruptedException {
    try (Loading<Integer> batches = loading(3, row -> row)) {
      for (int row = 0; row < ROWS; row++) {
        assertThat(batches.next()).isEqualTo(row);
      }
      Thread thread = loader();
      assertThat(thread).isNotSameAs(Thread.currentThread());
      assertThat(thread.isDaemon()).isTrue();
      thread.join();
    }
  }

  @Test
  void holdsNoMoreBatchesThanAsked() {
    AtomicInteger begun = new AtomicInteger();
    Semaphore read = new Semaphore(0);
    try (Loading<Integer> batches =
        loading(
            3,
            row -> {
              begun.incrementAndGet();
              read.release();
              return row;
            })) {
      read.acquireUninterruptibly(3);
      awaitWaiting(loader());
      assertThat(begun).hasValue(3);
      batches.next();
      read.acquireUninterruptibly();
      awaitWaiting(loader());
      assertThat(begun).hasValue(4);
    }
  }

  @Test
  void readsAheadBeforeAnythingIsAskedFor() {
    CountDownLatch begun = new CountDownLatch(2);
    try (Loading<Integer> batches =
        loading(
            2,
            row -> {
              begun.countDown();
              return row;
            })) {
      await(begun);
      assertThat(batches.hasNext()).isTrue();
    }
  }

  @Test
  void closingEndsAThreadThatWaitsForRoom() {
    Loading<Integer> batches = loading(1, row -> row);
    batches.next();
    awaitWaiting(loader());
    batches.close();
    assertThat(loader().isAlive()).isFalse();
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void closingInterruptsAThreadThatReads() {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Loading<Integer> batches =
        loading(
            2,
            row -> {
              reading.countDown();
              await(never);
              return row;
            });
    await(reading);
    batches.close();
    assertThat(loader().isAlive()).isFalse();
  }

  @Test
  void closingEndsAThreadThatTakesNoNoticeOfInterruption() {
    CountDownLatch reading = new CountDownLatch(1);
    Loading<Integer> batches =
        loading(
            5,
            row -> {
              reading.countDown();
              while (!Thread.interrupted()) {
                Thread.onSpinWait();
              }
              return row;
            });
    await(reading);
    batches.close();
    assertThat(loader().isAlive()).isFalse();
  }

  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(Throwable cause) {
      super("row 2 is broken", cause);
    }
  }

  private static int broken(int row) {
    if (row == 2) {
      throw new Broken(new IllegalArgumentException("the cause"));
    }
    return row;
  }

  @Test
  void whatTheDataSetThrowsReachesTheCallerInItsTurn() {
    Loading<Integer> batches = loading(10, PrefetchTest::broken);
    assertThat(batches.next()).isZero();
    assertThat(batches.next()).isEqualTo(1);
    assertThatThrownBy(batches::next)
        .isInstanceOf(Broken.class)
        .hasMessage("row 2 is broken")
        .hasRootCauseMessage("the cause")
        .satisfies(
            e -> {
              assertThat(e.getStackTrace()[0].getMethodName()).isEqualTo("broken");
              assertThat(e.getSuppressed()).hasSize(1);
              assertThat(e.getSuppressed()[0].getStackTrace())
                  .anyMatch(frame -> frame.getClassName().equals(PrefetchTest.class.getName()));
            });
    assertThat(batches.hasNext()).isFalse();
    assertThat(loader().isAlive()).isFalse();
  }

  @Test
  void anErrorEndsAnEpochThatIsReadWhenAskedToo() {
    Loading<Integer> batches = loading(0, PrefetchTest::broken);
    batches.next();
    batches.next();
    assertThatThrownBy(batches::next).isInstanceOf(Broken.class);
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void errorsAreCarriedToo() {
    Loading<Integer> batches =
        loading(
            1,
            row -> {
              throw new AssertionError("planted");
            });
    assertThatThrownBy(batches::next).isInstanceOf(AssertionError.class).hasMessage("planted");
  }

  @Test
  void aLoaderThatWasInterruptedByItsDataSetIsAnError() {
    Loading<Integer> batches =
        loading(
            1,
            row -> {
              Thread.currentThread().interrupt();
              return row;
            });
    assertThat(batches.next()).isZero();
    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void interruptingTheCallerClosesTheLoading() {
    CountDownLatch never = new CountDownLatch(1);
    Loading<Integer> batches =
        loading(
            1,
            row -> {
              await(never);
              return row;
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(InterruptedException.class)
        .hasMessageContaining("interrupted while it waited");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(batches.hasNext()).isFalse();
    batches.close();
  }

  @Test
  void closingFromAnotherThreadWakesTheCaller() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Loading<Integer> batches =
        loading(
            1,
            row -> {
              await(never);
              return row;
            });
    FutureTask<Integer> asking = new FutureTask<>(batches::next);
    Thread caller = new Thread(asking);
    caller.start();
    awaitWaiting(caller);
    batches.close();
    assertThatThrownBy(asking::get).hasCauseInstanceOf(IllegalStateException.class);
    caller.join();
  }

  @Test
  void anErrorThatComesAgainIsMarkedOnce() {
    IllegalStateException same = new IllegalStateException("always this one");
    for (int i = 0; i < 3; i++) {
      try (Loading<Integer> batches =
          loading(
              2,
              row -> {
                throw same;
              })) {
        assertThatThrownBy(batches::next).isSameAs(same);
      }
    }
    assertThat(same.getSuppressed()).hasSize(1);
  }
}
