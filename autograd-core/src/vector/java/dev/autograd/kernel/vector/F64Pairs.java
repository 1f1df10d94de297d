package dev.autograd.kernel.vector;

import dev.autograd.array.Broadcast;

/**
 * Walks a part of a broadcast pair, a block of results at a time, and has both operands side by
 * side: of short rows some whole ones, of a long one a part. Blocks are whole vectors; what is left
 * of one comes as a vector that overlaps it, so that some results are computed twice.
 *
 * <p>A cursor, so that the loop over a block is called from one place in its caller: where C2
 * inlines one into several, as it may those of {@link F64Comparisons}, it runs out of nodes and
 * makes objects of vectors.
 */
final class F64Pairs {

  private static final int BLOCK = F64Scratch.BLOCK;
  private static final int LANES = F64Tile.LANES;

  /** Elements of the two innermost loops from which vectors are used. */
  private static final int LEAST = 64;

  /** The operands' blocks. */
  final F64Operand left;

  final F64Operand right;

  /** Index of the first result of the block. */
  int to;

  /** Results in the block, a multiple of the lanes. */
  int count;

  private final Broadcast plan;

  /** First index of the outermost loop. */
  private final int first;

  /** Loops around what is cut into blocks: a row, or some rows of the same loop. */
  private final int outer;

  private final int tiles;
  private final int tileSize;
  private final int rowLength;
  private final int blocks;
  private int tile;
  private int block;
  private int leftTile;
  private int rightTile;
  private int rest;

  /** Stands before the first block of a range of the outermost loop, one that {@link #pays}. */
  F64Pairs(double[] x, double[] y, Broadcast plan, int from, int end) {
    int[] dims = plan.dims();
    int last = dims.length - 1;
    int length = last == 0 ? end - from : dims[last];
    boolean cutsRows = last == 0 || length > BLOCK / 2;
    this.plan = plan;
    this.first = from;
    this.to = (int) size(plan, 0, from);
    this.outer = cutsRows ? last : last - 1;
    this.tileSize = outer == 0 ? end - from : dims[outer];
    this.rowLength = cutsRows ? 1 : length;
    int inBlock = BLOCK / rowLength;
    this.blocks = (tileSize + inBlock - 1) / inBlock;
    this.tiles = (int) (size(plan, from, end) / ((long) tileSize * rowLength));
    double[] scratch = F64Scratch.array();
    this.left = operand(x, scratch, F64Scratch.LEFT, plan.leftStrides(), length);
    this.right = operand(y, scratch, F64Scratch.RIGHT, plan.rightStrides(), length);
  }

  private static F64Operand operand(
      double[] x, double[] scratch, int scratchAt, int[] strides, int length) {
    int last = strides.length - 1;
    int rowStride = last == 0 ? 0 : strides[last - 1];
    return new F64Operand(x, scratch, scratchAt, rowStride, strides[last], length);
  }

  /** Returns whether blocks of a range of a plan's outermost loop are large enough. */
  static boolean pays(Broadcast plan, int from, int end) {
    int[] dims = plan.dims();
    int loops = dims.length;
    long rows = loops == 1 ? 1 : loops == 2 ? end - from : dims[loops - 2];
    return rows * (loops == 1 ? end - from : dims[loops - 1]) >= LEAST;
  }

  /** Returns whether an operand of a plan repeats. */
  static boolean repeats(Broadcast plan) {
    return plan.dims().length > 1 || plan.leftStrides()[0] != plan.rightStrides()[0];
  }

  /** Returns how many results a range of a plan's outermost loop has. */
  static long size(Broadcast plan, int from, int end) {
    long size = (long) end - from;
    int[] dims = plan.dims();
    for (int axis = 1; axis < dims.length; axis++) {
      size *= dims[axis];
    }
    return size;
  }

  /** Moves to the next block, if there is one. */
  boolean next() {
    to += count;
    if (rest > 0) {
      shift(count - (LANES - rest));
      to -= LANES - rest;
      count = LANES;
      rest = 0;
      return true;
    }
    if (block == blocks) {
      block = 0;
      tile++;
    }
    if (tile == tiles) {
      return false;
    }
    if (block == 0) {
      leftTile = start(plan.leftStrides());
      rightTile = start(plan.rightStrides());
    }
    // All blocks alike: a last one that is shorter than a vector could not be computed in one.
    int at = (int) ((long) tileSize * block / blocks);
    int end = (int) ((long) tileSize * (block + 1) / blocks);
    bringUp(left, leftTile, plan.leftStrides(), at, end - at);
    bringUp(right, rightTile, plan.rightStrides(), at, end - at);
    int n = (end - at) * rowLength;
    rest = n % LANES;
    count = n - rest;
    block++;
    return true;
  }

  private void shift(int by) {
    left.at += by;
    right.at += by;
  }

  private void bringUp(F64Operand operand, int start, int[] strides, int at, int n) {
    if (outer == strides.length - 1) {
      operand.part(start, at);
    } else {
      operand.rows(start + at * strides[outer], n);
    }
  }

  /** Returns where the tile begins in an operand. */
  private int start(int[] strides) {
    int rest = tile;
    int start = first * strides[0];
    for (int axis = outer - 1; axis >= 0; axis--) {
      int index = axis == 0 ? rest : rest % plan.dims()[axis];
      start += index * strides[axis];
      rest /= plan.dims()[axis];
    }
    return start;
  }
}
