package dev.autograd.kernel.vector;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Comparison;
import dev.autograd.kernel.DelegatingKernels;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Unary;

/**
 * The kernels for {@code double[]} in the Vector API. Stateless: one instance serves all threads.
 * Which loop runs follows from the operation and the sizes alone.
 */
public final class F64VectorKernels extends DelegatingKernels<double[]> {

  /** Puts the kernels above others, which do what is not faster here. */
  public F64VectorKernels(Kernels<double[]> below) {
    super(below);
  }

  @Override
  public void map(Unary op, double[] x, double[] out, int from, int to) {
    if (F64Maps.has(op, to - from)) {
      F64Maps.map(op, x, out, from, to);
    } else {
      below.map(op, x, out, from, to);
    }
  }

  @Override
  public void zip(
      Binary op, double[] x, double[] y, double[] out, Broadcast plan, int from, int to) {
    if (F64Zips.has(op, plan, from, to)) {
      F64Zips.zip(op, x, y, out, plan, from, to, below);
    } else {
      below.zip(op, x, y, out, plan, from, to);
    }
  }

  @Override
  public void compare(
      Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan, int from, int to) {
    if (F64Comparisons.has(plan, from, to)) {
      F64Comparisons.compare(op, x, y, out, plan, from, to);
    } else {
      below.compare(op, x, y, out, plan, from, to);
    }
  }

  @Override
  public void select(boolean[] condition, double[] x, double[] y, double[] out, int from, int to) {
    if (F64Comparisons.hasChoices(to - from)) {
      F64Comparisons.select(condition, x, y, out, from, to);
    } else {
      below.select(condition, x, y, out, from, to);
    }
  }

  @Override
  public void reduce(
      Reduction op, double[] x, double[] out, int length, int inner, int from, int to) {
    if (F64Extremes.has(op, length, inner)) {
      F64Extremes.reduce(op, x, out, length, from, to);
    } else if (F64Sums.has(op, to - from, length, inner)) {
      F64Sums.rows(x, out, length, from, to);
    } else if (F64ColumnSums.has(op, to - from, length, inner)) {
      F64ColumnSums.reduce(x, out, length, inner, from, to);
    } else if (RowPowers.has(op, to - from, length, inner)) {
      F64RowPowers.logSumExp(x, out, length, from, to);
    } else {
      below.reduce(op, x, out, length, inner, from, to);
    }
  }

  @Override
  public /* wide */ double sum(double[] x, int from, int to) {
    return F64Sums.has(to - from) ? F64Sums.sum(x, from, to) : below.sum(x, from, to);
  }

  @Override
  public void mapAxis(
      AxisMap op, double[] x, double[] out, int length, int inner, int from, int to) {
    if (RowPowers.has(op, to - from, length, inner)) {
      F64RowPowers.map(op, x, out, length, from, to);
    } else {
      below.mapAxis(op, x, out, length, inner, from, to);
    }
  }

  @Override
  public void crossEntropy(
      double[] x, int[] classes, double[] out, int length, int inner, int from, int to) {
    if (RowPowers.pays(to - from, length, inner)) {
      F64RowPowers.crossEntropy(x, classes, out, length, from, to);
    } else {
      below.crossEntropy(x, classes, out, length, inner, from, to);
    }
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
    if (RowPowers.pays(to - from, length, inner)) {
      F64RowPowers.crossEntropyGrad(g, gStep, x, classes, out, length, from, to);
    } else {
      below.crossEntropyGrad(g, gStep, x, classes, out, length, inner, from, to);
    }
  }

  @Override
  public void gemm(
      Gemm sizes, double[] a, int aOffset, double[] b, int bOffset, double[] out, int outOffset) {
    if (F64RowProduct.has(sizes)) {
      F64RowProduct.multiply(sizes, a, aOffset, b, bOffset, out, outOffset);
    } else if (F64RowProduct.hasTransposed(sizes)) {
      F64RowProduct.multiply(
          F64RowProduct.transposed(sizes), b, bOffset, a, aOffset, out, outOffset);
    } else if (F64Product.pays(sizes)) {
      F64Product.multiply(sizes, a, aOffset, b, bOffset, out, outOffset);
    } else {
      below.gemm(sizes, a, aOffset, b, bOffset, out, outOffset);
    }
  }
}
