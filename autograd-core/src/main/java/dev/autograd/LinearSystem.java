package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.NdArray;

/**
 * The solution of a linear system for the transposed matrix or the matrix itself: either's
 * derivative needs the other's, from the same factors.
 */
final class LinearSystem {

  private LinearSystem() {}

  /** Returns {@code A⁻¹ B}, or {@code A⁻ᵀ B}, given the factors of A. */
  static Tensor solve(Tensor a, LuFactors lu, boolean transpose, Tensor b) {
    Broadcast stacks = MatrixProduct.stacks("solve", a.shape(), b.shape());
    Tensor result =
        a.record(
            "solve",
            Allocation.tensor(lu.solve(transpose, b.array(), stacks)),
            (g, x) -> matrixGradient(solve(a, lu, !transpose, g), x, transpose),
            b,
            g -> solve(a, lu, !transpose, g));
    return transpose ? result.with("transpose", true) : result;
  }

  /** Returns {@code T⁻¹ B}, or {@code T⁻ᵀ B}, where only one triangle of T counts. */
  static Tensor solve(Tensor t, boolean upper, boolean transpose, Tensor b) {
    String op = upper ? "solveUpper" : "solveLower";
    Broadcast stacks = MatrixProduct.stacks(op, t.shape(), b.shape());
    NdArray value = MatrixStack.solve(t.array(), upper, transpose, b.array(), stacks);
    Tensor result =
        t.record(
            op,
            Allocation.tensor(value),
            (g, x) -> {
              Tensor full = matrixGradient(solve(t, upper, !transpose, g), x, transpose);
              return upper ? full.triu() : full.tril();
            },
            b,
            g -> solve(t, upper, !transpose, g));
    return transpose ? result.with("transpose", true) : result;
  }

  /** Returns the matrix' gradient from the right side's: the matrix stands between them. */
  private static Tensor matrixGradient(Tensor b, Tensor x, boolean transpose) {
    return transpose
        ? MatrixProduct.of(x, false, b, true).neg()
        : MatrixProduct.of(b, false, x, true).neg();
  }

  /** Returns the inverse, given the factors; not finite if the matrix is singular. */
  static Tensor inverse(Tensor a, LuFactors lu) {
    return a.record(
        "inverse",
        Allocation.tensor(lu.inverse()),
        (g, y) -> MatrixProduct.of(MatrixProduct.of(y, true, g, false), false, y, true).neg());
  }
}
