package dev.autograd.kernel.vector;

import dev.autograd.kernel.Reduction;

/**
 * Sums of contiguous numbers with the bits of the plain loops: runs of at most {@link #RUN}
 * numbers, each as eight sums, joined two by two. What is new is that several runs are summed at a
 * time, of one row or of several. Columns are in {@link F64ColumnSums}.
 */
final class F64Sums {

  /** Numbers that are summed without joining, as in the plain loops. */
  static final int RUN = 256;

  /** Sums per run, as in the plain loops. */
  private static final int STRANDS = 8;

  /** Runs that four vectors hold. */
  private static final int TOGETHER = 4 * SumLoops.LANES / STRANDS;

  /** Numbers of a row from which vectors are used. */
  private static final int LONG = 256;

  /** Numbers in all from which vectors are used: so many that the loop is worth compiling. */
  static final int LEAST = 4096;

  /** Numbers whose runs are gathered before they are summed. */
  private static final int BLOCK = 4096;

  /** Twice as many as halving makes of a block. */
  private static final int CAPACITY = 2 * BLOCK / (RUN / 2);

  private final double[] x;
  private final int[] starts = new int[CAPACITY];
  private final int[] lengths = new int[CAPACITY];
  private final /* wide */ double[] sums = new /* wide */ double[CAPACITY];
  private final /* wide */ double[] strands = new /* wide */ double[4 * SumLoops.LANES];
  private int count;
  private int next;

  private F64Sums(double[] x) {
    Compiled.await();
    this.x = x;
  }

  /** A class apart, whose initialisation has the loop compiled. */
  static final class Compiled {

    static {
      double[] x = new double[WarmUp.VECTORS * STRANDS + 2 * F64Tile.LANES];
      /* wide */ double[] sums = new /* wide */ double[4 * SumLoops.LANES];
      WarmUp.of(() -> SumLoops.run(x, 0, 0, 0, 0, STRANDS, WarmUp.VECTORS, sums));
    }

    private Compiled() {}

    static void await() {
      // The initialisation of this class has done it.
    }
  }

  /** Returns whether a reduction is computed here. */
  static boolean has(Reduction op, int lines, int length, int inner) {
    return op == Reduction.SUM && inner == 1 && length >= LONG && has((long) lines * length);
  }

  /** Returns whether the sum of so many numbers is computed here. */
  static boolean has(long n) {
    return n >= LEAST && STRANDS % SumLoops.LANES == 0;
  }

  static /* wide */ double sum(double[] x, int from, int to) {
    return new F64Sums(x).sum(from, to - from);
  }

  /** Sums a range of rows. */
  static void rows(double[] x, double[] out, int length, int from, int to) {
    F64Sums sums = new F64Sums(x);
    int together = Math.max(1, BLOCK / length);
    for (int row = from; row < to; row += together) {
      sums.block(out, length, row, Math.min(to, row + together));
    }
  }

  private void block(double[] out, int length, int from, int to) {
    if (length > BLOCK) {
      out[from] = (double) sum(from * length, length);
      return;
    }
    count = 0;
    for (int row = from; row < to; row++) {
      split(row * length, length);
    }
    sumRuns();
    for (int row = from; row < to; row++) {
      out[row] = (double) join(length);
    }
  }

  private /* wide */ double sum(int from, int n) {
    if (n > BLOCK) {
      int half = n / 2;
      return sum(from, n - half) + sum(from + n - half, half);
    }
    count = 0;
    split(from, n);
    sumRuns();
    return join(n);
  }

  private void split(int from, int n) {
    if (n > RUN) {
      int half = n / 2;
      split(from, n - half);
      split(from + n - half, half);
    } else {
      starts[count] = from;
      lengths[count++] = n;
    }
  }

  /** Takes the sums of the runs in the order in which {@link #split} found them. */
  private /* wide */ double join(int n) {
    if (n > RUN) {
      int half = n / 2;
      return join(n - half) + join(half);
    }
    return sums[next++];
  }

  private void sumRuns() {
    next = 0;
    for (int first = 0; first < count; first += TOGETHER) {
      int steps = steps(first);
      // Where LANES is half of STRANDS, two vectors belong to a run.
      SumLoops.run(
          x,
          start(first, 0),
          start(first, 1),
          start(first, 2),
          start(first, 3),
          STRANDS,
          steps,
          strands);
      for (int run = first; run < Math.min(first + TOGETHER, count); run++) {
        sums[run] = finish(run, steps * STRANDS, (run - first) * STRANDS);
      }
    }
  }

  private int start(int first, int vector) {
    int at = vector * SumLoops.LANES;
    return starts[Math.min(first + at / STRANDS, count - 1)] + at % STRANDS;
  }

  /** Returns how far all of the runs reach, with what a load of floats has beyond. */
  private int steps(int first) {
    int steps = RUN / STRANDS;
    for (int run = first; run < Math.min(first + TOGETHER, count); run++) {
      int readable = Math.min(lengths[run], x.length - starts[run] - STRANDS);
      steps = Math.min(steps, Math.max(readable, 0) / STRANDS);
    }
    return steps;
  }

  private /* wide */ double finish(int run, int done, int at) {
    int i = starts[run] + done;
    int end = starts[run] + lengths[run];
    for (; i + STRANDS <= end; i += STRANDS) {
      for (int s = 0; s < STRANDS; s++) {
        strands[at + s] += x[i + s];
      }
    }
    for (; i < end; i++) {
      strands[at] += x[i];
    }
    return ((strands[at] + strands[at + 1]) + (strands[at + 2] + strands[at + 3]))
        + ((strands[at + 4] + strands[at + 5]) + (strands[at + 6] + strands[at + 7]));
  }
}
