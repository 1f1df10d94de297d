package dev.autograd.kernel;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Runs;
import dev.autograd.array.Strides;

/**
 * Kernels that pass everything on to those below: a back end overrides what it speeds up.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
public abstract class DelegatingKernels<A> implements Kernels<A> {

  /** The kernels of the level below. */
  protected final Kernels<A> below;

  /** Puts itself above other kernels. */
  protected DelegatingKernels(Kernels<A> below) {
    this.below = below;
  }

  @Override
  public void gather(A x, A out, Strides plan) {
    below.gather(x, out, plan);
  }

  @Override
  public void scatter(A x, A out, Strides plan) {
    below.scatter(x, out, plan);
  }

  @Override
  public void gather(A x, A out, Runs plan) {
    below.gather(x, out, plan);
  }

  @Override
  public void scatter(A x, A out, Runs plan) {
    below.scatter(x, out, plan);
  }

  @Override
  public void map(Unary op, A x, A out, int from, int to) {
    below.map(op, x, out, from, to);
  }

  @Override
  public void zip(Binary op, A x, A y, A out, Broadcast plan, int from, int to) {
    below.zip(op, x, y, out, plan, from, to);
  }

  @Override
  public void compare(Comparison op, A x, A y, boolean[] out, Broadcast plan, int from, int to) {
    below.compare(op, x, y, out, plan, from, to);
  }

  @Override
  public void select(boolean[] condition, A x, A y, A out, int from, int to) {
    below.select(condition, x, y, out, from, to);
  }

  @Override
  public void fill(A out, double value, int from, int to) {
    below.fill(out, value, from, to);
  }

  @Override
  public void accumulate(A x, A target, int from, int to) {
    below.accumulate(x, target, from, to);
  }

  @Override
  public void scatterAdd(A x, A target, Strides plan) {
    below.scatterAdd(x, target, plan);
  }

  @Override
  public void scatterAdd(A x, A target, Runs plan) {
    below.scatterAdd(x, target, plan);
  }

  @Override
  public double sum(A x, int from, int to) {
    return below.sum(x, from, to);
  }

  @Override
  public void reduce(Reduction op, A x, A out, int length, int inner, int from, int to) {
    below.reduce(op, x, out, length, inner, from, to);
  }

  @Override
  public void mapAxis(AxisMap op, A x, A out, int length, int inner, int from, int to) {
    below.mapAxis(op, x, out, length, inner, from, to);
  }

  @Override
  public void norm(double p, A x, A out, int length, int inner, int from, int to) {
    below.norm(p, x, out, length, inner, from, to);
  }

  @Override
  public void variance(
      double divisor, boolean root, A x, A out, int length, int inner, int from, int to) {
    below.variance(divisor, root, x, out, length, inner, from, to);
  }

  @Override
  public void argMax(A x, long[] out, int length, int inner, int from, int to) {
    below.argMax(x, out, length, inner, from, to);
  }

  @Override
  public void argMin(A x, long[] out, int length, int inner, int from, int to) {
    below.argMin(x, out, length, inner, from, to);
  }

  @Override
  public void recurrence(
      boolean fromEnd, A b, A x, A out, int length, int inner, int from, int to) {
    below.recurrence(fromEnd, b, x, out, length, inner, from, to);
  }

  @Override
  public void standardize(
      Standardization sizes, A x, A out, A mean, A variance, A scale, int from, int to) {
    below.standardize(sizes, x, out, mean, variance, scale, from, to);
  }

  @Override
  public void standardizeGrad(Standardization sizes, A g, A y, A scale, A out, int from, int to) {
    below.standardizeGrad(sizes, g, y, scale, out, from, to);
  }

  @Override
  public void gemm(Gemm sizes, A a, int aOffset, A b, int bOffset, A out, int outOffset) {
    below.gemm(sizes, a, aOffset, b, bOffset, out, outOffset);
  }

  @Override
  public boolean blocksKeepBits() {
    return below.blocksKeepBits();
  }

  @Override
  public void lu(A x, int xOffset, A out, int outOffset, int[] order, int orderOffset, int n) {
    below.lu(x, xOffset, out, outOffset, order, orderOffset, n);
  }

  @Override
  public int cholesky(A x, int xOffset, A out, int outOffset, int n) {
    return below.cholesky(x, xOffset, out, outOffset, n);
  }

  @Override
  public void solveTriangular(
      Triangle sizes, A t, int tOffset, A b, int bOffset, A out, int outOffset) {
    below.solveTriangular(sizes, t, tOffset, b, bOffset, out, outOffset);
  }

  @Override
  public void unfold(Windows windows, A x, int xOffset, A columns, int columnsOffset, int step) {
    below.unfold(windows, x, xOffset, columns, columnsOffset, step);
  }

  @Override
  public void fold(
      Windows windows, A columns, int columnsOffset, int step, A target, int targetOffset) {
    below.fold(windows, columns, columnsOffset, step, target, targetOffset);
  }

  @Override
  public void argMaxPool(Windows windows, A x, int[] out, int from, int to) {
    below.argMaxPool(windows, x, out, from, to);
  }

  @Override
  public void sumPool(Windows windows, A x, A out, int from, int to) {
    below.sumPool(windows, x, out, from, to);
  }

  @Override
  public void spreadPool(Windows windows, A x, A target, int from, int to) {
    below.spreadPool(windows, x, target, from, to);
  }
}
