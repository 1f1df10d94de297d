package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What threads may share, what they may hand to each other, and what stays their own. */
class ThreadsTest {

  private static final int THREADS = 8;
  private static final int REPETITIONS = 100;

  @AfterEach
  void closeTapes() {
    ClosedTape.closeAll();
  }

  private static <T> List<Callable<T>> perThread(IntFunction<T> task) {
    return IntStream.range(0, THREADS).<Callable<T>>mapToObj(i -> () -> task.apply(i)).toList();
  }

  /** Trains a small network from a seed and returns its weights. */
  private static double[] train(int seed) {
    Random random = new Random(seed);
    Parameter w = Parameter.of("w", Tensor.normal(random, DType.F64, 3, 5));
    Parameter v = Parameter.of("v", Tensor.normal(random, DType.F64, 5));
    Tensor x = Tensor.normal(random, DType.F64, 16, 3);
    Tensor t = x.square().sum(1).sin();
    for (int step = 0; step < 40; step++) {
      Tape.scope(
          () -> {
            Tensor loss = x.matmul(w).tanh().matmul(v).sub(t).square().mean();
            Gradients d = Autograd.grad(loss, w, v);
            w.assign(w.sub(d.of(w).mul(0.1)));
            v.assign(v.sub(d.of(v).mul(0.1)));
          });
    }
    return Tensor.concat(0, w.reshape(-1), v).toDoubleArray();
  }

  @Test
  void graphsOfTheirOwnGiveTheBitsOfOneThread() throws Exception {
    List<double[]> parallel = InParallel.all(perThread(ThreadsTest::train));
    for (int seed = 0; seed < THREADS; seed++) {
      assertThat(parallel.get(seed)).containsExactly(train(seed));
    }
  }

  /** The gradient of a network with tied weights: every vertex of w is met on several ways. */
  private static double[] gradientOverShard(Parameter w, Tensor shared, int shard) {
    Tensor x = Tensor.normal(new Random(shard), DType.F64, 4, 3);
    Tensor hidden = x.matmul(w).add(shared).tanh();
    Tensor loss = hidden.matmul(w.transpose()).sub(x).square().sum().add(w.square().sum());
    return Autograd.grad(loss, w).toDoubleArray();
  }

