package dev.autograd;

import dev.autograd.LuFactors.Border;

/**
 * The derivative of the determinant: the matrix C of its cofactors, {@code det(A) A⁻ᵀ} where there
 * is an inverse. It is a polynomial in the elements, and so right for singular matrices too.
 *
 * <p>If A is singular, or as good as singular to the rounding of its elements, a few columns U and
 * rows V are added to it such that {@code B = A + U Vᵀ} is regular; they are as many as A has
 * vanishing pivots. They are constants, and around A the lemma of Sylvester holds, {@code det(A) =
 * det(B) det(S)} with the small matrix {@code S = I - Vᵀ B⁻¹ U}. What follows from differentiating
 * it once is written below in operations, and can be differentiated further.
 */
final class Cofactors {

  private Cofactors() {}

  /** Returns the cofactors of a, given its factors and its determinant. */
  static Tensor of(Tensor a, LuFactors lu, Tensor determinant) {
    return lu.border()
        .map(border -> bordered(a, border))
        .orElseGet(() -> perMatrix(determinant).mul(LinearSystem.inverse(a, lu).transpose()));
  }

  /** Returns one number per matrix as a stack of 1 x 1 matrices. */
  static Tensor perMatrix(Tensor numbers) {
    return numbers.unsqueeze(-1).unsqueeze(-1);
  }

  private static Tensor bordered(Tensor a, Border border) {
    Tensor u = border.columns();
    Tensor v = border.rows();
    Tensor b = a.add(MatrixProduct.of(u, false, v, true));
    Tensor inverse = b.inverse();
    Tensor left = MatrixProduct.of(inverse, true, v, false);
    Tensor right = MatrixProduct.of(inverse, u);
    int width = u.shape().dim(-1);
    Tensor s = Tensor.eye(a.dtype(), width).sub(MatrixProduct.of(v, true, right, false));
    Tensor adjugate = adjugate(s, width);
    Tensor determinant = MatrixProduct.of(s, adjugate).trace().div(width);
    Tensor ofSmall =
        MatrixProduct.of(MatrixProduct.of(left, false, adjugate, true), false, right, true);
    return perMatrix(b.determinant())
        .mul(perMatrix(determinant).mul(inverse.transpose()).add(ofSmall));
  }

  /** Returns the adjugate of small matrices, without division, by the method of Faddeev. */
  private static Tensor adjugate(Tensor s, int size) {
    Tensor eye = Tensor.eye(s.dtype(), size);
    Tensor result = eye;
    for (int k = 1; k < size; k++) {
      Tensor product = MatrixProduct.of(s, result);
      result = eye.mul(perMatrix(product.trace().div(k))).sub(product);
    }
    return result;
  }
}
