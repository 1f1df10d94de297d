package dev.autograd.benchmarks.micro;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Unary;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Element-wise kernels of the chosen back end, and a copy, which is as fast as memory allows; a
 * score is the time of a whole array.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ElementwiseBenchmark {

  /** A copy, a kernel of two operands, or one of one. */
  @Param({
    "copy",
    "ADD",
    "MUL",
    "RELU_GRAD",
    "GELU_GRAD",
    "SILU_GRAD",
    "BCE_WITH_LOGITS",
    "RELU",
    "EXP",
    "EXPM1",
    "LOG",
    "LOG1P",
    "TANH",
    "SIGMOID",
    "SIN",
    "COS",
    "SOFTPLUS",
    "MISH",
    "GELU",
    "GELU_TANH",
    "SILU"
  })
  public String function = "";

  /** So many that they lie in the first cache, or in the last. */
  @Param({"4096", "1000000"})
  public int elements;

  /** How many sets of arrays take turns: with many, the larger ones come from memory. */
  @Param({"1", "32"})
  public int sets;

  /** The element type. */
  @Param({"F32", "F64"})
  public DType dtype = DType.F32;

  private final List<Runnable> loops = new ArrayList<>();
  private int next;

  /** Draws the operands. */
  @Setup
  public void draw() {
    loops.clear();
    for (int set = 0; set < sets; set++) {
      loops.add(loop());
    }
  }

  private Runnable loop() {
    Kernels<Object> kernels = Backends.kernels(dtype);
    Object x = function.equals("LOG") ? positive(1) : Block.symmetric(dtype, 1, elements);
    Object y = Block.symmetric(dtype, 2, elements);
    Object result = dtype.allocate(elements);
    int n = elements;
    return switch (function) {
      case "copy" -> () -> System.arraycopy(x, 0, result, 0, n);
      case "ADD", "MUL", "RELU_GRAD", "GELU_GRAD", "SILU_GRAD", "BCE_WITH_LOGITS" -> {
        Binary op = Binary.valueOf(function);
        Broadcast plan = Broadcast.of(Shape.of(n), Shape.of(n));
        yield () -> kernels.zip(op, x, y, result, plan, 0, n);
      }
      default -> {
        Unary op = Unary.valueOf(function);
        yield () -> kernels.map(op, x, result, 0, n);
      }
    };
  }

  private Object positive(long seed) {
    return Block.positive(dtype, seed, elements);
  }

  /** One pass over the operands. */
  @Benchmark
  public void pass() {
    loops.get(next).run();
    next = (next + 1) % sets;
  }

  /** Returns how many arrays a pass reads and writes. */
  static int arrays(String function) {
    return switch (function) {
      case "ADD", "MUL", "RELU_GRAD", "GELU_GRAD", "SILU_GRAD", "BCE_WITH_LOGITS" -> 3;
      default -> 2;
    };
  }
}
