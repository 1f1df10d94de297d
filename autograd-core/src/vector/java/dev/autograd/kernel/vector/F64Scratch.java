package dev.autograd.kernel.vector;

/** One array per thread that the loops over blocks work in, and where its parts begin. */
final class F64Scratch {

  /** Elements per block: few enough for the first cache. */
  static final int BLOCK = 1024;

  /** Behind a block for loops to work in: the last elements that are no whole vector. */
  static final int REST = BLOCK;

  /** Their results. */
  static final int REST_RESULT = REST + F64Tile.LANES;

  /** A block for a left operand that has to be laid out, with a vector of room behind it. */
  static final int LEFT = REST_RESULT + F64Tile.LANES;

  /** The same for a right one. */
  static final int RIGHT = LEFT + BLOCK + F64Tile.LANES;

  private static final ThreadLocal<double[]> ARRAY =
      ThreadLocal.withInitial(() -> new double[RIGHT + BLOCK + F64Tile.LANES]);

  private F64Scratch() {}

  /** Returns the array of this thread. */
  static double[] array() {
    return ARRAY.get();
  }
}
