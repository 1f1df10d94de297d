package dev.autograd.natives;

/** A matrix product by a native library, on heap arrays of one element type. */
interface Product {

  /** Returns whether the library is open, having opened it if it was left for later. */
  default boolean isUsable() {
    return true;
  }

  /**
   * Computes a block of a matrix product as {@link dev.autograd.kernel.Kernels#gemm} says; no size
   * is 0.
   *
   * @return 0, or the error number of the library
   */
  int multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Object a,
      int aOffset,
      int lda,
      Object b,
      int bOffset,
      int ldb,
      Object out,
      int outOffset,
      int ldc);
}