  @Test
  void sharedParametersAndPrivateGradientsAreExact() throws Exception {
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      Parameter w =
          Parameter.of("w", Tensor.normal(new Random(repetition), DType.F64, 3, 3).mul(0.5));
      Tensor shared = Tensor.of(0.1, 0.2, 0.3);
      List<double[]> parallel = InParallel.all(perThread(i -> gradientOverShard(w, shared, i)));
      for (int i = 0; i < THREADS; i++) {
        assertThat(parallel.get(i)).containsExactly(gradientOverShard(w, shared, i));
      }
      assertThat(w.hasGrad()).isFalse();
    }
  }

  @Test
  void accumulatingIntoOneLeafIsExact() throws Exception {
    int sweeps = 200;
    // Long sums, so that threads meet while they store them.
    int size = 10_000;
    Parameter w = Parameter.of("w", Tensor.ones(DType.F64, size));
    InParallel.all(
        perThread(
            thread -> {
              for (int i = 0; i < sweeps; i++) {
                w.mul(thread + 1).add(w).sum().backward();
              }
              return true;
            }));
    double total = sweeps * (THREADS + THREADS * (THREADS + 1) / 2.0);
    assertThat(w.grad().toDoubleArray()).hasSize(size).containsOnly(total);
  }

  @Test
  void aGradientReadMeanwhileIsNeverTorn() throws Exception {
    int size = 1000;
    int sweeps = 300;
    Parameter w = Parameter.of("w", Tensor.ones(DType.F64, size));
    w.sum().backward();
    AtomicBoolean done = new AtomicBoolean();
    Callable<Boolean> writer =
        () -> {
          try {
            for (int i = 0; i < sweeps; i++) {
              w.sum().backward();
            }
          } finally {
            done.set(true);
          }
          return true;
        };
    Callable<Boolean> reader =
        () -> {
          double last = 0;
          while (!done.get()) {
            double[] seen = w.grad().toDoubleArray();
            assertThat(seen).containsOnly(seen[0]);
            assertThat(seen[0]).isGreaterThanOrEqualTo(last);
            last = seen[0];
          }
          return true;
        };
    InParallel.all(List.of(writer, reader));
    assertThat(w.grad().item(0)).isEqualTo(sweeps + 1.0);
  }

  @Test
  void aGraphMayBeBuiltOnSeveralThreadsAndSweptOnAnother() throws Exception {
    Tensor x = Tensor.of(1.0, 2.0).withGrad();
    Tensor trunk = x.square();
    List<Tensor> branches = InParallel.all(perThread(i -> trunk.mul(i + 1).sum()));
    Tensor sum = InParallel.elsewhere(() -> Tensor.stack(0, branches).sum());
    InParallel.elsewhere(
        () -> {
          sum.backward();
          return true;
        });
    assertReads(x.grad(), 72, 144);
    assertThat(sum.nodes()).extracting(Node::op).contains("leaf", "square", "mul", "stack");
  }

  @Test
  void anExceptionInOneThreadLeavesTheOthersUnharmed() throws Exception {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    List<String> outcomes =
        InParallel.all(
            perThread(
                i -> {
                  Pullback pullback =
                      g -> {
                        if (i % 2 == 1) {
                          throw new IllegalArgumentException("thread " + i);
                        }
                        return g;
                      };
                  try {
                    Tensor.custom("picky", w.detach(), w, pullback).sum().backward();
                    return "fine";
                  } catch (PullbackException e) {
                    w.mul(0).sum().backward();
                    return Objects.requireNonNull(e.getCause()).getMessage();
                  }
                }));
    assertThat(outcomes)
        .containsExactly(
            "fine", "thread 1", "fine", "thread 3", "fine", "thread 5", "fine", "thread 7");
    assertReads(w.grad(), 4, 4);
  }

  @Test
  void noGradIsOfOneThread() throws Exception {
    Tensor x = Tensor.of(1.0).withGrad();
    boolean trackedElsewhere =
        Autograd.noGrad(
            () -> {
              assertThat(x.mul(2).requiresGrad()).isFalse();
              return unchecked(() -> InParallel.elsewhere(() -> x.mul(2).requiresGrad()));
            });
    assertThat(trackedElsewhere).isTrue();
  }

  @Test
  void anOpenTapeIsOfOneThread() throws Exception {
    Tensor x = Tensor.of(1.0).withGrad();
    Tape tape = Tape.open();
    Tensor elsewhere = InParallel.elsewhere(() -> x.mul(2));
    Tensor here = x.mul(3);
    assertThat(tape.nodes()).hasSize(1);
    tape.close();
    assertReads(elsewhere, 2);
    ClosedTape.assertDead(here);
  }

  @Test
  void aModeDoesNotOutliveItsBlockOnAReusedThread() throws Exception {
    Tensor x = Tensor.of(1.0).withGrad();
    boolean trackedAfterwards =
        InParallel.elsewhere(
            () -> {
              assertThatThrownBy(
                      () ->
                          Autograd.noGrad(
                              () -> {
                                throw new IllegalStateException("inside");
                              }))
                  .hasMessage("inside");
              return x.mul(2).requiresGrad();
            });
    assertThat(trackedAfterwards).isTrue();
  }

  @Test
  void manyVirtualThreadsGiveExactGradients() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads exist since JDK 21");
    int count = 500;
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    CountDownLatch done = new CountDownLatch(count);
    AtomicInteger right = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(
          startVirtual(
              () -> {
                try {
                  Tensor own = Tape.scope(() -> Autograd.grad(w.square().mul(w).sum(), w));
                  w.mul(2).sum().backward();
                  if (own.item(0) == 3 && own.item(1) == 12) {
                    right.incrementAndGet();
                  }
                } finally {
                  done.countDown();
                }
              }));
    }
    assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right).hasValue(count);
    assertReads(w.grad(), 2.0 * count, 2.0 * count);
  }

  /** Starts a thread that JDK 17, against which this is compiled, does not know. */
  private static Thread startVirtual(Runnable task) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }

  private static <T> T unchecked(Callable<T> code) {
    try {
      return code.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
