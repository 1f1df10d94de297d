package dev.autograd.kernel.vector;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Binary;
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
  public void map(Unary op, double[] x, double[] out, int n) {
    if (F64Maps.has(op, n)) {
      F64Maps.map(op, x, out, n);
    } else {
      below.map(op, x, out, n);
    }
  }

  @Override
  public void zip(Binary op, double[] x, double[] y, double[] out, Broadcast plan) {
    if (F64Exceptions.has(op, plan)) {
      F64Exceptions.zip(op, x, y, out, plan.dims()[0]);
    } else {
      below.zip(op, x, y, out, plan);
    }
  }

  @Override
  public void reduce(Reduction op, double[] x, double[] out, int outer, int length, int inner) {
    if (F64Extremes.has(op, length, inner)) {
      F64Extremes.reduce(op, x, out, outer, length);
    } else if (RowPowers.has(op, outer, length, inner)) {
      F64RowPowers.logSumExp(x, out, outer, length);
    } else {
      below.reduce(op, x, out, outer, length, inner);
    }
  }

  @Override
  public void mapAxis(AxisMap op, double[] x, double[] out, int outer, int length, int inner) {
    if (RowPowers.has(op, outer, length, inner)) {
      F64RowPowers.map(op, x, out, outer, length);
    } else {
      below.mapAxis(op, x, out, outer, length, inner);
    }
  }

  @Override
  public void crossEntropy(
      double[] x, int[] classes, double[] out, int outer, int length, int inner) {
    if (RowPowers.pays(outer, length, inner)) {
      F64RowPowers.crossEntropy(x, classes, out, outer, length);
    } else {
      below.crossEntropy(x, classes, out, outer, length, inner);
    }
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
    if (RowPowers.pays(outer, length, inner)) {
      F64RowPowers.crossEntropyGrad(g, gStep, x, classes, out, outer, length);
    } else {
      below.crossEntropyGrad(g, gStep, x, classes, out, outer, length, inner);
    }
  }

  @Override
  public void gemm(
      Gemm sizes, double[] a, int aOffset, double[] b, int bOffset, double[] out, int outOffset) {
    if (F64Product.pays(sizes)) {
      F64Product.multiply(sizes, a, aOffset, b, bOffset, out, outOffset);
    } else {
      below.gemm(sizes, a, aOffset, b, bOffset, out, outOffset);
    }
  }
}
