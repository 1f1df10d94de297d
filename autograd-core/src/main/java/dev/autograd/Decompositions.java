package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;

/**
 * Inverses, linear systems, determinants and Cholesky factors. The last two axes are the matrix,
 * those before a stack of them. NaN propagates; it is never taken for a singular matrix.
 *
 * <p>{@code A} is this tensor, {@code y} the result, {@code g} the upstream gradient. General
 * matrices are factored once, {@code P A = L U} with partial pivoting, for a value and all its
 * derivatives: about ⅔ n³ operations.
 *
 * <p>Sources of the derivatives: M. Giles, An extended collection of matrix derivative results for
 * forward and reverse mode algorithmic differentiation, 2008, section 2; I. Murray, Differentiation
 * of the Cholesky decomposition, 2016, section 3.2.
 */
public sealed interface Decompositions permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the inverse: {@code [..., n, n] -> [..., n, n]}. To multiply by it, {@link #solve} is
   * faster and more accurate.
   *
   * <p>Derivative: {@code -yᵀ g yᵀ}.
   *
   * @throws SingularMatrixException if a pivot is exactly 0
   * @throws ShapeException if the matrix is not square
   */
  default Tensor inverse() {
    return LinearSystem.inverse(self(), factors("inverse").requireRegular("inverse"));
  }

  /**
   * Returns X with {@code A X = B}: {@code [..., n, n], [..., n, m] -> [..., n, m]}, or {@code [n]}
   * for a vector: {@code [..., n, n], [n] -> [..., n]}. Leading axes broadcast; a matrix that is
   * repeated is factored once. A stack of vectors is a matrix each, {@code b.unsqueeze(-1)}.
   *
   * <p>Derivatives: {@code A⁻ᵀ g} for B, that times {@code -Xᵀ} for A.
   *
   * @throws SingularMatrixException if a pivot is exactly 0
   * @throws ShapeException if the matrix is not square, the sizes differ, or stacks do not
   *     broadcast
   */
  default Tensor solve(Tensor b) {
    Tensor a = self();
    Checks.sameFloating("solve", a, b);
    requireSystem("solve", a.shape(), b.shape());
    LuFactors lu = LuFactors.of(a).requireRegular("solve");
    return b.rank() == 1
        ? LinearSystem.solve(a, lu, false, b.unsqueeze(1)).squeeze(-1)
        : LinearSystem.solve(a, lu, false, b);
  }

  /**
   * Returns X with {@code L X = B}, where L is the lower triangle of this; what stands above is not
   * read. Shapes as in {@link #solve}.
   *
   * <p>Derivatives: {@code L⁻ᵀ g} for B, the lower triangle of that times {@code -Xᵀ} for this.
   *
   * @throws SingularMatrixException if there is a 0 on the diagonal
   * @throws ShapeException as {@link #solve}
   */
  default Tensor solveLower(Tensor b) {
    return solveTriangular("solveLower", false, b);
  }

  /**
   * Returns X with {@code U X = B}, where U is the upper triangle of this; what stands below is not
   * read. Shapes as in {@link #solve}.
   *
   * <pre>{@code
   * Tensor l = a.cholesky();
   * Tensor x = l.transpose().solveUpper(l.solveLower(b));    // a x = b
   * }</pre>
   *
   * <p>Derivatives: {@code U⁻ᵀ g} for B, the upper triangle of that times {@code -Xᵀ} for this.
   *
   * @throws SingularMatrixException if there is a 0 on the diagonal
   * @throws ShapeException as {@link #solve}
   */
  default Tensor solveUpper(Tensor b) {
    return solveTriangular("solveUpper", true, b);
  }

  private Tensor solveTriangular(String op, boolean upper, Tensor b) {
    Tensor t = self();
    Checks.sameFloating(op, t, b);
    requireSystem(op, t.shape(), b.shape());
    MatrixStack.requireRegular(op, t.array());
    return b.rank() == 1
        ? LinearSystem.solve(t, upper, false, b.unsqueeze(1)).squeeze(-1)
        : LinearSystem.solve(t, upper, false, b);
  }

