package dev.autograd.benchmarks.micro;

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
 * The most multiply-adds that this virtual machine makes out of plain Java on one core: chains of
 * fused ones, in registers, of neighbouring elements, which the compiler packs into vectors.
 * Shorter chains would wait for loads and stores, longer ones for their own results. A score is the
 * time of one multiply-add, two floating-point operations.
 *
 * <p>What loops over arrays can be measured against, and a lower bound of what the processor has:
 * intrinsics may reach more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeakBenchmark {

  private static final int ELEMENTS = 2048;
  private static final int CHAIN = 8;
  private static final int OPERATIONS = ELEMENTS * CHAIN;

  private final float[] floats = new float[ELEMENTS];
  private final double[] doubles = new double[ELEMENTS];
  private float scale32 = 0.5f;
  private double scale64 = 0.5;

  /** Single precision. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public float[] f32() {
    float[] a = floats;
    float s = scale32;
    for (int i = 0; i < a.length; i++) {
      float v = a[i];
      v = Math.fma(Math.fma(Math.fma(Math.fma(v, s, s), s, s), s, s), s, s);
      v = Math.fma(Math.fma(Math.fma(Math.fma(v, s, s), s, s), s, s), s, s);
      a[i] = v;
    }
    return a;
  }

  /** Double precision. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public double[] f64() {
    double[] a = doubles;
    double s = scale64;
    for (int i = 0; i < a.length; i++) {
      double v = a[i];
      v = Math.fma(Math.fma(Math.fma(Math.fma(v, s, s), s, s), s, s), s, s);
      v = Math.fma(Math.fma(Math.fma(Math.fma(v, s, s), s, s), s, s), s, s);
      a[i] = v;
    }
    return a;
  }
}
