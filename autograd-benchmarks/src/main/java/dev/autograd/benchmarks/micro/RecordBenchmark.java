package dev.autograd.benchmarks.micro;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an operation on single numbers costs: computed, recorded too, and swept too. A score is the
 * time of one operation in a chain of {@code tanh(y w + b)}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBenchmark {

  private static final int LINKS = 1000;
  private static final int OPERATIONS = 3 * LINKS;

  private final Tensor w = Tensor.scalar(0.9).withGrad();
  private final Tensor b = Tensor.scalar(0.1).withGrad();

  private Tensor chain() {
    Tensor y = Tensor.scalar(0.5);
    for (int link = 0; link < LINKS; link++) {
      y = y.mul(w).add(b).tanh();
    }
    return y;
  }

  /** The values only. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor compute() {
    return Autograd.noGrad(this::chain);
  }

  /** The values, and the graph. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor record() {
    return chain();
  }

  /** The values, the graph, and the gradients. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Object recordAndSweep() {
    return Autograd.grad(chain(), w, b);
  }
}
