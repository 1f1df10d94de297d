package dev.autograd.kernel.scalar;

import java.util.function.ToDoubleFunction;

/** A {@link Row} of elements that lie a fixed distance apart. */
final class F64Row implements Row {

  /**
   * So short that the error of a plain sum does not matter, and that it stays in the first cache.
   */
  private static final int RUN = 256;

  private final double[] x;
  private final int step;
  private final int size;
  private final /* wide */ double[] run;
  private int from;

  F64Row(double[] x, int step, int size) {
    this.x = x;
    this.step = step;
    this.size = size;
    this.run = new /* wide */ double[Math.min(size, RUN)];
  }

  /** Reduces each of some {@link Lines}. */
  static void reduce(
      ToDoubleFunction<Row> op, double[] x, double[] out, int length, int inner, int from, int to) {
    F64Row row = new F64Row(x, inner, length);
    for (int line = from; line < to; line++) {
      row.from = Lines.start(line, length, inner);
      out[line] = (double) op.applyAsDouble(row);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public /* wide */ double first() {
    return x[from];
  }

  @Override
  public /* wide */ double sum(RunSum sumOfRun) {
    return sum(sumOfRun, from, size);
  }

  private /* wide */ double sum(RunSum sumOfRun, int start, int n) {
    if (n > RUN) {
      int half = n / 2;
      return sum(sumOfRun, start, n - half) + sum(sumOfRun, start + (n - half) * step, half);
    }
    F64Rows.load(x, start, step, run, n);
    return sumOfRun.of(run, n);
  }

  @Override
  public /* wide */ double largest() {
    /* wide */ double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(x[from + i * step]));
    }
    return largest;
  }

  @Override
  public /* wide */ double smallest() {
    /* wide */ double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      smallest = Math.min(smallest, Math.abs(x[from + i * step]));
    }
    return smallest;
  }
}
