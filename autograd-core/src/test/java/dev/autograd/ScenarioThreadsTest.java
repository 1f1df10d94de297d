package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Scenario 36, sentence by sentence: several threads, with and without something in common. Each
 * test names a change to the engine under which it was seen to fail.
 */
class ScenarioThreadsTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  private static <T> List<T> inParallel(IntFunction<T> task) throws Exception {
    return InParallel.all(
        IntStream.range(0, THREADS).<Callable<T>>mapToObj(i -> () -> task.apply(i)).toList());
  }

  /** A few steps of descent on a tape per step, which change mode and tape all the time. */
  private static double[] descent(int seed) {
    Tensor[] x = {Tensor.normal(new SplittableRandom(seed), F64, 10)};
    for (int step = 0; step < 30; step++) {
      try (Tape tape = Tape.open()) {
        Tensor leaf = x[0].withGrad();
        Tensor untracked = Autograd.noGrad(() -> leaf.mul(2));
        Tensor y = leaf.tanh().mul(leaf.exp()).add(untracked).square().sum();
        y.backward();
        assertThat(untracked.requiresGrad()).isFalse();
        assertThat(tape.nodes())
            .extracting(Node::op)
            .containsExactly("tanh", "exp", "mul", "add", "square", "sum");
        x[0] = leaf.sub(leaf.grad().mul(0.01)).keep();
      }
    }
    return x[0].toDoubleArray();
  }

  /** Fails if {@code Recorder.current()} returns one recorder for all threads. */
  @Test
  void scenario36OwnTapesAndGraphsAreAsSerial() throws Exception {
    List<double[]> parallel = inParallel(ScenarioThreadsTest::descent);
    for (int i = 0; i < THREADS; i++) {
      assertThat(parallel.get(i)).containsExactly(descent(i));
    }
  }

  private static double[] privateGradient(Parameter w, int shard) {
    Tensor x = Tensor.normal(new SplittableRandom(shard), F64, 3, 4);
    Tensor h = x;
    for (int layer = 0; layer < 5; layer++) {
      h = h.matmul(w).add(w.sum(0)).tanh();
    }
    return Autograd.grad(h.square().sum().add(w.square().sum()), w).toDoubleArray();
  }

  /** Fails if {@code Order.enter} takes a vertex that another running sweep holds. */
  @Test
  void scenario36SharedParametersWithPrivateGradients() throws Exception {
    Parameter w = Parameter.of("w", Tensor.normal(new SplittableRandom(1), F64, 4, 4));
    List<double[]> serial =
        IntStream.range(0, THREADS).mapToObj(i -> privateGradient(w, i)).toList();
    for (int round = 0; round < ROUNDS; round++) {
      List<double[]> parallel = inParallel(i -> privateGradient(w, i));
      for (int i = 0; i < THREADS; i++) {
        assertThat(parallel.get(i)).containsExactly(serial.get(i));
      }
    }
    assertThat(w.hasGrad()).isFalse();
  }

  /** Fails if {@code GradientSlot.addAll} does not hold its lock. */
  @Test
  void scenario36AccumulationIntoOneLeafIsExact() throws Exception {
    Tensor x = Tensor.ones(F64, 2000).withGrad();
    inParallel(
        i -> {
          for (int round = 0; round < ROUNDS; round++) {
            x.mul(i + 1).sum().backward();
          }
          return true;
        });
    assertThat(x.grad().toDoubleArray()).containsOnly(ROUNDS * THREADS * (THREADS + 1) / 2.0);
  }

  /** Fails if {@code Order.finish} does not give up its claims. */
  @Test
  void scenario36BuiltOnOneThreadSweptOnOthers() throws Exception {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    BlockingQueue<Tensor> built = new LinkedBlockingQueue<>();
    BlockingQueue<Tensor> sweptOnce = new LinkedBlockingQueue<>();
    Callable<Boolean> builder =
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            built.add(w.square().mul(w).sum());
          }
          return true;
        };
    Callable<Boolean> first =
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            Tensor y = built.take();
            y.backward(GradOptions.retainGraph());
            sweptOnce.add(y);
          }
          return true;
        };
    Callable<Boolean> second =
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            sweptOnce.take().backward();
          }
          return true;
        };
    InParallel.all(List.of(builder, first, second));
    assertReads(w.grad(), 2 * 3.0 * ROUNDS, 2 * 12.0 * ROUNDS);
  }

  /** Fails if a sweep that throws does not finish its order. */
  @Test
  void scenario36AnExceptionInOneThreadLeavesTheRestUnharmed() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
      Tensor trunk = w.square();
      List<String> outcomes = inParallel(i -> sweepOrFail(trunk, i % 2 == 1));
      for (int i = 0; i < THREADS; i++) {
        assertThat(outcomes.get(i)).isEqualTo(i % 2 == 1 ? "broken" : "fine");
      }
      // Whoever failed holds nothing any more.
      trunk.sum().backward();
      assertReads(w.grad(), 2 * (1 + THREADS / 2), 4 * (1 + THREADS / 2));
    }
  }

  private static String sweepOrFail(Tensor trunk, boolean fails) {
    Tensor own = trunk.mul(1);
    own.observeGrad(
        g -> {
          if (fails) {
            throw new IllegalStateException("broken");
          }
        });
    try {
      own.sum().backward(GradOptions.retainGraph());
      return "fine";
    } catch (PullbackException e) {
      assertThat(Recorder.current().recording()).isTrue();
      assertThat(Recorder.current().sweep()).isNull();
      return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
    }
  }

  private static Tensor chain(Tensor x, int length) {
    Tensor y = x;
    for (int i = 0; i < length; i++) {
      y = y.mul(1);
    }
    return y;
  }

  private static String sweepOrRefusal(Tensor y) {
    try {
      y.backward();
      return "won";
    } catch (ReleasedGraphException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Each root leads to both halves of a trunk, in another order, so that each sweep soon holds what
   * the other wants. Fails if {@code Order.enter} refuses whoever comes second, and, because both
   * wait for ever, if it does not compare ranks.
   */
  @Test
  void scenario36TwoRootsOverOneTrunkExactlyOneWins() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Tensor x = Tensor.scalar(1).withGrad();
      Tensor left = chain(x, 300);
      Tensor right = chain(x, 300);
      Tensor one = chain(left.mul(2).add(right), 10);
      Tensor other = chain(right.add(left.mul(2)), 10);
      List<String> outcomes =
          InParallel.all(List.of(() -> sweepOrRefusal(one), () -> sweepOrRefusal(other)));
      assertThat(outcomes)
          .containsOnlyOnce("won")
          .anySatisfy(message -> assertThat(message).contains("retainGraph()"));
      assertReads(x.grad(), 3);
    }
  }

  /**
   * Many roots in a ring: each overlaps with its two neighbours only, so several may win, but no
   * two neighbours, and at least one. Fails if {@code Order.enter} takes a vertex that another
   * running sweep holds.
   */
  @Test
  void scenario36RootsInARingNeighboursNeverBothWin() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Tensor x = Tensor.scalar(1).withGrad();
      List<Tensor> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        parts.add(chain(x, 50));
      }
      List<Tensor> roots =
          IntStream.range(0, THREADS)
              .mapToObj(i -> parts.get(i).add(parts.get((i + 1) % THREADS)))
              .toList();
      List<String> outcomes = inParallel(i -> sweepOrRefusal(roots.get(i)));
      assertThat(outcomes).contains("won");
      int winners = 0;
      for (int i = 0; i < THREADS; i++) {
        if (outcomes.get(i).equals("won")) {
          winners++;
          assertThat(outcomes.get((i + 1) % THREADS)).isNotEqualTo("won");
        }
      }
      assertReads(x.grad(), 2 * winners);
    }
  }

  /** Fails if {@code Order.finish} does not give up its claims. */
  @Test
  void scenario36ARefusedSweepMayTryAgain() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor trunk = x.square();
    Tensor outer = trunk.mul(2);
    Tensor inner = trunk.mul(5);
    outer.observeGrad(
        g -> assertThatThrownBy(inner::backward).isInstanceOf(ReleasedGraphException.class));
    outer.backward(GradOptions.retainGraph());
    inner.backward();
    assertReads(x.grad(), 42);
  }

  /** Fails if {@code GradientSlot.addAll} does not hold its lock. */
  @Test
  void scenario36VirtualThreads() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads exist since JDK 21");
    int tasks = 1000;
    Parameter w = Parameter.of("w", Tensor.ones(F64, 500));
    List<Future<Double>> results = new ArrayList<>();
    ExecutorService pool = virtualThreads();
    try {
      for (int i = 0; i < tasks; i++) {
        results.add(
            pool.submit(
                () -> {
                  w.mul(2).sum().backward();
                  return Tape.scope(() -> Autograd.grad(w.square().sum(), w)).item(0);
                }));
      }
      for (Future<Double> result : results) {
        assertThat(result.get()).isEqualTo(2);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(w.grad().toDoubleArray()).containsOnly(2.0 * tasks);
  }

  /** Returns what JDK 17, against which this is compiled, does not know. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
