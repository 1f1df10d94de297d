package dev.autograd.kernel.scalar;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Runs;
import dev.autograd.array.Strides;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Comparison;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Standardization;
import dev.autograd.kernel.Triangle;
import dev.autograd.kernel.Unary;
import dev.autograd.kernel.Windows;
import java.util.Arrays;

/**
 * The kernels for {@code double[]} in plain Java. Stateless: one instance serves all threads.
 *
 * <p>The loops stand in one class per family; this class only binds them to the vocabulary.
 */
public final class F64Kernels implements Kernels<double[]> {

  /** Makes the kernels; they hold no state. */
  public F64Kernels() {}

  @Override
  public void map(Unary op, double[] x, double[] out, int n) {
    F64Unary.map(op, x, out, n);
  }

  @Override
  public void zip(Binary op, double[] x, double[] y, double[] out, Broadcast plan) {
    F64Binary.zip(op, x, y, out, plan);
  }

  @Override
  public void compare(Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan) {
    F64Comparison.compare(op, x, y, out, plan);
  }

  @Override
  public void select(boolean[] condition, double[] x, double[] y, double[] out, int n) {
    F64Movement.select(condition, x, y, out, n);
  }

  @Override
  public void fill(double[] out, /* wide */ double value, int n) {
    Arrays.fill(out, 0, n, (double) value);
  }

  @Override
  public void accumulate(double[] x, double[] target, int n) {
    for (int i = 0; i < n; i++) {
      target[i] += x[i];
    }
  }

  @Override
  public void gather(double[] x, double[] out, Strides plan) {
    F64Movement.gather(x, out, plan);
  }

  @Override
  public void scatter(double[] x, double[] out, Strides plan) {
    F64Movement.scatter(x, out, plan);
  }

  @Override
  public void scatterAdd(double[] x, double[] target, Strides plan) {
    F64Movement.scatterAdd(x, target, plan);
  }

  @Override
  public void gather(double[] x, double[] out, Runs plan) {
    F64Movement.gather(x, out, plan);
  }

  @Override
  public void scatter(double[] x, double[] out, Runs plan) {
    F64Movement.scatter(x, out, plan);
  }

  @Override
  public void scatterAdd(double[] x, double[] target, Runs plan) {
    F64Movement.scatterAdd(x, target, plan);
  }

  @Override
  public void reduce(Reduction op, double[] x, double[] out, int outer, int length, int inner) {
    F64Reduction.reduce(op, x, out, outer, length, inner);
  }

  @Override
  public void mapAxis(AxisMap op, double[] x, double[] out, int outer, int length, int inner) {
    if (F64Scans.isScan(op)) {
      F64Scans.map(op, x, out, outer, length, inner);
    } else {
      F64Rows.map(op, x, out, outer, length, inner);
    }
  }

  @Override
  public void norm(
      /* wide */ double p, double[] x, double[] out, int outer, int length, int inner) {
    F64Row.reduce(row -> RowNorms.norm(p, row), x, out, outer, length, inner);
  }

  @Override
  public void variance(
      /* wide */ double divisor,
      boolean root,
      double[] x,
      double[] out,
      int outer,
      int length,
      int inner) {
    F64Row.reduce(row -> RowNorms.variance(divisor, root, row), x, out, outer, length, inner);
  }

  @Override
  public void argMax(double[] x, long[] out, int outer, int length, int inner) {
    F64Reduction.argMax(x, out, outer, length, inner);
  }

  @Override
  public void argMin(double[] x, long[] out, int outer, int length, int inner) {
    F64Reduction.argMin(x, out, outer, length, inner);
  }

  @Override
  public void recurrence(
      boolean fromEnd, double[] b, double[] x, double[] out, int outer, int length, int inner) {
    F64Scans.recurrence(fromEnd, b, x, out, outer, length, inner);
  }

  @Override
  public void standardize(
      Standardization sizes,
      double[] x,
      double[] out,
      double[] mean,
      double[] variance,
      double[] scale) {
    F64Standardization.standardize(sizes, x, out, mean, variance, scale);
  }

  @Override
  public void standardizeGrad(
      Standardization sizes, double[] g, double[] y, double[] scale, double[] out) {
    F64Standardization.gradient(sizes, g, y, scale, out);
  }

  @Override
  public void crossEntropy(
      double[] x, int[] classes, double[] out, int outer, int length, int inner) {
    F64CrossEntropy.losses(x, classes, out, outer, length, inner);
  }

  @Override
  public void crossEntropyGrad(
      double[] g,
      int gStep,
      double[] x,
      int[] classes,
      double[] out,
      int outer,
      int length,
      int inner) {
    F64CrossEntropy.gradient(g, gStep, x, classes, out, outer, length, inner);
  }

  @Override
  public void residual(double[] target, double[] g, int gStep, double[] out, int n) {
    F64CrossEntropy.residual(target, g, gStep, out, n);
  }

  @Override
  public void gemm(
      Gemm sizes, double[] a, int aOffset, double[] b, int bOffset, double[] out, int outOffset) {
    F64Gemm.multiply(sizes, a, aOffset, b, bOffset, out, outOffset);
  }

  @Override
  public void lu(
      double[] x, int xOffset, double[] out, int outOffset, int[] order, int orderOffset, int n) {
    F64Factors.lu(x, xOffset, out, outOffset, order, orderOffset, n);
  }

  @Override
  public int cholesky(double[] x, int xOffset, double[] out, int outOffset, int n) {
    return F64Factors.cholesky(x, xOffset, out, outOffset, n);
  }

  @Override
  public void solveTriangular(
      Triangle sizes,
      double[] t,
      int tOffset,
      double[] b,
      int bOffset,
      double[] out,
      int outOffset) {
    F64Factors.solve(sizes, t, tOffset, b, bOffset, out, outOffset);
  }

  @Override
  public void unfold(
      Windows windows, double[] x, int xOffset, double[] columns, int columnsOffset, int step) {
    F64Windows.unfold(windows, x, xOffset, columns, columnsOffset, step);
  }

  @Override
  public void fold(
      Windows windows,
      double[] columns,
      int columnsOffset,
      int step,
      double[] target,
      int targetOffset) {
    F64Windows.fold(windows, columns, columnsOffset, step, target, targetOffset);
  }

  @Override
  public void argMaxPool(Windows windows, double[] x, int[] out) {
    F64Pooling.argMax(windows, x, out);
  }

  @Override
  public void sumPool(Windows windows, double[] x, double[] out) {
    F64Pooling.sum(windows, x, out);
  }

  @Override
  public void spreadPool(Windows windows, double[] x, double[] target) {
    F64Pooling.spread(windows, x, target);
  }
}
