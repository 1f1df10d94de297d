package dev.autograd.kernel.vector;

/**
 * Has the tiles compiled before the first large product: until then each vector operation is a call
 * that makes an object, and a product that takes 0.2 ms would take 200. Costs about half a second,
 * once per element type. No result depends on it, as compiled tiles have the same bits.
 *
 * <p>A class apart: what runs while its own class is being initialised is not compiled well.
 */
final class F64WarmUp {

  private static final int DEPTH = WarmUp.VECTORS;

  static {
    int width = 2 * F64Tile.LANES;
    double[] a = new double[F64Tile.TALL * DEPTH];
    double[] b = new double[width * DEPTH];
    double[] c = new double[F64Tile.TALL * width];
    WarmUp.of(() -> F64Tile.tallPair(a, 0, b, 0, DEPTH, c, 0, width));
    WarmUp.of(() -> F64Tile.shortPair(a, 0, b, 0, DEPTH, c, 0, width));
    WarmUp.of(() -> F64Tile.tall(a, 0, b, 0, DEPTH, c, 0, width));
    WarmUp.of(() -> F64Tile.shortOne(a, 0, b, 0, DEPTH, c, 0, width));
  }

  private F64WarmUp() {}

  /** Returns once the tiles are compiled. */
  static void await() {
    // The initialisation of this class has done it.
  }
}