  private static void requireSystem(String op, Shape a, Shape b) {
    Checks.square(op, a);
    if (b.rank() == 0 || b.dim(b.rank() == 1 ? 0 : -2) != a.dim(-1)) {
      throw new ShapeException(
          op
              + ": left is "
              + a
              + " and right is "
              + b
              + "; the right side must be a vector ["
              + a.dim(-1)
              + "] or matrices [..., "
              + a.dim(-1)
              + ", m]");
    }
    if (b.rank() > 1) {
      MatrixProduct.stacks(op, a, b);
    }
  }

  /**
   * Returns the determinant: {@code [..., n, n] -> [...]}; 0 if the matrix is singular, 1 if it is
   * empty. It overflows soon: see {@link #logDet} and {@link #logAbsDet}.
   *
   * <p>Derivative: g times the cofactors, {@code g y A⁻ᵀ} where there is an inverse; right for
   * singular matrices too, in every order. Beyond the first order, digits are lost as a regular
   * matrix comes close to a singular one.
   *
   * @throws ShapeException if the matrix is not square
   */
  default Tensor determinant() {
    Tensor a = self();
    LuFactors lu = factors("determinant");
    return a.record(
        "determinant",
        Allocation.tensor(lu.determinant()),
        (g, y) -> Cofactors.perMatrix(g).chain(Cofactors.of(a, lu, y)));
  }

  /**
   * Returns the logarithm of the determinant, as the density of a normal distribution needs it:
   * {@code [..., n, n] -> [...]}; -∞ if the matrix is singular, NaN if the determinant is negative.
   *
   * <p>Derivative: {@code g A⁻ᵀ}, not finite where the matrix is singular.
   *
   * @throws ShapeException if the matrix is not square
   */
  default Tensor logDet() {
    return logDeterminant("logDet", false);
  }

  /**
   * Returns the logarithm of the determinant's magnitude, as a change of variables needs it: {@code
   * [..., n, n] -> [...]}; -∞ if the matrix is singular.
   *
   * <p>Derivative: {@code g A⁻ᵀ}, not finite where the matrix is singular.
   *
   * @throws ShapeException if the matrix is not square
   */
  default Tensor logAbsDet() {
    return logDeterminant("logAbsDet", true);
  }

  private Tensor logDeterminant(String op, boolean ofMagnitude) {
    Tensor a = self();
    LuFactors lu = factors(op);
    return a.record(
        op,
        Allocation.tensor(lu.logDeterminant(ofMagnitude)),
        g -> Cofactors.perMatrix(g).chain(LinearSystem.inverse(a, lu).transpose()));
  }

  private LuFactors factors(String op) {
    Checks.floating(op, self().dtype());
    Checks.square(op, self().shape());
    return LuFactors.of(self());
  }

  /**
   * Returns the lower triangular L with {@code A = L Lᵀ} and a positive diagonal: {@code [..., n,
   * n] -> [..., n, n]}. A is taken as {@code (A + Aᵀ) / 2}, so that rounding errors in a symmetric
   * matrix do not matter. About ⅓ n³ operations.
   *
   * <p>Derivative: with {@code P} the lower triangle of {@code Lᵀ g}, its diagonal halved, the
   * symmetric part of {@code L⁻ᵀ P L⁻¹}.
   *
   * @throws NotPositiveDefiniteException if the matrix is not positive definite
   * @throws ShapeException if the matrix is not square
   */
  default Tensor cholesky() {
    Checks.floating("cholesky", self().dtype());
    Checks.square("cholesky", self().shape());
    NdArray value = MatrixStack.cholesky(self().array());
    return self().record("cholesky", Allocation.tensor(value), (g, y) -> choleskyGradient(g, y));
  }

  private static Tensor choleskyGradient(Tensor g, Tensor l) {
    Tensor product = MatrixProduct.of(l, true, g.tril(), false);
    Tensor half = product.tril().add(product.tril(-1)).mul(0.5);
    Tensor left = LinearSystem.solve(l, false, true, half);
    Tensor both = LinearSystem.solve(l, false, true, left.transpose());
    return both.add(both.transpose()).mul(0.5);
  }
}
