package dev.autograd.kernel.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {

  private final WorkerPool pool = new WorkerPool(3);

  @Test
  void everyPartIsDoneOnce() {
    for (int parts = 1; parts < 100; parts++) {
      AtomicIntegerArray done = new AtomicIntegerArray(parts);
      assertThat(pool.run(parts, true, done::incrementAndGet)).isTrue();
      for (int i = 0; i < parts; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  /** Two parts that wait for each other are done by two threads, or never. */
  @Test
  void partsAreDoneAtTheSameTime() throws InterruptedException {
    for (int round = 0; round < 100; round++) {
      meet(new CountDownLatch(3));
      if (round % 20 == 0) {
        // Long enough to fall asleep.
        Thread.sleep(5);
      }
    }
  }

  private void meet(CountDownLatch latch) {
    pool.run(
        3,
        true,
        part -> {
          latch.countDown();
          await(latch);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobodyHelpsAThreadThatAskedToBeAlone() {
    IllegalStateException thrown = new IllegalStateException();
    boolean helped =
        Autograd.onOneThread(
            () -> {
              assertThatThrownBy(() -> Autograd.onOneThread(() -> fail(thrown))).isSameAs(thrown);
              return pool.run(10, true, WorkerPoolTest::refuse);
            });
    assertThat(helped).isFalse();
    assertThat(pool.run(3, true, part -> {})).isTrue();
  }

  private static boolean fail(RuntimeException thrown) {
    throw thrown;
  }

  @Test
  void insideAPartNobodyHelps() {
    AtomicInteger alone = new AtomicInteger();
    pool.run(
        3,
        true,
        outer -> {
          if (!pool.run(10, true, WorkerPoolTest::refuse)) {
            alone.incrementAndGet();
          }
        });
    // What the caller does itself is inside a part, too.
    assertThat(alone).hasValue(3);
  }

  private static void refuse(int part) {
    throw new AssertionError("part " + part + " of a job that nobody helps with");
  }

  @Test
  void aSecondCallerIsAloneInsteadOfWaiting() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Thread first =
        new Thread(
            () ->
                pool.run(
                    2,
                    true,
                    part -> {
                      begun.countDown();
                      await(second);
                    }));
    first.start();
    await(begun);
    assertThat(pool.run(20, true, WorkerPoolTest::refuse)).isFalse();
    second.countDown();
    first.join();
    meet(new CountDownLatch(3));
  }

  @Test
  void whatAPartThrowsReachesTheCallerWhole() {
    for (int thrower = 0; thrower < 3; thrower++) {
      int which = thrower;
      CountDownLatch all = new CountDownLatch(3);
      IllegalStateException thrown = new IllegalStateException("part " + which);
      assertThatThrownBy(
              () ->
                  pool.run(
                      3,
                      true,
                      part -> {
                        all.countDown();
                        await(all);
                        if (part == which) {
                          throw thrown;
                        }
                      }))
          .isSameAs(thrown);
      meet(new CountDownLatch(3));
    }
  }

  @Test
  void errorsAndFurtherExceptionsAreKept() {
    CountDownLatch all = new CountDownLatch(3);
    assertThatThrownBy(
            () ->
                pool.run(
                    3,
                    true,
                    part -> {
                      all.countDown();
                      await(all);
                      throw new StackOverflowError("part " + part);
                    }))
        .isInstanceOf(StackOverflowError.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
  }

  @Test
  void afterAFailureNoPartIsBegun() {
    AtomicInteger begun = new AtomicInteger();
    assertThatThrownBy(
            () ->
                pool.run(
                    1000,
                    true,
                    part -> {
                      begun.incrementAndGet();
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(begun.get()).isBetween(1, 3);
  }

  @Test
  void anInterruptOfTheCallerStaysSet() {
    Thread.currentThread().interrupt();
    AtomicInteger done = new AtomicInteger();
    pool.run(
        3,
        true,
        part -> {
          for (long start = System.nanoTime(); System.nanoTime() - start < 1_000_000; ) {
            Thread.onSpinWait();
          }
          done.incrementAndGet();
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).hasValue(3);
  }

  @Test
  void helpersAreDaemonsWithNamesThatKeepNothingOfTheirMakers() {
    InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    inherited.set("mine");
    Thread caller = Thread.currentThread();
    AtomicReference<String> seen = new AtomicReference<>();
    CountDownLatch all = new CountDownLatch(3);
    pool.run(
        3,
        true,
        part -> {
          all.countDown();
          await(all);
          Thread thread = Thread.currentThread();
          if (thread != caller) {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).matches("autograd-[12]");
            assertThat(thread.getContextClassLoader()).isNull();
            assertThat(inherited.get()).isNull();
            seen.set(thread.getName());
          }
        });
    assertThat(seen.get()).isNotNull();
  }

  @Test
  void smallJobsWakeNobody() {
    assertThat(pool.run(50, false, WorkerPoolTest::refuse)).isFalse();
  }

  @Test
  void inAPoolOfOneNobodyHelps() {
    assertThat(new WorkerPool(1).run(50, true, WorkerPoolTest::refuse)).isFalse();
  }
}
