package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.fitted;
import static dev.autograd.testkit.GraphOp.numbered;

import dev.autograd.Tensor;
import java.util.List;

/** Products, decompositions and parts of matrices. */
final class MatrixOps {

  private MatrixOps() {}

  static List<GraphOp> all() {
    return List.of(
        numbered("transpose", "a.transpose()", Fittings.MATRIX, (a, n) -> a.transpose()),
        numbered(
            "gram", "a.matmul(a.transpose())", Fittings.MATRIX, (a, n) -> a.matmul(a.transpose())),
        fitted("matmul", "a.matmul(b)", Fittings.FACTORS, (a, b) -> a.matmul(b)),
        fitted("linear", "a.linear(b, b.sum(1))", Fittings.ROWS, (a, b) -> a.linear(b, b.sum(1))),
        fitted(
            "dot",
            "a.reshape(-1).dot(b.reshape(-1))",
            Fittings.EQUALLY_MANY,
            (a, b) -> a.reshape(-1).dot(b.reshape(-1))),
        fitted(
            "outer",
            "a.reshape(-1).outer(b.reshape(-1))",
            Fittings.FEW,
            (a, b) -> a.reshape(-1).outer(b.reshape(-1))),
        numbered(
            "einsum",
            "Tensor.einsum(\"...ij,...ik->...jk\", a, a)",
            Fittings.MATRIX,
            (a, n) -> Tensor.einsum("...ij,...ik->...jk", a, a)),
        numbered(
            "inverse",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).inverse()",
            Fittings.FEW_ROWS,
            (a, n) -> positive(a, n).inverse()),
        numbered(
            "logDet",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).logDet()",
            Fittings.FEW_ROWS,
            (a, n) -> positive(a, n).logDet()),
        numbered(
            "logAbsDet",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).logAbsDet()",
            Fittings.FEW_ROWS,
            (a, n) -> positive(a, n).logAbsDet()),
        numbered(
            "determinant",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).determinant()",
            Fittings.FEW_ROWS,
            (a, n) -> positive(a, n).determinant()),
        numbered(
            "cholesky",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).cholesky()",
            Fittings.FEW_ROWS,
            (a, n) -> positive(a, n).cholesky()),
        GraphOp.of(
            "solve",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).solve(b)",
            Fittings.SYSTEM,
            (t, n) -> positive(t.get(0), n).solve(t.get(1))),
        GraphOp.of(
            "solveLower",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).cholesky().solveLower(b)",
            Fittings.SYSTEM,
            (t, n) -> positive(t.get(0), n).cholesky().solveLower(t.get(1))),
        GraphOp.of(
            "solveUpper",
            "a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), #)).cholesky().transpose().solveUpper(b)",
            Fittings.SYSTEM,
            (t, n) -> positive(t.get(0), n).cholesky().transpose().solveUpper(t.get(1))),
        numbered("diagonal", "a.diagonal()", Fittings.MATRIX, (a, n) -> a.diagonal()),
        numbered("trace", "a.trace()", Fittings.MATRIX, (a, n) -> a.trace()),
        numbered("tril", "a.tril()", Fittings.MATRIX, (a, n) -> a.tril()),
        numbered("triu", "a.triu()", Fittings.MATRIX, (a, n) -> a.triu()),
        numbered(
            "diagonalMatrix",
            "a.diagonalMatrix()",
            Fitting.one(a -> a.rank() == 1 && a.size() <= 4),
            (a, n) -> a.diagonalMatrix()));
  }

  /** Returns the positive definite matrix {@code a aᵀ + I}, far from singular. */
  private static Tensor positive(Tensor a, int... n) {
    return a.matmul(a.transpose()).add(Tensor.eye(a.dtype(), n[0]));
  }
}
