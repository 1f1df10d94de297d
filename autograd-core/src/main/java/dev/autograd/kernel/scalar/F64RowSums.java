package dev.autograd.kernel.scalar;

/**
 * The sum of each row of a matrix and one row. As in {@link F64Blocks}, all arrays of the loop are
 * read and written at the same index: the row is laid out as often as it fits a block, and blocks
 * of the matrix are brought to it.
 */
final class F64RowSums {

  private static final ThreadLocal<F64RowSums> WORKSPACE = ThreadLocal.withInitial(F64RowSums::new);

  private double[] laid = {};
  private double[] block = {};

  private F64RowSums() {}

  static void add(double[] row, double[] target, int columns, int from, int to) {
    if (from < to && columns > 0) {
      WORKSPACE.get().run(row, target, columns, from, to);
    }
  }

  private void run(double[] row, double[] target, int columns, int from, int to) {
    int repeats = Math.min(to - from, Math.max(1, F64Blocks.SIZE / columns));
    int size = repeats * columns;
    if (laid.length < size) {
      laid = new double[size];
      block = new double[size];
    }
    for (int i = 0; i < repeats; i++) {
      System.arraycopy(row, 0, laid, i * columns, columns);
    }
    int end = to * columns;
    for (int start = from * columns; start < end; start += size) {
      int count = Math.min(end - start, size);
      System.arraycopy(target, start, block, 0, count);
      add(laid, block, count);
      System.arraycopy(block, 0, target, start, count);
    }
  }

  private static void add(double[] x, double[] target, int n) {
    for (int i = 0; i < n; i++) {
      target[i] = target[i] + x[i];
    }
  }
}
