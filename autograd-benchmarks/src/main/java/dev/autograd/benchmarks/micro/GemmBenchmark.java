package dev.autograd.benchmarks.micro;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
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
import org.openjdk.jmh.annotations.Warmup;

/** The matrix product of the chosen back end, on heap arrays; a score is the time of a product. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemmBenchmark {

  /** Rows, columns and inner size. */
  @Param({"64x256x784", "256x256x256", "256x1024x1024", "1024x1024x1024", "1x256x256", "32x16x2"})
  public String shape = "";

  /** Which of the two is stored transposed: none, the right one, the left one. */
  @Param({"NN", "NT", "TN"})
  public String order = "";

  /** The element type. */
  @Param({"F32", "F64"})
  public DType dtype = DType.F32;

  private Gemm sizes = new Gemm(0, 0, 0, false, false);
  private Kernels<Object> kernels = Backends.kernels(DType.F32);
  private Object a = new Object();
  private Object b = new Object();
  private Object out = new Object();

  /** Draws the matrices. */
  @Setup
  public void draw() {
    kernels = Backends.kernels(dtype);
    String[] parts = shape.split("x", -1);
    int m = Integer.parseInt(parts[0]);
    int n = Integer.parseInt(parts[1]);
    int k = Integer.parseInt(parts[2]);
    sizes = new Gemm(m, n, k, order.charAt(0) == 'T', order.charAt(1) == 'T');
    a = Block.symmetric(dtype, 1, m * k);
    b = Block.symmetric(dtype, 2, k * n);
    out = dtype.allocate(m * n);
  }

  /** One product. */
  @Benchmark
  public Object gemm() {
    kernels.gemm(sizes, a, 0, b, 0, out, 0);
    return out;
  }

  /** Returns the floating-point operations of a shape, as parameters write it. */
  static double operations(String shape) {
    double product = 2;
    for (String part : shape.split("x", -1)) {
      product *= Integer.parseInt(part);
    }
    return product;
  }
}
