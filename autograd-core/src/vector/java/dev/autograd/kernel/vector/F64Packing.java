package dev.autograd.kernel.vector;

import java.util.Arrays;

/**
 * Copies parts of matrices into the order in which {@link F64Tile} reads them: element (i, p) of a
 * strip of rows at {@code p rows + i}. A panel of columns of b is a strip of rows of its transpose.
 * What a strip has beyond the matrix is filled with 0.
 */
final class F64Packing {

  private F64Packing() {}

  /**
   * Packs one strip.
   *
   * @param from where element (0, 0) lies
   * @param rowStep distance from row to row of the strip
   * @param depthStep distance from one element of a row to the next
   * @param rows how many rows there are
   * @param width how many rows the strip has
   */
  static void pack(
      double[] x,
      int from,
      int rowStep,
      int depthStep,
      int rows,
      int width,
      int depth,
      double[] strip,
      int to) {
    if (rowStep == 1) {
      contiguous(x, from, depthStep, rows, width, depth, strip, to);
    } else {
      transposed(x, from, rowStep, depthStep, rows, width, depth, strip, to);
    }
  }

  private static void contiguous(
      double[] x, int from, int step, int rows, int width, int depth, double[] strip, int to) {
    for (int p = 0; p < depth; p++) {
      int at = to + p * width;
      System.arraycopy(x, from + p * step, strip, at, rows);
      if (rows < width) {
        Arrays.fill(strip, at + rows, at + width, 0);
      }
    }
  }

  /**
   * Four rows at a time, which read each its own line of the cache and write next to each other.
   */
  private static void transposed(
      double[] x,
      int from,
      int rowStep,
      int depthStep,
      int rows,
      int width,
      int depth,
      double[] strip,
      int to) {
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      four(x, from + i * rowStep, rowStep, depthStep, width, depth, strip, to + i);
    }
    for (; i < width; i++) {
      int at = from + i * rowStep;
      for (int p = 0; p < depth; p++) {
        strip[to + i + p * width] = i < rows ? x[at + p * depthStep] : 0;
      }
    }
  }

  private static void four(
      double[] x,
      int from,
      int rowStep,
      int depthStep,
      int width,
      int depth,
      double[] strip,
      int to) {
    int r1 = from + rowStep;
    int r2 = r1 + rowStep;
    int r3 = r2 + rowStep;
    for (int p = 0; p < depth; p++) {
      int at = to + p * width;
      int q = p * depthStep;
      strip[at] = x[from + q];
      strip[at + 1] = x[r1 + q];
      strip[at + 2] = x[r2 + q];
      strip[at + 3] = x[r3 + q];
    }
  }
}
