package dev.autograd.kernel.vector;

/**
 * Has the tiles compiled before the first large product: until then each vector operation is a call
 * that makes an object, and a product that takes 0.2 ms would take 200. Costs about half a second,
 * once per element type. No result depends on it, as compiled tiles have the same bits.
 *
 * <p>A class apart: what runs while its own class is being initialised is not compiled well.
 */
final class F64WarmUp {

  /** Enough for the last stage of the JIT compiler, which compiles after 5,000 to 15,000 calls. */
  static final int CALLS = 10_000;

  private static final int DEPTH = 4;

  static {
    int width = 2 * F64Tile.LANES;
    double[] a = new double[F64Tile.TALL * DEPTH];
    double[] b = new double[width * DEPTH];
    double[] c = new double[F64Tile.TALL * width];
    for (int call = 0; call < CALLS; call++) {
      F64Tile.tallPair(a, 0, b, 0, DEPTH, c, 0, width);
    }
    for (int call = 0; call < CALLS; call++) {
      F64Tile.shortPair(a, 0, b, 0, DEPTH, c, 0, width);
    }
    for (int call = 0; call < CALLS; call++) {
      F64Tile.tall(a, 0, b, 0, DEPTH, c, 0, width);
    }
    for (int call = 0; call < CALLS; call++) {
      F64Tile.shortOne(a, 0, b, 0, DEPTH, c, 0, width);
    }
  }

  private F64WarmUp() {}

  /** Returns once the tiles are compiled. */
  static void await() {
    // The initialisation of this class has done it.
  }
}
