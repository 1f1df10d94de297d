package dev.autograd.natives;

import dev.autograd.kernel.DelegatingKernels;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;

/**
 * Kernels with the matrix product of a library, for the sizes that gain; all else is left to those
 * below. Stateless: one instance serves all threads.
 *
 * <p>While a library computes, its thread cannot come to a safepoint, which all other threads may
 * be waiting for. So large products are done in halves of halves, of {@link #LONGEST} at most: some
 * milliseconds. A library may add in another order for other sizes; these depend on the sizes of
 * the product alone.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
final class NativeKernels<A> extends DelegatingKernels<A> {

  /** Multiplications of one call. */
  static final long LONGEST = 1L << 28;

  /** What halves are rounded to: a multiple of the tiles of all libraries. */
  private static final int TILE = 48;

  private final Product product;
  private final Sizes sizes;
  private final String title;

  NativeKernels(Kernels<A> below, Product product, Sizes sizes, String title) {
    super(below);
    this.product = product;
    this.sizes = sizes;
    this.title = title;
  }

  @Override
  public void gemm(Gemm gemm, A a, int aOffset, A b, int bOffset, A out, int outOffset) {
    if (sizes.include(gemm) && product.isUsable()) {
      multiply(gemm, a, aOffset, b, bOffset, out, outOffset);
    } else {
      below.gemm(gemm, a, aOffset, b, bOffset, out, outOffset);
    }
  }

  @Override
  public boolean blocksKeepBits() {
    return false;
  }

  private void multiply(Gemm gemm, A a, int aOffset, A b, int bOffset, A out, int outOffset) {
    int m = gemm.m();
    int n = gemm.n();
    boolean divisible = Math.max(m, n) >= 2 * TILE;
    if ((long) m * n * gemm.k() <= LONGEST || !divisible) {
      call(gemm, a, aOffset, b, bOffset, out, outOffset);
    } else if (m >= n) {
      int half = half(m);
      multiply(gemm.block(half, n), a, aOffset, b, bOffset, out, outOffset);
      int below = outOffset + gemm.offsetOut(half, 0);
      multiply(gemm.block(m - half, n), a, aOffset + gemm.offsetA(half), b, bOffset, out, below);
    } else {
      int half = half(n);
      multiply(gemm.block(m, half), a, aOffset, b, bOffset, out, outOffset);
      int right = outOffset + gemm.offsetOut(0, half);
      multiply(gemm.block(m, n - half), a, aOffset, b, bOffset + gemm.offsetB(half), out, right);
    }
  }

  private static int half(int size) {
    return (size / 2 + TILE - 1) / TILE * TILE;
  }

  private void call(Gemm gemm, A a, int aOffset, A b, int bOffset, A out, int outOffset) {
    int status =
        product.multiply(
            gemm.transposeA(),
            gemm.transposeB(),
            gemm.m(),
            gemm.n(),
            gemm.k(),
            a,
            aOffset,
            gemm.lda(),
            b,
            bOffset,
            gemm.ldb(),
            out,
            outOffset,
            gemm.ldc());
    if (status != 0) {
      throw new IllegalStateException(
          "matmul: "
              + title
              + " could not compute "
              + gemm
              + " and returned "
              + status
              + "; -Dautograd.backend=vector does without native libraries");
    }
  }
}
