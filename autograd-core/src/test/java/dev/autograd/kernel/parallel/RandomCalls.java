package dev.autograd.kernel.parallel;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Comparison;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Sliding;
import dev.autograd.kernel.Standardization;
import dev.autograd.kernel.Unary;
import dev.autograd.kernel.UpdateRule;
import dev.autograd.kernel.Windows;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;

/**
 * Calls of kernels with drawn operations, sizes and operands: large enough to be split, or not
 * quite, and seldom round. A call returns what it has computed.
 */
final class RandomCalls {

  /** A call, to be made with several kernels. */
  interface Call {
    Object[] on(Kernels<Object> kernels);
  }

  private final Random random;
  private final DType dtype;

  RandomCalls(DType dtype, long seed) {
    this.dtype = dtype;
    this.random = new Random(seed);
  }

  /** Returns a call of the kernel of that name. */
  Call of(String kernel) {
    return switch (kernel) {
      case "map" -> map();
      case "zip" -> zip();
      case "compare" -> compare();
      case "select", "fill", "accumulate" -> inPlace(kernel);
      case "sum" -> sum();
      case "reduce", "mapAxis", "norm", "variance", "argMax", "argMin", "recurrence" ->
          lines(kernel);
      case "addRow", "addRowAndMap" -> rows(kernel);
      case "crossEntropy", "crossEntropyGrad" -> crossEntropies(kernel);
      case "residual" -> residual();
      case "update" -> update(any(UpdateRule.values()));
      case "standardize", "standardizeGrad" -> groups(kernel);
      case "gemm", "gemmBatched" -> products(kernel);
      case "unfold", "fold", "argMaxPool", "sumPool", "spreadPool" -> windows(kernel);
      default -> throw new IllegalArgumentException(kernel);
    };
  }

  private int size() {
    return 20_000 + random.nextInt(400_000);
  }

  private <E extends Enum<E>> E any(E[] constants) {
    return constants[random.nextInt(constants.length)];
  }

  /** Numbers, a few of which are 0, infinite or NaN. */
  private Object numbers(int n) {
    Object array = dtype.allocate(n);
    for (int i = 0; i < n; i++) {
      double value =
          switch (random.nextInt(1000)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> 0;
            default -> random.nextDouble() * 8 - 3;
          };
      set(array, i, value);
    }
    return array;
  }

  private Object finite(int n) {
    Object array = dtype.allocate(n);
    for (int i = 0; i < n; i++) {
      set(array, i, random.nextDouble() * 2 - 1);
    }
    return array;
  }

  private static void set(Object array, int i, double value) {
    if (array instanceof float[] floats) {
      floats[i] = (float) value;
    } else {
      Array.setDouble(array, i, value);
    }
  }

  private Object copy(Object array) {
    int n = Array.getLength(array);
    Object copy = dtype.allocate(n);
    System.arraycopy(array, 0, copy, 0, n);
    return copy;
  }

  private Call map() {
    int n = size();
    Unary op = any(Unary.values());
    Object x = numbers(n);
    return kernels -> {
      Object out = dtype.allocate(n);
      kernels.map(op, x, out, 0, n);
      return new Object[] {out};
    };
  }

  private Broadcast plan() {
    int n = size();
    int columns = 1 + random.nextInt(400);
    int rows = n / columns;
    return switch (random.nextInt(4)) {
      case 0 -> Broadcast.of(Shape.of(n), Shape.of(n));
      case 1 -> Broadcast.of(Shape.of(n), Shape.of(1));
      case 2 -> Broadcast.of(Shape.of(rows, columns), Shape.of(columns));
      default -> Broadcast.of(Shape.of(rows, 1), Shape.of(rows, columns));
    };
  }

  private Call zip() {
    Binary op = any(Binary.values());
    Broadcast plan = plan();
    int n = plan.shape().size();
    Object x = numbers(n);
    Object y = numbers(n);
    return kernels -> {
      Object out = dtype.allocate(n);
      kernels.zip(op, x, y, out, plan, 0, plan.dims()[0]);
      return new Object[] {out};
    };
  }

