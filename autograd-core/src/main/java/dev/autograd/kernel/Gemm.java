package dev.autograd.kernel;

/**
 * The sizes of a matrix product {@code op(a) · op(b)}: {@code [m, k] x [k, n] -> [m, n]}, where op
 * transposes if asked.
 *
 * @param m rows of op(a) and of the result
 * @param n columns of op(b) and of the result
 * @param k columns of op(a), rows of op(b)
 * @param transposeA whether a is stored as {@code [k, m]}
 * @param transposeB whether b is stored as {@code [n, k]}
 */
public record Gemm(int m, int n, int k, boolean transposeA, boolean transposeB) {}
