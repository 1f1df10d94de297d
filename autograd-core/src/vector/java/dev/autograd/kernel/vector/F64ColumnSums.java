package dev.autograd.kernel.vector;

import dev.autograd.kernel.Reduction;

/**
 * Sums of the columns of matrices, as for the gradients of biases, with the bits of the plain
 * loops: one number after the other, in runs of at most {@link F64Sums#RUN} rows that are joined
 * two by two.
 */
final class F64ColumnSums {

  /** Columns that are summed at a time. */
  private static final int COLUMNS = 1024;

  /** Rows from which vectors are used: with few, the plain loops run along them as fast. */
  private static final int LEAST = 64;

  private static final int LANES = SumLoops.LANES;

  private final double[] x;
  private final int step;
  private final int width;
  private final /* wide */ double[] sums;
  private final /* wide */ double[] four;

  private F64ColumnSums(double[] x, int step, int width, int rows) {
    this.x = x;
    this.step = step;
    this.width = width;
    this.sums = Space.of(0, width * levels(rows));
    this.four = Space.of(1, 4 * LANES);
  }

  /** Returns whether a reduction is computed here. */
  static boolean has(Reduction op, int lines, int length, int inner) {
    return op == Reduction.SUM
        && inner >= LANES
        && length >= LEAST
        && (long) lines * length >= F64Sums.LEAST;
  }

  /** Sums a range of lines. */
  static void reduce(double[] x, double[] out, int length, int inner, int from, int to) {
    F64Sums.Compiled.await();
    int width;
    for (int line = from; line < to; line += width) {
      int column = line % inner;
      width = Math.min(Math.min(inner - column, to - line), COLUMNS);
      F64ColumnSums block = new F64ColumnSums(x, inner, width, length);
      block.add(line / inner * length * inner + column, length, 0);
      for (int c = 0; c < width; c++) {
        out[line + c] = (double) block.sums[c];
      }
    }
  }

  private static int levels(int length) {
    int levels = 1;
    for (int rows = length; rows > F64Sums.RUN; rows -= rows / 2) {
      levels++;
    }
    return levels;
  }

  /** Sums rows into {@code sums} from {@code into} on; what lies behind is scratch. */
  private void add(int from, int rows, int into) {
    if (rows > F64Sums.RUN) {
      int half = rows / 2;
      int upper = into + width;
      add(from, rows - half, into);
      add(from + (rows - half) * step, half, upper);
      for (int c = 0; c < width; c++) {
        sums[into + c] += sums[upper + c];
      }
      return;
    }
    // A load of floats has some beyond the last column, which the last row may not have.
    int readable = from + rows * step + LANES <= x.length ? rows : rows - 1;
    if (width < LANES) {
      addFew(from, readable, into);
    }
    int last = from + width - LANES;
    for (int c = 0; last >= from && c < width; c += 4 * LANES) {
      int o0 = Math.min(from + c, last);
      int o1 = Math.min(o0 + LANES, last);
      int o2 = Math.min(o0 + 2 * LANES, last);
      int o3 = Math.min(o0 + 3 * LANES, last);
      SumLoops.run(x, o0, o1, o2, o3, step, readable, four);
      System.arraycopy(four, 0, sums, into + o0 - from, LANES);
      System.arraycopy(four, LANES, sums, into + o1 - from, LANES);
      System.arraycopy(four, 2 * LANES, sums, into + o2 - from, LANES);
      System.arraycopy(four, 3 * LANES, sums, into + o3 - from, LANES);
    }
    if (readable < rows) {
      int row = from + readable * step;
      for (int k = 0; k < width; k++) {
        sums[into + k] += x[row + k];
      }
    }
  }

  /** Sums columns of a part that is narrower than a vector. */
  private void addFew(int from, int rows, int into) {
    for (int c = 0; c < width; c++) {
      /* wide */ double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += x[from + row * step + c];
      }
      sums[into + c] = sum;
    }
  }
}
