package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import java.util.Arrays;

/**
 * The operands of a broadcast pair, laid out side by side, one block of result elements at a time,
 * over a range of the outermost loop.
 */
final class F64Blocks {

  /** The most elements per block: three blocks fit the first cache. */
  static final int SIZE = 1024;

  /** The operands' blocks; an operand itself if it is dense and fits one block. */
  final double[] left;

  final double[] right;

  /** Index of the first result element of the block. */
  int start;

  /** Elements in the block. */
  int count;

  private final double[] x;
  private final double[] y;
  private final int first;
  private final int end;
  private final int size;
  private final RowCursor rows;
  private final boolean copiesLeft;
  private final boolean copiesRight;
  private final boolean laysLeft;
  private final boolean laysRight;
  private int doneInRow;

  F64Blocks(double[] x, double[] y, Broadcast plan, int from, int to) {
    int[] dims = plan.dims();
    int[] leftStrides = plan.leftStrides();
    int[] rightStrides = plan.rightStrides();
    boolean leftRepeats = repeats(dims, leftStrides);
    boolean rightRepeats = repeats(dims, rightStrides);
    this.x = x;
    this.y = y;
    int step = step(dims);
    this.first = from * step;
    this.end = to * step;
    this.start = first;
    this.rows = RowCursor.of(plan, from);
    int total = end - first;
    // Blocks of whole rows: what repeats is the same in each of them and is laid out once.
    boolean wholeRows = dims.length == 2 && total > 0 && (leftRepeats || rightRepeats);
    this.size = wholeRows ? SIZE - SIZE % rows.length : SIZE;
    boolean leftIsDense = isDense(dims, leftStrides);
    boolean rightIsDense = isDense(dims, rightStrides);
    this.left = isSingle() && leftIsDense ? x : new double[Math.min(total, size)];
    this.right = isSingle() && rightIsDense ? y : new double[Math.min(total, size)];
    this.copiesLeft = leftIsDense && left != x;
    this.copiesRight = rightIsDense && right != y;
    this.laysLeft = !leftIsDense && !leftRepeats;
    this.laysRight = !rightIsDense && !rightRepeats;
    if (leftRepeats) {
      repeat(x, rows.leftStride, left);
    }
    if (rightRepeats) {
      repeat(y, rows.rightStride, right);
    }
  }

  /** Returns whether both operands are read from 0 on, element by element. */
  static boolean isDirect(Broadcast plan) {
    int[] dims = plan.dims();
    return dims.length == 1 && (dims[0] == 1 || plan.leftStrides()[0] == plan.rightStrides()[0]);
  }

  /** Returns how many result elements a step of the outermost loop makes. */
  private static int step(int[] dims) {
    int step = 1;
    for (int axis = 1; axis < dims.length; axis++) {
      step *= dims[axis];
    }
    return step;
  }

  private static boolean isDense(int[] dims, int[] strides) {
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      if (strides[axis] != stride) {
        return false;
      }
      stride *= dims[axis];
    }
    return true;
  }

  /** Returns whether the operand is one element, or one row that fits a block, again and again. */
  private static boolean repeats(int[] dims, int[] strides) {
    return dims.length == 1
        ? strides[0] == 0
        : dims.length == 2 && strides[0] == 0 && strides[1] == 1 && dims[1] <= SIZE;
  }

  private void repeat(double[] source, int stride, double[] block) {
    if (stride == 0) {
      Arrays.fill(block, source[0]);
      return;
    }
    int filled = Math.min(rows.length, block.length);
    System.arraycopy(source, 0, block, 0, filled);
    for (; filled < block.length; filled += filled) {
      System.arraycopy(block, 0, block, filled, Math.min(filled, block.length - filled));
    }
  }

  /** Returns whether one block, from the first element on, is enough. */
  boolean isSingle() {
    return first == 0 && end <= size;
  }

  /** Lays out the next block, if there is one. */
  boolean next() {
    start += count;
    count = Math.min(size, end - start);
    if (copiesLeft) {
      System.arraycopy(x, start, left, 0, count);
    }
    if (copiesRight) {
      System.arraycopy(y, start, right, 0, count);
    }
    if (laysLeft || laysRight) {
      layRows();
    }
    return count > 0;
  }

  private void layRows() {
    int run;
    for (int filled = 0; filled < count; filled += run) {
      run = Math.min(count - filled, rows.length - doneInRow);
      if (laysLeft) {
        lay(x, rows.left, rows.leftStride, left, filled, run);
      }
      if (laysRight) {
        lay(y, rows.right, rows.rightStride, right, filled, run);
      }
      doneInRow += run;
      if (doneInRow == rows.length) {
        rows.advance();
        doneInRow = 0;
      }
    }
  }

  private void lay(double[] from, int row, int stride, double[] to, int at, int n) {
    if (stride == 0) {
      Arrays.fill(to, at, at + n, from[row]);
    } else {
      System.arraycopy(from, row + doneInRow, to, at, n);
    }
  }

  static void widen(double[] x, int from, /* wide */ double[] block, int n) {
    for (int i = 0; i < n; i++) {
      block[i] = x[from + i];
    }
  }

  static void narrow(/* wide */ double[] block, double[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = (double) block[i];
    }
  }
}