  private Call compare() {
    Comparison op = any(Comparison.values());
    Broadcast plan = plan();
    int n = plan.shape().size();
    Object x = numbers(n);
    Object y = numbers(n);
    return kernels -> {
      boolean[] out = new boolean[n];
      kernels.compare(op, x, y, out, plan, 0, plan.dims()[0]);
      return new Object[] {out};
    };
  }

  private Call inPlace(String kernel) {
    int n = size();
    Object x = numbers(n);
    Object y = numbers(n);
    boolean[] condition = new boolean[n];
    for (int i = 0; i < n; i++) {
      condition[i] = random.nextBoolean();
    }
    return kernels -> {
      Object out = copy(y);
      switch (kernel) {
        case "select" -> kernels.select(condition, x, y, out, 0, n);
        case "fill" -> kernels.fill(out, 0.1, 0, n);
        default -> kernels.accumulate(x, out, 0, n);
      }
      return new Object[] {out};
    };
  }

  private Call sum() {
    int n = size();
    Object x = finite(n + 3);
    return kernels -> new Object[] {new double[] {kernels.sum(x, 3, n + 3)}};
  }

  private Call lines(String kernel) {
    int length = random.nextInt(3) == 0 ? size() : 1 + random.nextInt(300);
    int inner = random.nextBoolean() ? 1 : 1 + random.nextInt(300);
    inner = length > 1000 ? Math.min(inner, 3) : inner;
    int lines = inner * (1 + size() / (length * inner));
    int width = inner;
    Object x = finite(lines * length);
    Object y = finite(lines * length);
    Reduction reduction = any(Reduction.values());
    AxisMap function = any(AxisMap.values());
    double p = random.nextInt(4);
    boolean flag = random.nextBoolean();
    return kernels -> {
      Object out = dtype.allocate(lines * length);
      long[] places = new long[lines];
      switch (kernel) {
        case "reduce" -> kernels.reduce(reduction, x, out, length, width, 0, lines);
        case "mapAxis" -> kernels.mapAxis(function, x, out, length, width, 0, lines);
        case "norm" -> kernels.norm(p, x, out, length, width, 0, lines);
        case "variance" -> kernels.variance(3, flag, x, out, length, width, 0, lines);
        case "argMax" -> kernels.argMax(x, places, length, width, 0, lines);
        case "argMin" -> kernels.argMin(x, places, length, width, 0, lines);
        default -> kernels.recurrence(flag, x, y, out, length, width, 0, lines);
      }
      return new Object[] {out, places};
    };
  }

  private Call rows(String kernel) {
    int columns = 1 + random.nextInt(400);
    int count = 1 + size() / columns;
    Object row = finite(columns);
    Object x = finite(count * columns);
    Unary op = random.nextBoolean() ? Unary.TANH : Unary.RELU;
    return kernels -> {
      Object out = copy(x);
      if (kernel.equals("addRow")) {
        kernels.addRow(row, out, columns, 0, count);
      } else {
        kernels.addRowAndMap(op, row, out, columns, 0, count);
      }
      return new Object[] {out};
    };
  }

  private Call crossEntropies(String kernel) {
    int length = 2 + random.nextInt(300);
    int inner = random.nextBoolean() ? 1 : 1 + random.nextInt(20);
    int lines = inner * (1 + size() / (length * inner));
    int gStep = random.nextInt(2);
    Object x = finite(lines * length);
    Object g = finite(lines);
    int[] classes = random.ints(lines, -1, length).toArray();
    return kernels -> {
      Object out = dtype.allocate(lines * length);
      if (kernel.equals("crossEntropy")) {
        kernels.crossEntropy(x, classes, out, length, inner, 0, lines);
      } else {
        kernels.crossEntropyGrad(g, gStep, x, classes, out, length, inner, 0, lines);
      }
      return new Object[] {out};
    };
  }

  private Call residual() {
    int n = size();
    Object p = finite(n);
    Object target = finite(n);
    Object g = finite(n);
    return kernels -> {
      Object out = copy(p);
      kernels.residual(target, g, 1, out, 0, n);
      return new Object[] {out};
    };
  }

