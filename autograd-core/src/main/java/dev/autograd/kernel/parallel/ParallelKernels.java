package dev.autograd.kernel.parallel;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Comparison;
import dev.autograd.kernel.DelegatingKernels;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Standardization;
import dev.autograd.kernel.Unary;
import dev.autograd.kernel.UpdateRule;
import dev.autograd.kernel.Windows;
import java.util.List;

/**
 * Kernels that split large work into parts, which the kernels below do on the threads of a pool.
 * Small work is passed on as it is; which is which follows from the operation and the sizes.
 *
 * <p>The bits are those of the kernels below for any number of threads. Elements, lines, groups and
 * planes do not depend on each other, so their parts may be cut anywhere; so may products, unless
 * the kernels below say otherwise. One long sum is cut as it is defined, see {@link HalvedSum}.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public final class ParallelKernels<A> extends DelegatingKernels<A> {

  /** Cost from which work is split: some microseconds, of which handing over takes half of one. */
  private static final long LARGE = 1 << 15;

  /**
   * Cost from which threads are woken for it: a hundred microseconds, of which waking takes ten.
   */
  private static final long WORTH_WAKING = 1 << 18;

  /** Cost that a part must have; kernels that lay out blocks first take half a microsecond more. */
  private static final int LEAST_COST = 1 << 14;

  /** Parts per thread, so that one that loses its processor leaves less behind. */
  private static final int SHARE = 2;

  /** Multiplications of a product that take as long as a cheap element. */
  private static final int MULTIPLICATIONS = 16;

  /** Blocks of a product whose bits depend on them. */
  private static final int FIXED_BLOCKS = 4;

  private final WorkerPool pool;
  private final int blocks;

  ParallelKernels(Kernels<A> below, WorkerPool pool) {
    super(below);
    this.pool = pool;
    this.blocks = below.blocksKeepBits() ? pool.size() : FIXED_BLOCKS;
  }

  /** A part of a range. */
  private interface Range {
    void run(int from, int to);
  }

  /**
   * Returns whether so many elements are too few to be split, whatever they cost; asked first where
   * single numbers pass, which shall not cost more than this.
   */
  private static boolean isSmall(long size) {
    return size * Costs.DEAREST < LARGE;
  }

  /**
   * Does a range in parts, if that pays.
   *
   * @param size the number of elements that the whole range reads
   * @param cost what each of them costs
   */
  private void split(int from, int to, long size, int cost, Range range) {
    int count = to - from;
    long work = size * cost;
    long parts = Math.min(Math.min(count, work / LEAST_COST), (long) SHARE * pool.size());
    boolean done =
        work >= LARGE
            && parts > 1
            && pool.run(
                (int) parts,
                work >= WORTH_WAKING,
                part ->
                    range.run(
                        from + (int) (part * (long) count / parts),
                        from + (int) ((part + 1) * (long) count / parts)));
    if (!done) {
      range.run(from, to);
    }
  }

  @Override
  public void map(Unary op, A x, A out, int from, int to) {
    if (isSmall(to - from)) {
      below.map(op, x, out, from, to);
      return;
    }
    split(from, to, to - from, Costs.of(op), (i, j) -> below.map(op, x, out, i, j));
  }

  @Override
  public void zip(Binary op, A x, A y, A out, Broadcast plan, int from, int to) {
    long size = size(plan, from, to);
    if (isSmall(size)) {
      below.zip(op, x, y, out, plan, from, to);
      return;
    }
    split(from, to, size, Costs.of(op), (i, j) -> below.zip(op, x, y, out, plan, i, j));
  }

  @Override
  public void compare(Comparison op, A x, A y, boolean[] out, Broadcast plan, int from, int to) {
    split(
        from,
        to,
        size(plan, from, to),
        Costs.CHEAP,
        (i, j) -> below.compare(op, x, y, out, plan, i, j));
  }

  /** Returns how many elements some steps of a plan's outermost loop make. */
  private static long size(Broadcast plan, int from, int to) {
    long size = (long) to - from;
    int[] dims = plan.dims();
    for (int axis = 1; axis < dims.length; axis++) {
      size *= dims[axis];
    }
    return size;
  }

  @Override
  public void select(boolean[] condition, A x, A y, A out, int from, int to) {
    split(from, to, to - from, Costs.CHEAP, (i, j) -> below.select(condition, x, y, out, i, j));
  }

  @Override
  public void fill(A out, double value, int from, int to) {
    split(from, to, to - from, Costs.CHEAP, (i, j) -> below.fill(out, value, i, j));
  }

  @Override
  public void accumulate(A x, A target, int from, int to) {
    if (isSmall(to - from)) {
      below.accumulate(x, target, from, to);
      return;
    }
    split(from, to, to - from, Costs.CHEAP, (i, j) -> below.accumulate(x, target, i, j));
  }

  @Override
  public void addRow(A row, A target, int columns, int from, int to) {
    long size = elements(columns, from, to);
    if (isSmall(size)) {
      below.addRow(row, target, columns, from, to);
      return;
    }
    split(from, to, size, Costs.CHEAP, (i, j) -> below.addRow(row, target, columns, i, j));
  }

  @Override
  public void addRowAndMap(Unary op, A row, A target, int columns, int from, int to) {
    long size = elements(columns, from, to);
    if (isSmall(size)) {
      below.addRowAndMap(op, row, target, columns, from, to);
      return;
    }
    split(
        from,
        to,
        size,
        Costs.CHEAP + Costs.of(op),
        (i, j) -> below.addRowAndMap(op, row, target, columns, i, j));
  }

  @Override
  public double sum(A x, int from, int to) {
    if (to - from < LARGE) {
      return below.sum(x, from, to);
    }
    HalvedSum halved = new HalvedSum(to - from);
    boolean wakes = (long) Costs.FAIR * (to - from) >= WORTH_WAKING;
    boolean done = pool.run(halved.leaves(), wakes, leaf -> halved.sumLeaf(below, x, from, leaf));
    return done ? halved.join() : below.sum(x, from, to);
  }

  @Override
  public void reduce(Reduction op, A x, A out, int length, int inner, int from, int to) {
    if (op == Reduction.SUM && inner == 1 && to - from < pool.size() && length >= LARGE) {
      for (int line = from; line < to; line++) {
        fill(out, sum(x, line * length, (line + 1) * length), line, line + 1);
      }
      return;
    }
    long size = elements(length, from, to);
    if (isSmall(size)) {
      below.reduce(op, x, out, length, inner, from, to);
      return;
    }
    split(from, to, size, Costs.of(op), (i, j) -> below.reduce(op, x, out, length, inner, i, j));
  }

  /** Returns how many elements some lines have. */
  private static long elements(int length, int from, int to) {
    return (long) length * (to - from);
  }

  @Override
  public void mapAxis(AxisMap op, A x, A out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.of(op),
        (i, j) -> below.mapAxis(op, x, out, length, inner, i, j));
  }

  @Override
  public void norm(double p, A x, A out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAR,
        (i, j) -> below.norm(p, x, out, length, inner, i, j));
  }

  @Override
  public void variance(
      double divisor, boolean root, A x, A out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAR,
        (i, j) -> below.variance(divisor, root, x, out, length, inner, i, j));
  }

  @Override
  public void argMax(A x, long[] out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAR,
        (i, j) -> below.argMax(x, out, length, inner, i, j));
  }

  @Override
  public void argMin(A x, long[] out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAR,
        (i, j) -> below.argMin(x, out, length, inner, i, j));
  }

  @Override
  public void recurrence(
      boolean fromEnd, A b, A x, A out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAR,
        (i, j) -> below.recurrence(fromEnd, b, x, out, length, inner, i, j));
  }

  @Override
  public void standardize(
      Standardization sizes, A x, A out, A mean, A variance, A scale, int from, int to) {
    split(
        from,
        to,
        elements(sizes.count(), from, to),
        Costs.DEAR,
        (i, j) -> below.standardize(sizes, x, out, mean, variance, scale, i, j));
  }

  @Override
  public void standardizeGrad(Standardization sizes, A g, A y, A scale, A out, int from, int to) {
    split(
        from,
        to,
        elements(sizes.count(), from, to),
        Costs.DEAR,
        (i, j) -> below.standardizeGrad(sizes, g, y, scale, out, i, j));
  }

  @Override
  public void crossEntropy(A x, int[] classes, A out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAREST,
        (i, j) -> below.crossEntropy(x, classes, out, length, inner, i, j));
  }

  @Override
  public void crossEntropyGrad(
      A g, int gStep, A x, int[] classes, A out, int length, int inner, int from, int to) {
    split(
        from,
        to,
        elements(length, from, to),
        Costs.DEAREST,
        (i, j) -> below.crossEntropyGrad(g, gStep, x, classes, out, length, inner, i, j));
  }

  @Override
  public void residual(A target, A g, int gStep, A out, int from, int to) {
    split(from, to, to - from, Costs.CHEAP, (i, j) -> below.residual(target, g, gStep, out, i, j));
  }

  @Override
  public void update(
      UpdateRule rule, A p, A g, List<A> memory, double[] coefficients, int from, int to) {
    if (isSmall(to - from)) {
      below.update(rule, p, g, memory, coefficients, from, to);
      return;
    }
    split(
        from,
        to,
        to - from,
        Costs.of(rule),
        (i, j) -> below.update(rule, p, g, memory, coefficients, i, j));
  }

  @Override
  public void gemm(Gemm sizes, A a, int aOffset, A b, int bOffset, A out, int outOffset) {
    if (Grid.isSmall(sizes)) {
      below.gemm(sizes, a, aOffset, b, bOffset, out, outOffset);
      return;
    }
    Grid grid = Grid.of(sizes, blocks);
    Part block = part -> gemm(grid, part, a, aOffset, b, bOffset, out, outOffset);
    boolean wakes = Grid.work(sizes) / MULTIPLICATIONS >= WORTH_WAKING;
    if (pool.run(grid.count(), wakes, block)) {
      return;
    }
    if (below.blocksKeepBits()) {
      below.gemm(sizes, a, aOffset, b, bOffset, out, outOffset);
    } else {
      for (int part = 0; part < grid.count(); part++) {
        block.run(part);
      }
    }
  }

  private void gemm(Grid grid, int part, A a, int aOffset, A b, int bOffset, A out, int outOffset) {
    Gemm sizes = grid.sizes();
    int row = grid.row(part / grid.columns());
    int column = grid.column(part % grid.columns());
    int rows = grid.row(part / grid.columns() + 1) - row;
    int columns = grid.column(part % grid.columns() + 1) - column;
    below.gemm(
        sizes.block(rows, columns),
        a,
        aOffset + sizes.offsetA(row),
        b,
        bOffset + sizes.offsetB(column),
        out,
        outOffset + sizes.offsetOut(row, column));
  }

  /** With fewer products than threads each is split, else their stack. */
  @Override
  public void gemmBatched(
      Gemm sizes, A a, int[] aOffsets, A b, int[] bOffsets, A out, int from, int to) {
    if (to - from < blocks) {
      super.gemmBatched(sizes, a, aOffsets, b, bOffsets, out, from, to);
      return;
    }
    split(
        from,
        to,
        Grid.work(sizes) * (to - from) / MULTIPLICATIONS,
        Costs.CHEAP,
        (i, j) -> below.gemmBatched(sizes, a, aOffsets, b, bOffsets, out, i, j));
  }

  @Override
  public void unfold(Windows windows, A x, int xOffset, A columns, int columnsOffset, int step) {
    split(
        0,
        windows.planes(),
        tapped(windows, 0, windows.planes()),
        Costs.CHEAP,
        (i, j) ->
            below.unfold(
                windows.over(j - i),
                x,
                xOffset + i * windows.plane(),
                columns,
                columnsOffset + i * windows.taps() * step,
                step));
  }

  @Override
  public void fold(
      Windows windows, A columns, int columnsOffset, int step, A target, int targetOffset) {
    split(
        0,
        windows.planes(),
        tapped(windows, 0, windows.planes()),
        Costs.CHEAP,
        (i, j) ->
            below.fold(
                windows.over(j - i),
                columns,
                columnsOffset + i * windows.taps() * step,
                step,
                target,
                targetOffset + i * windows.plane()));
  }

  /** Returns how many elements lie under the windows of some planes. */
  private static long tapped(Windows windows, int from, int to) {
    return (long) windows.taps() * windows.positions() * (to - from);
  }

  @Override
  public void argMaxPool(Windows windows, A x, int[] out, int from, int to) {
    split(
        from,
        to,
        tapped(windows, from, to),
        Costs.DEAR,
        (i, j) -> below.argMaxPool(windows, x, out, i, j));
  }

  @Override
  public void sumPool(Windows windows, A x, A out, int from, int to) {
    split(
        from,
        to,
        tapped(windows, from, to),
        Costs.CHEAP,
        (i, j) -> below.sumPool(windows, x, out, i, j));
  }

  @Override
  public void spreadPool(Windows windows, A x, A target, int from, int to) {
    split(
        from,
        to,
        tapped(windows, from, to),
        Costs.CHEAP,
        (i, j) -> below.spreadPool(windows, x, target, i, j));
  }
}
