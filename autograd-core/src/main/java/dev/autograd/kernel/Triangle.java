package dev.autograd.kernel;

/**
 * A triangular system {@code op(T) X = B}, where op transposes if asked: {@code [n, n] x [n, m] ->
 * [n, m]}.
 *
 * @param n rows and columns of T
 * @param m columns of B and X
 * @param upper whether the upper triangle of T counts, and not the lower one; the other is not read
 * @param transpose whether op transposes
 * @param unit whether the diagonal of T counts as 1 and is not read
 */
public record Triangle(int n, int m, boolean upper, boolean transpose, boolean unit) {}
