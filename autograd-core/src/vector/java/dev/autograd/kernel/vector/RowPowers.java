package dev.autograd.kernel.vector;

import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Unary;
import java.util.Arrays;

/**
 * Softmax and its kin over a block of whole rows, in double precision for both element types. The
 * powers of e of all rows are taken in one loop, so that short rows, as ten classes make them, fill
 * the vectors too.
 */
final class RowPowers {

  /** Elements of a block; a longer row is a block by itself. */
  private static final int BLOCK = 1024;

  /** Elements from which vectors are used. */
  private static final int LEAST = F64Maps.LEAST;

  private static final F64Loop EXP = F64Maps.loop(Unary.EXP);

  /** Rows that fit the block. */
  final int rows;

  /** The rows, one behind the other: numbers first, results in the end. */
  final double[] block;

  private final int length;
  private final double[] powers;
  private final double[] largest;
  private final double[] lanes;

  /** Makes a block for so many rows of a length. */
  RowPowers(int lines, int length) {
    F64Maps.warmUp(Unary.EXP);
    this.length = length;
    this.rows = Math.min(lines, Math.max(1, BLOCK / length));
    int whole = rows * length + F64Tile.LANES - 1;
    this.block = Space.of(0, whole - whole % F64Tile.LANES);
    this.powers = Space.of(1, whole - whole % F64Tile.LANES);
    this.largest = Space.of(2, rows);
    this.lanes = Space.of(3, F64Tile.LANES);
  }

  /** Returns whether a row function is computed here. */
  static boolean has(AxisMap op, int lines, int length, int inner) {
    return (op == AxisMap.SOFTMAX || op == AxisMap.LOG_SOFTMAX) && pays(lines, length, inner);
  }

  /** Returns whether a reduction is computed here. */
  static boolean has(Reduction op, int lines, int length, int inner) {
    return op == Reduction.LOG_SUM_EXP && pays(lines, length, inner);
  }

  /** Returns whether lines of a length are computed here. */
  static boolean pays(int lines, int length, int inner) {
    return inner == 1 && length > 0 && lines * length >= LEAST;
  }

  /** Replaces the first {@code count} rows by a function of each. */
  void map(AxisMap op, int count) {
    takePowers(count);
    for (int row = 0; row < count; row++) {
      int from = row * length;
      double sum = sum(from);
      if (op == AxisMap.SOFTMAX) {
        for (int i = from; i < from + length; i++) {
          block[i] = powers[i] / sum;
        }
      } else {
        double log = Math.log(sum);
        for (int i = from; i < from + length; i++) {
          block[i] -= log;
        }
      }
    }
  }

  /** Replaces the first {@code count} numbers of the block by the log-sum-exp of as many rows. */
  void logSumExp(int count) {
    takePowers(count);
    for (int row = 0; row < count; row++) {
      double max = largest[row];
      block[row] = Double.isFinite(max) ? max + Math.log(sum(row * length)) : max;
    }
  }

  /**
   * Replaces the first {@code count} numbers of the block by the cross-entropies of the softmax of
   * as many rows, against classes; 0 where the class is below 0.
   */
  void crossEntropy(int[] classes, int first, int count) {
    takePowers(count);
    for (int row = 0; row < count; row++) {
      int own = classes[first + row];
      int from = row * length;
      block[row] = own < 0 ? 0 : Math.log(sum(from)) - block[from + own];
    }
  }

  /** Replaces a row, which is its softmax, by g times its difference to a class. */
  void subtractClass(int row, int own, double g) {
    int from = row * length;
    if (own < 0 || g == 0) {
      Arrays.fill(block, from, from + length, 0);
      return;
    }
    block[from + own] -= 1;
    for (int i = from; i < from + length; i++) {
      block[i] *= g;
    }
  }

  /** Takes the largest of each row off it, and the powers of what is left. */
  private void takePowers(int count) {
    for (int row = 0; row < count; row++) {
      int from = row * length;
      double max =
          length < F64Extremes.LEAST ? maxOfFew(from) : F64Extremes.max(block, from, length, lanes);
      for (int i = from; i < from + length; i++) {
        block[i] -= max;
      }
      largest[row] = max;
    }
    int whole = count * length + F64Tile.LANES - 1;
    // Rows may be longer than a block, and there is no scratch: this loop needs none.
    EXP.run(block, 0, powers, 0, powers, whole - whole % F64Tile.LANES);
  }

  /** Returns the largest number or NaN; a comparison is faster than {@link Math#max} here. */
  private double maxOfFew(int from) {
    double max = block[from];
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      double value = block[i];
      max = value > max ? value : max;
      sum += 0 * value;
    }
    // The sum is NaN if there is a NaN or an infinity.
    return sum == 0 ? max : exactMax(from);
  }

  private double exactMax(int from) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, block[i]);
    }
    return max;
  }

  /** Four sums: one alone would wait for the latency of each addition. */
  private double sum(int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = from + length;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      s0 += powers[i];
      s1 += powers[i + 1];
      s2 += powers[i + 2];
      s3 += powers[i + 3];
    }
    for (; i < end; i++) {
      s0 += powers[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
