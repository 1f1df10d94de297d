package dev.autograd.kernel;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Runs;
import dev.autograd.array.Strides;
import java.util.List;

/**
 * The closed vocabulary of loops that every operation is made of, for one floating-point type. A
 * back end speeds up the framework by implementing this interface, and knows nothing of tensors,
 * derivatives or threads.
 *
 * <p>Contract of every method: inputs are not modified; each result element asked for is
 * overwritten, whatever it held before; arrays may be longer than needed, so their {@code length}
 * means nothing; inputs and results do not overlap unless said otherwise; the result depends on the
 * operands and sizes only, never on the state of the virtual machine. Sizes have been checked by
 * the caller.
 *
 * <p><b>Ranges.</b> Methods with {@code from} and {@code to} do the part {@code from <= i < to} of
 * the work, and touch no result of another part; indices count from the beginning of the arrays,
 * not of the part. So the whole is 0 to n, and may be done as several parts, at the same time. What
 * i counts is said with each method: elements, lines, groups or planes. If no part has fewer than
 * {@link #LEAST_PART} elements to read, the results are the same bits as if the whole were done at
 * once.
 *
 * <p><b>Lines.</b> Along the middle axis of {@code [outer, length, inner]} there are {@code outer ·
 * inner} lines of {@code length} elements, numbered as their places in {@code [outer, inner]}: line
 * i begins at {@code i / inner · length · inner + i % inner}, and its elements lie {@code inner}
 * apart.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public interface Kernels<A> extends Movement<A> {

  /** Elements that a part must have, where the whole has them, for the same bits. */
  int LEAST_PART = 256;

  /** Elements from which {@link #sum} is the sum of two halves. */
  int HALVED = 8192;

  /** Elements that {@link #addRowAndMap} takes at a time. */
  int CACHED = 8192;

  /**
   * Computes {@code out[i] = op(x[i])} for a range of elements; of {@link Unary#RELU}, {@link
   * Unary#TANH} and {@link Unary#SIGMOID} x and out may be the same.
   */
  void map(Unary op, A x, A out, int from, int to);

  /**
   * Computes {@code out = op(x, y)} over a broadcast pair, for a range of the plan's outermost
   * loop: the whole is 0 to {@code plan.dims()[0]}.
   */
  void zip(Binary op, A x, A y, A out, Broadcast plan, int from, int to);

  /**
   * Returns {@code op(x)} of one number of the type, rounded to it; the bits are those of plain
   * loops.
   */
  double map(Unary op, double x);

  /** Returns {@code op(x, y)} of two numbers of the type, likewise. */
  double zip(Binary op, double x, double y);

  /**
   * Computes the mask {@code out = x op y} over a broadcast pair, for a range of the plan's
   * outermost loop.
   */
  void compare(Comparison op, A x, A y, boolean[] out, Broadcast plan, int from, int to);

  /** Computes {@code out[i] = condition[i] ? x[i] : y[i]} for a range of elements. */
  void select(boolean[] condition, A x, A y, A out, int from, int to);

  /** Sets {@code out[i] = value} for a range of elements, rounded once to the element type. */
  void fill(A out, double value, int from, int to);

  /** Adds in place: {@code target[i] += x[i]} for a range of elements. */
  void accumulate(A x, A target, int from, int to);

  /**
   * Adds one row in place to a range of the rows of a matrix: {@code target[i, j] += row[j]}.
   *
   * @param columns the length of a row
   */
  void addRow(A row, A target, int columns, int from, int to);

  /**
   * Applies a function to the sums of {@link #addRow}, in place: {@code target[i, j] = op(target[i,
   * j] + row[j])} for a range of the rows of a matrix. Some rows at a time, so that they are still
   * in the cache when the function reads them.
   *
   * <p>Not passed on to the kernels below, so that a back end that speeds up either loop speeds up
   * this.
   *
   * @param op one that {@link #map} applies in place
   * @param columns the length of a row
   */
  default void addRowAndMap(Unary op, A row, A target, int columns, int from, int to) {
    int rows = to - from;
    int parts = (int) Math.max(1, Math.min(rows, (long) rows * columns / CACHED));
    for (int part = 0; part < parts; part++) {
      int first = from + (int) ((long) rows * part / parts);
      int end = from + (int) ((long) rows * (part + 1) / parts);
      addRow(row, target, columns, first, end);
      map(op, target, target, first * columns, end * columns);
    }
  }

  /** Adds in place at planned places: {@code target[plan(i)] += x[i]}, in row-major order of i. */
  void scatterAdd(A x, A target, Strides plan);

  /** Adds in place run by run, in order; what arrives at one place several times accumulates. */
  void scatterAdd(A x, A target, Runs plan);

  /**
   * Returns the sum of a range of elements in double precision, which {@link Reduction#SUM} of
   * neighbours rounds to the element type. From {@link #HALVED} elements on it is the sum of the
   * sums of two halves, the first of {@code n - n / 2} elements.
   */
  double sum(A x, int from, int to);

  /**
   * Reduces a range of lines, each to one number: {@code [outer, length, inner] -> [outer, inner]}.
   *
   * @param length may be 0 where the reduction of nothing is defined
   */
  void reduce(Reduction op, A x, A out, int length, int inner, int from, int to);

  /** Applies a row function to a range of lines. */
  void mapAxis(AxisMap op, A x, A out, int length, int inner, int from, int to);

  /**
   * Computes the p-norm of each of a range of lines: {@code (Σ |x|^p)^(1/p)}, the largest or
   * smallest magnitude for p = ±∞, and the number of elements that are not 0 for p = 0; NaN if
   * there is one. Accumulated in double precision, and neither too large nor 0 on the way if the
   * result is not.
   *
   * @param length may be 0 if p is not negative; the norm of nothing is 0
   */
  void norm(double p, A x, A out, int length, int inner, int from, int to);

  /**
   * Computes {@code Σ (x - mean)² / divisor} of each of a range of lines, or its root; exactly 0 of
   * equal elements. Accumulated in double precision; the root is neither too large nor 0 on the way
   * if it is not itself.
   */
  void variance(double divisor, boolean root, A x, A out, int length, int inner, int from, int to);

  /**
   * Finds the index of the first largest element in each of a range of lines; the first NaN counts
   * as largest.
   */
  void argMax(A x, long[] out, int length, int inner, int from, int to);

  /** Finds the index of the first smallest element; the first NaN counts as smallest. */
  void argMin(A x, long[] out, int length, int inner, int from, int to);

  /**
   * Computes a linear recurrence along a range of lines, {@code out[i] = b[i] + x[i] · out[i - 1]},
   * or from the end, {@code out[i] = b[i] + x[i + 1] · out[i + 1]}. An {@code out} of 0 adds
   * nothing to its neighbour, whatever x is; nor is there anything to add to the first. Accumulated
   * in double precision.
   */
  void recurrence(boolean fromEnd, A b, A x, A out, int length, int inner, int from, int to);

  /**
   * Brings each of a range of groups of {@code [outer, groups, inner]} to mean 0 and variance 1:
   * {@code out = (x - mean) · scale} with {@code scale = 1/√(variance + eps)}, 0 where that root is
   * 0. Not centred, the mean is 0. Statistics are accumulated in double precision.
   *
   * @param mean overwritten, one per group; likewise variance, divided by the count, and scale
   */
  void standardize(
      Standardization sizes, A x, A out, A mean, A variance, A scale, int from, int to);

  /**
   * Computes the derivative of {@link #standardize} for a range of groups, {@code out = scale (g -
   * mean(g) - y mean(g y))} with means per group, not centred without mean(g). Where g is 0
   * throughout a group so is the result, also against NaN.
   *
   * @param y what {@code standardize} returned; likewise scale
   */
  void standardizeGrad(Standardization sizes, A g, A y, A scale, A out, int from, int to);

  /**
   * Computes the cross-entropy of the softmax of each of a range of lines against a class: {@code
   * out = log Σ e^x - x[class]}, NaN where the softmax is. Accumulated in double precision.
   *
   * @param classes one per line; one below 0 makes the loss 0
   */
  void crossEntropy(A x, int[] classes, A out, int length, int inner, int from, int to);

  /**
   * Computes the derivative of {@link #crossEntropy}, {@code out = (softmax(x) - onehot(class)) g};
   * 0 where the class is below 0, and where g is 0, also against NaN.
   *
   * @param gStep 1 for one g per line, 0 for one g for all
   */
  void crossEntropyGrad(
      A g, int gStep, A x, int[] classes, A out, int length, int inner, int from, int to);

  /**
   * Turns probabilities into the derivative of their cross-entropy against targets, in place, for a
   * range of elements: {@code out[i] = (out[i] - target[i]) g}; 0 where g is 0, also against NaN.
   *
   * @param gStep 1 for one g per element, 0 for one g for all
   */
  void residual(A target, A g, int gStep, A out, int from, int to);

  /**
   * Moves a parameter by a rule, in place, for a range of elements; also what is remembered of it
   * is updated in place.
   *
   * @param g the gradient
   * @param memory in the order of the rule
   * @param coefficients in the order of the rule, each rounded once to the element type
   */
  void update(UpdateRule rule, A p, A g, List<A> memory, double[] coefficients, int from, int to);

  /**
   * Computes one matrix product {@code out = op(a) · op(b)}; k = 0 gives zeros. What an element is
   * does not depend on which block of a product it is computed in, up to the order of its sum.
   *
   * @param aOffset index of the first element of a; likewise bOffset and outOffset
   */
  void gemm(Gemm sizes, A a, int aOffset, A b, int bOffset, A out, int outOffset);

  /**
   * Computes products of one size: {@code out_i = op(a_i) · op(b_i)} for a range of i, where out
   * holds one result behind the other, without gaps.
   *
   * @param aOffsets where each a begins, not to be modified; likewise bOffsets
   */
  default void gemmBatched(
      Gemm sizes, A a, int[] aOffsets, A b, int[] bOffsets, A out, int from, int to) {
    for (int i = from; i < to; i++) {
      gemm(sizes, a, aOffsets[i], b, bOffsets[i], out, i * sizes.m() * sizes.n());
    }
  }

  /**
   * Returns whether an element of a product has the same bits in whichever block of it that is
   * computed. Where this is false, products are cut at the same places for any number of threads,
   * one included, and so may take longer than they would on some.
   */
  default boolean blocksKeepBits() {
    return true;
  }

  /**
   * Factors one square matrix, its rows exchanged, into a lower and an upper triangle: row {@code
   * order[i]} of x is row i of L U. Of each column the number of the largest magnitude becomes the
   * pivot; the first NaN counts as largest.
   *
   * @param out U on and above the diagonal, L below; the diagonal of L is 1
   * @param order overwritten from {@code orderOffset} on, n numbers
   */
  void lu(A x, int xOffset, A out, int outOffset, int[] order, int orderOffset, int n);

  /**
   * Factors the symmetric part of one square matrix: {@code (X + Xᵀ) / 2 = L Lᵀ}.
   *
   * @param out L, with 0 above the diagonal
   * @return -1; or the first row whose pivot is 0 or negative, and then the result is undefined
   */
  int cholesky(A x, int xOffset, A out, int outOffset, int n);

  /** Solves one triangular system {@code op(T) X = B}; b and out may be the same. */
  void solveTriangular(Triangle sizes, A t, int tOffset, A b, int bOffset, A out, int outOffset);

  /**
   * Lays windows out as the columns of a matrix {@code [planes · taps, positions]}, with 0 for
   * padding.
   *
   * @param xOffset index of the first element of the first plane
   * @param columnsOffset index of the first element of the matrix
   * @param step distance between its rows, at least the positions
   */
  void unfold(Windows windows, A x, int xOffset, A columns, int columnsOffset, int step);

  /**
   * Adds the columns of a matrix in place to where {@link #unfold} reads them, tap by tap; what
   * belongs to padding is left out.
   */
  void fold(Windows windows, A columns, int columnsOffset, int step, A target, int targetOffset);

  /**
   * Finds the index in x of the first largest element under each window of a range of planes, in
   * row order; the first NaN counts as largest.
   *
   * @param windows of which each lies on an element at least, not on padding alone
   * @param out {@code [planes, positions]}
   */
  void argMaxPool(Windows windows, A x, int[] out, int from, int to);

  /**
   * Sums what is under each window of a range of planes: {@code out[planes, positions]}, 0 for
   * padding.
   */
  void sumPool(Windows windows, A x, A out, int from, int to);

  /**
   * Adds x, of {@code [planes, positions]}, in place to every element under its window, for a range
   * of planes.
   */
  void spreadPool(Windows windows, A x, A target, int from, int to);
}
