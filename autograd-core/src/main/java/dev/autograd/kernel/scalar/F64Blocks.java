package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import java.util.Arrays;

/**
 * The operands of a broadcast pair, laid out side by side, one block of result elements at a time.
 */
final class F64Blocks {

  /** Elements per block: three blocks fit the first cache. */
  static final int SIZE = 512;

  /** The operands' blocks; an operand itself if it is dense and fits one block. */
  final double[] left;

  final double[] right;

  /** Index of the first result element of the block. */
  int start;

  /** Elements in the block. */
  int count;

  private final double[] x;
  private final double[] y;
  private final int total;
  private final RowCursor rows;
  private final boolean leftIsDense;
  private final boolean rightIsDense;
  private int doneInRow;

  F64Blocks(double[] x, double[] y, Broadcast plan) {
    this.x = x;
    this.y = y;
    this.total = plan.shape().size();
    this.rows = RowCursor.of(plan);
    this.leftIsDense = isDense(plan.dims(), plan.leftStrides());
    this.rightIsDense = isDense(plan.dims(), plan.rightStrides());
    this.left = isSingle() && leftIsDense ? x : new double[Math.min(total, SIZE)];
    this.right = isSingle() && rightIsDense ? y : new double[Math.min(total, SIZE)];
  }

  /** Returns whether one block is enough. */
  boolean isSingle() {
    return total <= SIZE;
  }

  /** Returns whether both operands are read from 0 on, element by element. */
  static boolean isDirect(Broadcast plan) {
    int[] dims = plan.dims();
    return dims.length == 1 && (dims[0] == 1 || plan.leftStrides()[0] == plan.rightStrides()[0]);
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

  /** Lays out the next block, if there is one. */
  boolean next() {
    start += count;
    count = Math.min(SIZE, total - start);
    if (left != x && leftIsDense) {
      System.arraycopy(x, start, left, 0, count);
    }
    if (right != y && rightIsDense) {
      System.arraycopy(y, start, right, 0, count);
    }
    int run;
    for (int filled = 0; filled < count; filled += run) {
      run = Math.min(count - filled, rows.length - doneInRow);
      if (!leftIsDense) {
        lay(x, rows.left, rows.leftStride, left, filled, run);
      }
      if (!rightIsDense) {
        lay(y, rows.right, rows.rightStride, right, filled, run);
      }
      doneInRow += run;
      if (doneInRow == rows.length) {
        rows.advance();
        doneInRow = 0;
      }
    }
    return count > 0;
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
