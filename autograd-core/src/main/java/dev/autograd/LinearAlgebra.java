package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Gemm;

/**
 * Products of vectors and matrices.
 *
 * <p>{@code a} is this tensor, {@code b} the other operand, {@code g} the upstream gradient.
 */
public sealed interface LinearAlgebra permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the matrix product: {@code [m, k] x [k, n] -> [m, n]}. Leading axes are a stack of
   * matrices and broadcast: {@code [s, 1, m, k] x [t, k, n] -> [s, t, m, n]}. A vector on the left
   * is a row, on the right a column, and that axis is gone from the result: {@code [k] x [k, n] ->
   * [n]}.
   *
   * <p>Derivatives: {@code g bᵀ} and {@code aᵀ g}; nothing is transposed in memory.
   *
   * @throws ShapeException if the inner sizes differ, stacks do not broadcast, or an operand is 0-d
   */
  default Tensor matmul(Tensor b) {
    Tensor a = self();
    Checks.sameFloating("matmul", a, b);
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ShapeException(
          "matmul: left is "
              + a.shape()
              + " and right is "
              + b.shape()
              + "; both need an axis, use mul for numbers");
    }
    checkInner(
        "matmul", a.shape(), a.shape().dim(-1), b.shape(), b.shape().dim(b.rank() > 1 ? -2 : -1));
    if (a.rank() == 1 && b.rank() == 1) {
      return a.dot(b);
    }
    if (a.rank() == 1) {
      return MatrixProduct.of(a.unsqueeze(0), b).squeeze(-2);
    }
    if (b.rank() == 1) {
      return MatrixProduct.of(a, b.unsqueeze(1)).squeeze(-1);
    }
    return MatrixProduct.rowsTimes(a, b, false);
  }

  /**
   * Returns {@code x wᵀ + bias}, the map of a dense layer: {@code [n, in], [out, in], [out] -> [n,
   * out]} with any number of leading axes, also none; x is this tensor. Derivatives: {@code g
   * weight}; {@code gᵀ x} and g, summed over the leading axes.
   *
   * @param weight {@code [out, in]}
   * @param bias what broadcasts against the result, usually {@code [out]}
   * @throws ShapeException if the inner sizes differ
   */
  default Tensor linear(Tensor weight, Tensor bias) {
    return linear(weight, bias, Activation.IDENTITY);
  }

  /**
   * Returns {@code f(x wᵀ + bias)}, a dense layer with its activation, in one operation. As {@link
   * #linear(Tensor, Tensor)} followed by the activation, bit for bit; the derivatives are those
   * with {@code g f'} in place of g.
   *
   * @param weight {@code [out, in]}
   * @param bias what broadcasts against the result, usually {@code [out]}
   * @param activation f
   * @throws ShapeException if the inner sizes differ
   */
  default Tensor linear(Tensor weight, Tensor bias, Activation activation) {
    Tensor x = self();
    Checks.sameFloating("linear", x, weight);
    if (x.rank() == 0 || weight.rank() != 2) {
      throw new ShapeException(
          "linear: the input is "
              + x.shape()
              + " and the weight "
              + weight.shape()
              + "; they must be [..., in] and [out, in]");
    }
    checkInner("linear", x.shape(), x.shape().dim(-1), weight.shape(), weight.shape().dim(1));
    int[] dims = x.shape().toArray();
    dims[dims.length - 1] = weight.shape().dim(0);
    Shape result = Shape.of(dims);
    Checks.sameType("linear", x, bias);
    if (!Broadcast.expands(bias.shape(), result)) {
      throw new ShapeException(
          "linear: the bias is "
              + bias.shape()
              + " and the product "
              + result
              + "; the bias must be ["
              + weight.shape().dim(0)
              + "], one per output");
    }
    return AffineMap.of(x, weight, bias, activation, result);
  }

  private static void checkInner(String op, Shape left, int k, Shape right, int l) {
    if (k != l) {
      throw new ShapeException(
          op
              + ": left is "
              + left
              + " and right is "
              + right
              + "; the inner sizes "
              + k
              + " and "
              + l
              + " must be equal");
    }
  }

  /**
   * Returns the inner product {@code Σ aᵢ bᵢ} of two vectors: {@code [n], [n] -> []}. Derivatives:
   * g b, g a.
   *
   * @throws ShapeException if an operand is no vector or the lengths differ
   */
  default Tensor dot(Tensor b) {
    Tensor a = self();
    Checks.sameFloating("dot", a, b);
    requireVectors("dot", a, b);
    checkInner("dot", a.shape(), a.size(), b.shape(), b.size());
    Gemm sizes = new Gemm(1, 1, a.size(), false, false);
    Broadcast one = Broadcast.of(Shape.SCALAR, Shape.SCALAR);
    return a.record(
        "dot",
        Allocation.tensor(Compute.product(sizes, a, b, one).withShape(Shape.SCALAR)),
        g -> g.chain(b),
        b,
        g -> g.chain(a));
  }

  /**
   * Returns all products {@code aᵢ bⱼ} of two vectors: {@code [m], [n] -> [m, n]}. Derivatives: g
   * b, aᵀ g.
   *
   * @throws ShapeException if an operand is no vector
   */
  default Tensor outer(Tensor b) {
    Tensor a = self();
    Checks.sameFloating("outer", a, b);
    requireVectors("outer", a, b);
    Tensor column = a.detach().unsqueeze(1);
    return a.record(
        "outer",
        Compute.zip(Binary.MUL, column, b),
        g -> g.chain(b).sum(1),
        b,
        g -> g.chain(a.unsqueeze(1)).sum(0));
  }

  private static void requireVectors(String op, Tensor a, Tensor b) {
    if (a.rank() != 1 || b.rank() != 1) {
      throw new ShapeException(
          op
              + ": left is "
              + a.shape()
              + " and right is "
              + b.shape()
              + "; both must be vectors, use matmul for matrices");
    }
  }

  /**
   * Returns the matrix, or each of a stack, with rows and columns exchanged: {@code [m, n] -> [n,
   * m]}. Derivative: gᵀ.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  default Tensor transpose() {
    Checks.matrix("transpose", self().shape());
    return self().transpose(-2, -1);
  }
}
