package dev.autograd.kernel.parallel;

import dev.autograd.kernel.Gemm;

/**
 * How a matrix product is cut into blocks: rows and columns of them, as even as whole tiles allow.
 *
 * <p>Each block reads its rows of a and its columns of b, and a back end copies both in an order of
 * its own first. So a is copied once per column of blocks, b once per row: of the grids with the
 * wanted number of blocks the one that copies least is taken.
 */
record Grid(Gemm sizes, int rows, int columns) {

  /** Blocks begin at multiples of it: the tallest tiles are of so many rows. */
  private static final int TILE_ROWS = 12;

  /** Likewise of columns: two vectors of 16 numbers. */
  private static final int TILE_COLUMNS = 32;

  /** Multiplications that a block must have. */
  private static final long LEAST_BLOCK = 1 << 20;

  /** Returns the number of multiplications of a product. */
  static long work(Gemm sizes) {
    return (long) sizes.m() * sizes.n() * sizes.k();
  }

  /** Returns whether a product is too small for several blocks. */
  static boolean isSmall(Gemm sizes) {
    return work(sizes) < 2 * LEAST_BLOCK;
  }

  /** Returns a grid of at most so many blocks. */
  static Grid of(Gemm sizes, int most) {
    int wanted = (int) Math.min(most, work(sizes) / LEAST_BLOCK);
    Grid best = new Grid(sizes, 1, 1);
    for (int rows = 1; rows <= wanted; rows++) {
      int down = Math.min(rows, tiles(sizes.m(), TILE_ROWS));
      int across = Math.min(wanted / rows, tiles(sizes.n(), TILE_COLUMNS));
      int more = down * across - best.count();
      if (more > 0 || (more == 0 && copied(sizes, down, across) < best.copied())) {
        best = new Grid(sizes, down, across);
      }
    }
    return best;
  }

  private static int tiles(int size, int tile) {
    return Math.max(1, (size + tile - 1) / tile);
  }

  /** Returns the number of blocks. */
  int count() {
    return rows * columns;
  }

  /** Returns how many numbers are copied, up to a factor k. */
  private long copied() {
    return copied(sizes, rows, columns);
  }

  private static long copied(Gemm sizes, int rows, int columns) {
    return (long) columns * sizes.m() + (long) rows * sizes.n();
  }

  /** Returns the first row of a row of blocks; behind the last one, the number of rows. */
  int row(int of) {
    return border(of, rows, sizes.m(), TILE_ROWS);
  }

  /** Returns the first column of a column of blocks. */
  int column(int of) {
    return border(of, columns, sizes.n(), TILE_COLUMNS);
  }

  private static int border(int of, int blocks, int size, int tile) {
    int tiles = tiles(size, tile);
    return (int) Math.min(size, (long) of * tiles / blocks * tile);
  }
}
