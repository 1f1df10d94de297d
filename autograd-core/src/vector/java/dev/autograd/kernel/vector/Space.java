package dev.autograd.kernel.vector;

/** The arrays that the blocks of a thread work in, one block after the other. */
final class Space {

  private static final int COUNT = 4;

  private static final ThreadLocal<double[][]> ARRAYS =
      ThreadLocal.withInitial(() -> new double[COUNT][0]);

  private Space() {}

  /** Returns an array of at least a size, which holds anything, for one use of its number. */
  static double[] of(int number, int size) {
    double[][] arrays = ARRAYS.get();
    if (arrays[number].length < size) {
      arrays[number] = new double[size];
    }
    return arrays[number];
  }
}
