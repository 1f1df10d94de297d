package dev.autograd.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * One operand of a broadcast pair, block by block. What lies dense is read in place, since vectors
 * may begin anywhere; what repeats is laid out, a row as often as it fits.
 */
final class F64Operand {

  private static final int LANES = F64Tile.LANES;

  /** Where the numbers of the block are. */
  double[] array;

  /** Where in the array the block begins. */
  int at;

  private final double[] x;
  private final double[] scratch;
  private final int scratchAt;
  private final int rowStride;
  private final int stride;
  private final int length;
  private int laidFrom = -1;

  /**
   * Makes an operand.
   *
   * @param scratch where it may lay out a block, from {@code scratchAt} on
   * @param rowStride distance from one row to the next; 0 repeats a row
   * @param stride 1, or 0 where a row is one number
   */
  F64Operand(double[] x, double[] scratch, int scratchAt, int rowStride, int stride, int length) {
    this.x = x;
    this.array = x;
    this.scratch = scratch;
    this.scratchAt = scratchAt;
    this.rowStride = rowStride;
    this.stride = stride;
    this.length = length;
  }

  /** A class apart, whose initialisation has the loop compiled. */
  private static final class Compiled {

    static {
      double[] x = new double[WarmUp.VECTORS];
      double[] scratch = new double[WarmUp.VECTORS * LANES];
      WarmUp.of(() -> column(x, 0, 1, scratch, 0, LANES, WarmUp.VECTORS));
    }

    private Compiled() {}

    static void await() {
      // The initialisation of this class has done it.
    }
  }

  /** Brings up a row from a column on, at most a block of it. */
  void part(int from, int column) {
    if (stride == 1) {
      at = from + column;
      return;
    }
    array = scratch;
    at = scratchAt;
    if (from != laidFrom) {
      Arrays.fill(scratch, scratchAt, scratchAt + Math.min(length, F64Scratch.BLOCK), x[from]);
      laidFrom = from;
    }
  }

  /** Brings up so many whole rows, at most a block. */
  void rows(int from, int count) {
    if (stride == 1 && rowStride != 0) {
      at = from;
      return;
    }
    array = scratch;
    at = scratchAt;
    if (stride == 0) {
      Compiled.await();
      column(x, from, rowStride, scratch, scratchAt, length, count);
    } else if (from != laidFrom) {
      repeat(from);
      laidFrom = from;
    }
  }

  /** Vectors reach into the next row, which is written after them, or into the room behind. */
  private static void column(
      double[] x, int from, int step, double[] out, int to, int length, int count) {
    for (int row = 0; row < count; row++) {
      DoubleVector number = DoubleVector.broadcast(F64Tile.SPECIES, x[from + row * step]);
      for (int i = 0; i < length; i += LANES) {
        number.intoArray(out, to + row * length + i);
      }
    }
  }

  private void repeat(int from) {
    System.arraycopy(x, from, scratch, scratchAt, length);
    int end = F64Scratch.BLOCK / length * length;
    for (int filled = length; filled < end; filled += filled) {
      int n = Math.min(filled, end - filled);
      System.arraycopy(scratch, scratchAt, scratch, scratchAt + filled, n);
    }
  }
}
