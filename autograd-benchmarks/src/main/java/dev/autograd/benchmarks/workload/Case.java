package dev.autograd.benchmarks.workload;

import static dev.autograd.benchmarks.workload.Metric.MS_PER_GRAD;
import static dev.autograd.benchmarks.workload.Metric.MS_PER_STEP;
import static dev.autograd.benchmarks.workload.Metric.NS_PER_OP;
import static dev.autograd.benchmarks.workload.Metric.US_PER_GRAD;
import static dev.autograd.benchmarks.workload.Metric.US_PER_STEP;

import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The workloads W1 to W6, each at its element types, with the values that every engine must arrive
 * at. Expected values are those of PyTorch in double precision, to the digits given. Single
 * precision may differ from them as sums in another order do.
 */
public enum Case {
  /** Exclusive or, 2-16-1, tanh and sigmoid, mean binary cross-entropy, SGD 0.1. */
  W1B4_F32("W1b4", DType.F32, US_PER_STEP, 1000, Check.loss(1000, 0.0271907, 1e-4)),
  /** As above, in double precision. */
  W1B4_F64("W1b4", DType.F64, US_PER_STEP, 1000, Check.loss(1000, 0.0271907, 1e-5)),
  /** The same network on 64 examples. */
  W1B64_F32("W1b64", DType.F32, US_PER_STEP, 1000, Check.loss(1000, 0.207959, 1e-4)),
  /** As above, in double precision. */
  W1B64_F64("W1b64", DType.F64, US_PER_STEP, 1000, Check.loss(1000, 0.207959, 1e-5)),
  /** 784-256-128-10, relu, mean softmax cross-entropy of 64 examples, SGD 0.01. */
  W2_F32("W2", DType.F32, US_PER_STEP, 100, Check.loss(100, 0.385367, 1e-4)),
  /** As above, in double precision. */
  W2_F64("W2", DType.F64, US_PER_STEP, 100, Check.loss(100, 0.385367, 1e-5)),
  /** 1024-1024-1024-1024-1, relu, binary cross-entropy of the logits, 256 examples, Adam 1e-4. */
  W3_F32(
      "W3",
      DType.F32,
      MS_PER_STEP,
      20,
      Check.loss(0, 0.714003, 1e-4),
      Check.loss(20, 0.0234103, 1e-3)),
  /** As above, in double precision. */
  W3_F64(
      "W3",
      DType.F64,
      MS_PER_STEP,
      20,
      Check.loss(0, 0.714003, 1e-5),
      Check.loss(20, 0.0234103, 1e-4)),
  /** y = tanh(y w + b) on single numbers, 1,000 times. */
  W4_D1000("W4d1000", DType.F64, NS_PER_OP, 1, chain()),
  /** As above, 100,000 times. */
  W4_D100000("W4d100000", DType.F64, NS_PER_OP, 1, chain()),
  /** As above, 1,000,000 times. */
  W4_D1000000("W4d1000000", DType.F64, NS_PER_OP, 1, chain()),
  /** sum(sigmoid(x y) + tanh(x) relu(y) - exp(-x²)) of a million elements. */
  W5_F32(
      "W5",
      DType.F32,
      MS_PER_GRAD,
      1,
      Check.value("loss", 59032.5, 1e-4),
      Check.value("sum_gx", 240508.6, 1e-4),
      Check.value("sum_gy", -149.573, 1e-3)),
  /** As above, in double precision. */
  W5_F64(
      "W5",
      DType.F64,
      MS_PER_GRAD,
      1,
      Check.value("loss", 59032.5, 1e-6),
      Check.value("sum_gx", 240508.6, 1e-6),
      Check.value("sum_gy", -149.573, 1e-5)),
  /** Rosenbrock's function of 1,000 variables, each a node of its own. */
  W6_F64(
      "W6",
      DType.F64,
      US_PER_GRAD,
      1,
      Check.value("f", 55735.65, 1e-6),
      Check.value("sum_abs_g", 227969.5, 1e-6));

  private static final int OPERATIONS_PER_LINK = 3;

  private final String workload;
  private final DType dtype;
  private final Metric metric;
  private final int block;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of records of numbers
  private final List<Check> checks;

  Case(String workload, DType dtype, Metric metric, int block, Check... checks) {
    this.workload = workload;
    this.dtype = dtype;
    this.metric = metric;
    this.block = block;
    this.checks = List.of(checks);
  }

  private static Check[] chain() {
    return new Check[] {Check.value("y", 0.501596, 2e-6), Check.value("dw", 1.149972, 1e-6)};
  }

  /**
   * Returns the cases of a workload, by name or by the beginning of it: {@code W1} are four, {@code
   * all} is every one.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static List<Case> matching(String name) {
    List<Case> found =
        Arrays.stream(values())
            .filter(c -> name.equals("all") || c.workload.startsWith(name))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no workload \""
              + name
              + "\"; there are W1b4, W1b64, W2, W3, W4d1000, …, W5, W6, W7 and all");
    }
    return found;
  }

  /** Returns the name in rows. */
  public String workload() {
    return workload;
  }

  /** Returns the element type. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the element type as rows have it, {@code f32} or {@code f64}. */
  public String dtypeLabel() {
    return dtype.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the unit of the times. */
  public Metric metric() {
    return metric;
  }

  /** Returns after how many steps a timed workload starts anew. */
  public int block() {
    return block;
  }

  /** Returns what must be right, in the order of the steps. */
  public List<Check> checks() {
    return checks;
  }

  /** Returns how long the chain of W4 is. */
  public int depth() {
    if (metric != NS_PER_OP) {
      throw new IllegalStateException(this + " is no chain");
    }
    return Integer.parseInt(workload.substring(workload.indexOf('d') + 1));
  }

  /** Returns the time of a step in the case's unit. */
  public double time(double nanosPerStep) {
    int parts = metric == NS_PER_OP ? OPERATIONS_PER_LINK * depth() : 1;
    return metric.of(nanosPerStep / parts);
  }

  /** Returns what the time should be at most, where the project has set itself a goal. */
  public OptionalDouble goal(int threads) {
    return switch (this) {
      case W1B4_F32 -> OptionalDouble.of(5);
      case W1B64_F32 -> OptionalDouble.of(12);
      case W2_F32 -> OptionalDouble.of(threads == 1 ? 520 : 400);
      case W3_F32 -> OptionalDouble.of(threads == 1 ? 32 : 17);
      case W3_F64 -> threads == 1 ? OptionalDouble.empty() : OptionalDouble.of(40);
      case W4_D1000 -> OptionalDouble.of(50);
      case W4_D1000000 -> OptionalDouble.of(100);
      case W5_F32 -> OptionalDouble.of(threads == 1 ? 8 : 5);
      case W6_F64 -> OptionalDouble.of(400);
      default -> OptionalDouble.empty();
    };
  }

  /** Returns whether more than one thread can help: not where every operation is tiny. */
  public boolean scales() {
    return switch (this) {
      case W2_F32, W2_F64, W3_F32, W3_F64, W5_F32, W5_F64 -> true;
      default -> false;
    };
  }
}
