package dev.autograd.benchmarks.micro;

import dev.autograd.benchmarks.measure.FirstGradient;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * W7 but for the start of the virtual machine, which JMH measures inside of: the first gradient in
 * each of ten fresh ones.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(10)
public class FirstGradientBenchmark {

  /** Loads the classes, and computes. */
  @Benchmark
  public double firstGradient() {
    return FirstGradient.value();
  }
}
