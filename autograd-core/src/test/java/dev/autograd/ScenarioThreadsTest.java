package dev.autograd;

import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenario 36: several threads, with and without something in common. */
class ScenarioThreadsTest {

  private static final int THREADS = 4;
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private <T> List<T> inParallel(List<Callable<T>> jobs) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> job : pool.invokeAll(jobs)) {
      results.add(job.get());
    }
    return results;
  }

  private static double[] gradientOf(int seed) {
    Tensor x = Tensor.normal(new SplittableRandom(seed), F64, 30).withGrad();
    x.tanh().mul(x.exp()).sum().backward();
    return x.grad().toDoubleArray();
  }

  @Test
  void scenario36OwnGraphsAreAsSerial() throws Exception {
    List<Callable<double[]>> jobs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int seed = i;
      jobs.add(() -> gradientOf(seed));
    }
    List<double[]> parallel = inParallel(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      assertThat(parallel.get(i)).containsExactly(gradientOf(i));
    }
  }

  @Test
  void scenario36SharedParametersWithPrivateGradients() throws Exception {
    Parameter w = Parameter.of("w", Tensor.normal(new SplittableRandom(1), F64, 5, 5));
    List<Callable<double[]>> jobs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Tensor x = Tensor.normal(new SplittableRandom(i), F64, 3, 5);
      jobs.add(() -> Autograd.grad(x.matmul(w).tanh().sum(), w).toDoubleArray());
    }
    List<double[]> parallel = inParallel(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      assertThat(parallel.get(i)).containsExactly(jobs.get(i).call());
    }
    assertThat(w.hasGrad()).isFalse();
  }

  @Test
  void scenario36AccumulationIntoOneLeafIsExact() throws Exception {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    List<Callable<Boolean>> jobs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      jobs.add(
          () -> {
            x.mul(3).sum().backward();
            return true;
          });
    }
    assertThat(inParallel(jobs)).hasSize(400);
    assertThat(x.grad().toDoubleArray()).containsExactly(1200, 1200);
  }

  @Test
  void scenario36BuiltHereSweptThere() throws Exception {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = x.square().mul(x);
    pool.submit(() -> y.backward()).get();
    assertThat(x.grad().item()).isEqualTo(27);
  }

  @Test
  void scenario36AnExceptionStaysInItsThread() throws Exception {
    Tensor x = Tensor.scalar(3).withGrad();
    Future<?> failing = pool.submit(() -> Tensor.of(1.0, 2).withGrad().square().backward());
    Future<Double> other = pool.submit(() -> Autograd.grad(x.square(), x).item());
    assertThat(other.get()).isEqualTo(6);
    assertThatThrownBy(failing::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ShapeException.class);
    x.square().backward();
    assertThat(x.grad().item()).isEqualTo(6);
  }
}
