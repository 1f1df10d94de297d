package dev.autograd.kernel.vector;

import dev.autograd.kernel.Gemm;
import java.util.Arrays;

/**
 * The matrix product over packed operands. Of b, panels of two vectors of columns and at most
 * {@link #DEPTH} rows are packed, of a strips of {@link F64Tile#TALL} rows; a transposed operand is
 * packed as it lies. A panel stays in the first cache while the strips pass by from the second.
 */
final class F64Product {

  /** Elements of a column of b packed at a time. */
  private static final int DEPTH = 512;

  /** Rows of a packed at a time. */
  private static final int HEIGHT = 20 * F64Tile.TALL;

  /** Rows of tiles where registers are few: x86 without AVX-512 has 16. */
  private static final int ROWS =
      F64Tile.LANES * Double.SIZE >= 512 || !System.getProperty("os.arch", "").equals("amd64")
          ? F64Tile.TALL
          : F64Tile.SHORT;

  /** Multiplications below which plain loops are as fast. */
  private static final int SMALL = 1024;

  /** Columns below which most lanes would be idle. */
  private static final int NARROW = 4;

  /** Multiplications from which a product is worth a warm-up. */
  private static final int LARGE = 1 << 17;

  private static final int LANES = F64Tile.LANES;

  private static final ThreadLocal<F64Product> WORKSPACE = ThreadLocal.withInitial(F64Product::new);

  private double[] strips = {};
  private double[] panel = {};
  private final double[] tile = new double[F64Tile.TALL * 2 * LANES];

  private F64Product() {}

  /** Returns whether a product is large enough to be packed, and has rows to fill a tile. */
  static boolean pays(Gemm sizes) {
    return sizes.m() >= F64Tile.SHORT
        && sizes.n() >= NARROW
        && sizes.k() > 0
        && (long) sizes.m() * sizes.n() * sizes.k() >= SMALL;
  }

  static void multiply(Gemm sizes, double[] a, int ao, double[] b, int bo, double[] out, int oo) {
    if ((long) sizes.m() * sizes.n() * sizes.k() >= LARGE) {
      F64WarmUp.await();
    }
    WORKSPACE.get().run(sizes, a, ao, b, bo, out, oo);
  }

  private void run(Gemm sizes, double[] a, int ao, double[] b, int bo, double[] out, int oo) {
    int m = sizes.m();
    int n = sizes.n();
    int k = sizes.k();
    int aRow = sizes.transposeA() ? 1 : sizes.lda();
    int aStep = sizes.transposeA() ? sizes.lda() : 1;
    int bColumn = sizes.transposeB() ? sizes.ldb() : 1;
    int bStep = sizes.transposeB() ? 1 : sizes.ldb();
    int step = sizes.ldc();
    for (int i = 0; i < m; i++) {
      Arrays.fill(out, oo + i * step, oo + i * step + n, 0);
    }
    reserve(Math.min(m, HEIGHT), Math.min(k, DEPTH));
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(k - p, DEPTH);
      for (int i = 0; i < m; i += HEIGHT) {
        int rows = Math.min(m - i, HEIGHT);
        packStrips(a, ao + i * aRow + p * aStep, aRow, aStep, rows, depth);
        for (int j = 0; j < n; j += 2 * LANES) {
          int columns = Math.min(n - j, 2 * LANES);
          int width = columns > LANES ? 2 * LANES : LANES;
          int from = bo + j * bColumn + p * bStep;
          F64Packing.pack(b, from, bColumn, bStep, columns, width, depth, panel, 0);
          tiles(rows, columns, width, depth, out, oo + i * step + j, step);
        }
      }
    }
  }

  private void reserve(int rows, int depth) {
    int stripElements = (rows + F64Tile.SHORT) * depth;
    if (strips.length < stripElements) {
      strips = new double[stripElements];
    }
    if (panel.length < 2 * LANES * depth) {
      panel = new double[2 * LANES * depth];
    }
  }

  /** Returns the rows of the next strip: tall ones as long as they are full, then short ones. */
  private static int stripRows(int left) {
    return left >= ROWS ? ROWS : F64Tile.SHORT;
  }

  private void packStrips(double[] a, int from, int rowStep, int step, int rows, int depth) {
    int strip;
    for (int i = 0; i < rows; i += strip) {
      strip = stripRows(rows - i);
      int count = Math.min(rows - i, strip);
      F64Packing.pack(a, from + i * rowStep, rowStep, step, count, strip, depth, strips, i * depth);
    }
  }

  private void tiles(int rows, int columns, int width, int depth, double[] out, int to, int step) {
    int strip;
    for (int i = 0; i < rows; i += strip) {
      strip = stripRows(rows - i);
      int at = to + i * step;
      if (i + strip <= rows && columns == width) {
        add(strip, width, i * depth, depth, out, at, step);
      } else {
        int count = Math.min(rows - i, strip);
        copy(out, at, step, tile, 0, width, count, columns);
        add(strip, width, i * depth, depth, tile, 0, width);
        copy(tile, 0, width, out, at, step, count, columns);
      }
    }
  }

  private static void copy(
      double[] x, int from, int step, double[] out, int to, int outStep, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, from + r * step, out, to + r * outStep, columns);
    }
  }

  private void add(int rows, int width, int at, int depth, double[] c, int co, int step) {
    if (rows == F64Tile.TALL) {
      if (width == LANES) {
        F64Tile.tall(strips, at, panel, 0, depth, c, co, step);
      } else {
        F64Tile.tallPair(strips, at, panel, 0, depth, c, co, step);
      }
    } else if (width == LANES) {
      F64Tile.shortOne(strips, at, panel, 0, depth, c, co, step);
    } else {
      F64Tile.shortPair(strips, at, panel, 0, depth, c, co, step);
    }
  }
}