  /** Returns an update by a rule; what is remembered is not negative, as squares are not. */
  Call update(UpdateRule rule) {
    int n = size();
    double[] coefficients = {0.01, 0.1, 0.999, 1e-8, 0.9, 0.1, 0.99, 0.01, 0.5, 0.6, 0.7};
    Object start = finite(n);
    Object g = finite(n);
    List<Object> remembered = List.of(magnitudes(n), magnitudes(n), magnitudes(n));
    return kernels -> {
      Object p = copy(start);
      List<Object> memory = remembered.stream().map(this::copy).toList();
      kernels.update(rule, p, g, memory, coefficients, 0, n);
      return new Object[] {p, memory.get(0), memory.get(1), memory.get(2)};
    };
  }

  private Object magnitudes(int n) {
    Object array = finite(n);
    for (int i = 0; i < n; i++) {
      set(array, i, Math.abs(Array.getDouble(array, i)));
    }
    return array;
  }

  private Call groups(String kernel) {
    int outer = random.nextBoolean() ? 1 : 1 + random.nextInt(30);
    int inner = 1 + random.nextInt(200);
    int groups = 1 + size() / (outer * inner);
    Standardization sizes = new Standardization(outer, groups, inner, random.nextBoolean(), 1e-5);
    int n = outer * groups * inner;
    Object x = finite(n);
    Object g = finite(n);
    Object scale = finite(groups);
    return kernels -> {
      Object out = dtype.allocate(n);
      Object mean = dtype.allocate(groups);
      Object variance = dtype.allocate(groups);
      Object factor = dtype.allocate(groups);
      if (kernel.equals("standardize")) {
        kernels.standardize(sizes, x, out, mean, variance, factor, 0, groups);
      } else {
        kernels.standardizeGrad(sizes, g, x, scale, out, 0, groups);
      }
      return new Object[] {out, mean, variance, factor};
    };
  }

  private Call products(String kernel) {
    boolean batched = kernel.equals("gemmBatched");
    int m = batched ? 40 + random.nextInt(60) : 1 + random.nextInt(260);
    int n = batched ? 40 + random.nextInt(60) : 1 + random.nextInt(260);
    int k = batched ? 50 + random.nextInt(100) : 1 + (int) (8_000_000L / ((long) m * n));
    Gemm sizes = new Gemm(m, n, k, random.nextBoolean(), random.nextBoolean());
    int count = batched ? 1 + random.nextInt(60) : 1;
    Object a = finite(count * m * k);
    Object b = finite(k * n + 5);
    int[] left = new int[count];
    int[] right = new int[count];
    for (int i = 0; i < count; i++) {
      left[i] = i * m * k;
      right[i] = 5;
    }
    return kernels -> {
      Object out = dtype.allocate(count * m * n);
      if (batched) {
        kernels.gemmBatched(sizes, a, left, b, right, out, 0, count);
      } else {
        kernels.gemm(sizes, a, 0, b, 5, out, 0);
      }
      return new Object[] {out};
    };
  }

  private Call windows(String kernel) {
    int planes = 20 + random.nextInt(40);
    int positions = 30 + random.nextInt(30);
    Sliding rows = new Sliding(positions + 2, 0, 1, 3, 1, positions);
    Sliding columns = new Sliding(2 * positions, -1, 2, 3, 1, positions);
    Windows windows = new Windows(planes, rows, columns);
    int step = windows.positions() + 3;
    Object x = finite(planes * windows.plane());
    Object y = finite(planes * windows.taps() * step);
    return kernels -> {
      Object out = dtype.allocate(planes * windows.taps() * step);
      int[] places = new int[planes * windows.positions()];
      switch (kernel) {
        case "unfold" -> kernels.unfold(windows, x, 0, out, 2, step);
        case "fold" -> kernels.fold(windows, y, 0, step, out, 1);
        case "argMaxPool" -> kernels.argMaxPool(windows, x, places, 0, planes);
        case "sumPool" -> kernels.sumPool(windows, x, out, 0, planes);
        default -> kernels.spreadPool(windows, y, out, 0, planes);
      }
      return new Object[] {out, places};
    };
  }
}
