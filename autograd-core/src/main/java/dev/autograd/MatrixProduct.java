package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Gemm;
import java.util.Arrays;

/**
 * The product of two stacks of matrices, either of them transposed on the fly: both derivatives are
 * such products again, so that nothing is transposed in memory, in any order.
 */
final class MatrixProduct {

  private MatrixProduct() {}

  /** Returns {@code a b}. */
  static Tensor of(Tensor a, Tensor b) {
    return of(a, false, b, false);
  }

  /**
   * Returns op(a) · op(b), where op transposes if asked.
   *
   * @throws ShapeException if the leading axes do not broadcast
   */
  static Tensor of(Tensor a, boolean ta, Tensor b, boolean tb) {
    Gemm sizes =
        new Gemm(
            a.shape().dim(ta ? -1 : -2),
            b.shape().dim(tb ? -2 : -1),
            a.shape().dim(ta ? -2 : -1),
            ta,
            tb);
    Broadcast stacks = stacks("matmul", a.shape(), b.shape());
    Tensor result =
        a.record(
            "matmul",
            Allocation.tensor(Compute.product(sizes, a, b, stacks)),
            g -> ta ? of(b, tb, g, true) : of(g, false, b, !tb),
            b,
            g -> tb ? of(g, true, a, ta) : of(a, !ta, g, false));
    return ta || tb ? result.with("transposeLeft", ta).with("transposeRight", tb) : result;
  }

  /** Returns a · op(b); a stack times one matrix is one product over all rows of the stack. */
  static Tensor rowsTimes(Tensor a, Tensor b, boolean tb) {
    if (a.rank() == 2 || b.rank() > 2) {
      return of(a, false, b, tb);
    }
    int[] dims = a.shape().toArray();
    int rows = Compute.product(a.shape(), 0, dims.length - 1);
    Tensor y = of(a.reshape(rows, dims[dims.length - 1]), false, b, tb);
    dims[dims.length - 1] = y.shape().dim(1);
    return y.reshape(Shape.of(dims));
  }

  /** Returns how the leading axes of two stacks of matrices broadcast. */
  static Broadcast stacks(String op, Shape left, Shape right) {
    Shape leftStack = leading(left);
    Shape rightStack = leading(right);
    if (Broadcast.conflict(leftStack, rightStack) >= 0) {
      throw new ShapeException(
          op
              + ": left is "
              + left
              + " and right is "
              + right
              + "; the stacks "
              + leftStack
              + " and "
              + rightStack
              + " do not broadcast");
    }
    return Broadcast.of(leftStack, rightStack);
  }

  /** Returns the shape of a stack, without the two axes of its matrices. */
  static Shape leading(Shape shape) {
    return shape.rank() == 2
        ? Shape.SCALAR
        : Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }
}
