package dev.autograd.natives;

import dev.autograd.kernel.Gemm;

/**
 * The products that a library is worth the call for, by the number of their multiplications. The
 * figures are measured, those of docs/adr/0026; they do not depend on the machine, so that neither
 * do results on machines with the same libraries.
 *
 * @param least multiplications from which a product pays
 * @param leastTransposed those from which one pays whose right operand is transposed
 */
record Sizes(long least, long leastTransposed) {

  /** OpenBLAS has loops for small matrices, but for those with a transposed right operand. */
  static final Sizes OPENBLAS = new Sizes(128, 4096);

  /** It prepares 0.2 µs per call; below, OpenBLAS is faster where it is there. */
  static final Sizes ONEDNN = new Sizes(1 << 19, 1 << 19);

  /** Alone it competes with the loops of Java. */
  static final Sizes ONEDNN_ALONE = new Sizes(1 << 13, 1 << 13);

  /** Of OpenBLAS through JNI, where a call takes 0.12 µs. */
  static final Sizes JNI = new Sizes(1024, 1 << 13);

  /** Of MKL, and of libraries that were not measured. */
  static final Sizes OTHER = new Sizes(4096, 4096);

  /** Returns whether a product is one of these. */
  boolean include(Gemm sizes) {
    // A vector times a matrix moves memory, and calls cost more than loops.
    return sizes.m() > 1
        && sizes.n() > 1
        && (long) sizes.m() * sizes.n() * sizes.k()
            >= (sizes.transposeB() ? leastTransposed : least);
  }
}
