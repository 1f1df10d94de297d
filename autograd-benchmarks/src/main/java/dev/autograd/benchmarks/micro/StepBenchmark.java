package dev.autograd.benchmarks.micro;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The steps of the workloads. Their times are those of the program {@code Workloads}, which checks
 * values first; here it is for JMH's profilers, such as the bytes allocated per step.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {

  /** The workload; training goes on and on, because new weights are no part of a step. */
  @Param public Case which = Case.W1B4_F32;

  private Workload workload = new Idle();

  /** Makes the workload. */
  @Setup
  public void open() {
    workload = Engine.named("autograd").open(which);
  }

  /** Releases the workload. */
  @TearDown
  public void close() {
    workload.close();
  }

  /** One step, or one gradient. */
  @Benchmark
  public void step() {
    workload.step();
  }

  /** What there is before the set-up. */
  private static final class Idle implements Workload {

    @Override
    public void step() {}

    @Override
    public double value(String quantity) {
      throw Workload.unknown(quantity);
    }
  }
}
