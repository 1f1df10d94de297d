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
import dev.autograd.kernel.Unary;
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
  public void gemm(
      Gemm sizes, double[] a, int aOffset, double[] b, int bOffset, double[] out, int outOffset) {
    F64Gemm.multiply(sizes, a, aOffset, b, bOffset, out, outOffset);
  }
}
