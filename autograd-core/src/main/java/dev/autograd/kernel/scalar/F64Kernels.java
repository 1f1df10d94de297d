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
import dev.autograd.kernel.UpdateRule;
import dev.autograd.kernel.Windows;
import java.util.Arrays;
import java.util.List;

/**
 * The kernels for {@code double[]} in plain Java. Stateless: one instance serves all threads.
 *
 * <p>The loops stand in one class per family; this class only binds them to the vocabulary.
 */
public final class F64Kernels implements Kernels<double[]> {

  /** Makes the kernels; they hold no state. */
  public F64Kernels() {}

  @Override
  public void map(Unary op, double[] x, double[] out, int from, int to) {
    F64Unary.map(op, x, out, from, to);
  }

  @Override
  public void zip(
      Binary op, double[] x, double[] y, double[] out, Broadcast plan, int from, int to) {
    F64Binary.zip(op, x, y, out, plan, from, to);
  }

  @Override
  public /* wide */ double map(Unary op, /* wide */ double x) {
    return F64Number.map(op, (double) x);
  }

  @Override
  public /* wide */ double zip(Binary op, /* wide */ double x, /* wide */ double y) {
    return F64Number.zip(op, (double) x, (double) y);
  }

  @Override
  public void compare(
      Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan, int from, int to) {
    F64Comparison.compare(op, x, y, out, plan, from, to);
  }

  @Override
  public void select(boolean[] condition, double[] x, double[] y, double[] out, int from, int to) {
    F64Movement.select(condition, x, y, out, from, to);
  }

  @Override
  public void fill(double[] out, /* wide */ double value, int from, int to) {
    Arrays.fill(out, from, to, (double) value);
  }

  @Override
  public void accumulate(double[] x, double[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += x[i];
    }
  }

  @Override
  public void addRow(double[] row, double[] target, int columns, int from, int to) {
    F64RowSums.add(row, target, columns, from, to);
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
  public /* wide */ double sum(double[] x, int from, int to) {
    return F64Reduction.sumOfRun(x, from, to - from);
  }

  @Override
  public void reduce(
      Reduction op, double[] x, double[] out, int length, int inner, int from, int to) {
    F64Reduction.reduce(op, x, out, length, inner, from, to);
  }

  @Override
  public void mapAxis(
      AxisMap op, double[] x, double[] out, int length, int inner, int from, int to) {
    if (F64Scans.isScan(op)) {
      F64Scans.map(op, x, out, length, inner, from, to);
    } else {
      F64Rows.map(op, x, out, length, inner, from, to);
    }
  }

  @Override
  public void norm(
      /* wide */ double p, double[] x, double[] out, int length, int inner, int from, int to) {
    F64Row.reduce(row -> RowNorms.norm(p, row), x, out, length, inner, from, to);
  }

  @Override
  public void variance(
      /* wide */ double divisor,
      boolean root,
      double[] x,
      double[] out,
      int length,
      int inner,
      int from,
      int to) {
    F64Row.reduce(row -> RowNorms.variance(divisor, root, row), x, out, length, inner, from, to);
  }

  @Override
  public void argMax(double[] x, long[] out, int length, int inner, int from, int to) {
    F64Reduction.argMax(x, out, length, inner, from, to);
  }

  @Override
  public void argMin(double[] x, long[] out, int length, int inner, int from, int to) {
    F64Reduction.argMin(x, out, length, inner, from, to);
  }

  @Override
  public void recurrence(
      boolean fromEnd,
      double[] b,
      double[] x,
      double[] out,
      int length,
      int inner,
      int from,
      int to) {
    F64Scans.recurrence(fromEnd, b, x, out, length, inner, from, to);
  }

  @Override
  public void standardize(
      Standardization sizes,
      double[] x,
      double[] out,
      double[] mean,
      double[] variance,
      double[] scale,
      int from,
      int to) {
    F64Standardization.standardize(sizes, x, out, mean, variance, scale, from, to);
  }

  @Override
  public void standardizeGrad(
      Standardization sizes,
      double[] g,
      double[] y,
      double[] scale,
      double[] out,
      int from,
      int to) {
    F64Standardization.gradient(sizes, g, y, scale, out, from, to);
  }

  @Override
  public void crossEntropy(
      double[] x, int[] classes, double[] out, int length, int inner, int from, int to) {
    F64CrossEntropy.losses(x, classes, out, length, inner, from, to);
  }

  @Override
  public void crossEntropyGrad(
      double[] g,
      int gStep,
      double[] x,
      int[] classes,
      double[] out,
      int length,
      int inner,
      int from,
      int to) {
    F64CrossEntropy.gradient(g, gStep, x, classes, out, length, inner, from, to);
  }

  @Override
  public void residual(double[] target, double[] g, int gStep, double[] out, int from, int to) {
    F64CrossEntropy.residual(target, g, gStep, out, from, to);
  }

  @Override
  public void update(
      UpdateRule rule,
      double[] p,
      double[] g,
      List<double[]> memory,
      /* wide */ double[] coefficients,
      int from,
      int to) {
    F64Update.update(rule, p, g, memory, coefficients, from, to);
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
  public void argMaxPool(Windows windows, double[] x, int[] out, int from, int to) {
    F64Pooling.argMax(windows, x, out, from, to);
  }

  @Override
  public void sumPool(Windows windows, double[] x, double[] out, int from, int to) {
    F64Pooling.sum(windows, x, out, from, to);
  }

  @Override
  public void spreadPool(Windows windows, double[] x, double[] target, int from, int to) {
    F64Pooling.spread(windows, x, target, from, to);
  }
}
