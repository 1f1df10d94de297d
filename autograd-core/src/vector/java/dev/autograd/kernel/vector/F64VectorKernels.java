package dev.autograd.kernel.vector;

import dev.autograd.kernel.DelegatingKernels;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;

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
  public void gemm(
      Gemm sizes, double[] a, int aOffset, double[] b, int bOffset, double[] out, int outOffset) {
    if (F64Product.pays(sizes)) {
      F64Product.multiply(sizes, a, aOffset, b, bOffset, out, outOffset);
    } else {
      below.gemm(sizes, a, aOffset, b, bOffset, out, outOffset);
    }
  }
}
