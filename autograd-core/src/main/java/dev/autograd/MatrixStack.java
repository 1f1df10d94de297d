package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Triangle;
import java.util.Arrays;

/** Values of what is done to each matrix of a stack, but for products. */
final class MatrixStack {

  private MatrixStack() {}

  /** Returns the number of matrices. */
  static int count(Shape shape) {
    return MatrixProduct.leading(shape).size();
  }

  /** Returns the lower Cholesky factors of the symmetric parts. */
  static NdArray cholesky(NdArray x) {
    NdArray out = NdArray.zeros(x.dtype(), x.shape());
    Kernels<Object> kernels = Backends.kernels(x.dtype());
    int n = x.shape().dim(-1);
    for (int i = 0; i < count(x.shape()); i++) {
      int row = kernels.cholesky(x.data(), i * n * n, out.data(), i * n * n, n);
      if (row >= 0) {
        throw new NotPositiveDefiniteException(
            "cholesky: "
                + nameOf(i, x.shape())
                + " is not positive definite, its leading block of "
                + (row + 1)
                + " rows and columns shows it; add a small multiple of eye if rounding is the cause");
      }
    }
    return out;
  }

  /** Returns the solutions of triangular systems whose leading axes broadcast. */
  static NdArray solve(NdArray t, boolean upper, boolean transpose, NdArray b, Broadcast stacks) {
    Triangle sizes = new Triangle(t.shape().dim(-1), b.shape().dim(-1), upper, transpose, false);
    NdArray out = NdArray.zeros(b.dtype(), systems(stacks, b.shape()));
    Kernels<Object> kernels = Backends.kernels(t.dtype());
    int[] left = Compute.matrixOffsets(stacks, stacks.leftStrides(), sizes.n() * sizes.n());
    int[] right = Compute.matrixOffsets(stacks, stacks.rightStrides(), sizes.n() * sizes.m());
    for (int i = 0; i < left.length; i++) {
      int to = i * sizes.n() * sizes.m();
      kernels.solveTriangular(sizes, t.data(), left[i], b.data(), right[i], out.data(), to);
    }
    return out;
  }

  /** Returns the shape of the solutions of a broadcast stack of systems. */
  static Shape systems(Broadcast stacks, Shape b) {
    int rank = stacks.shape().rank();
    int[] dims = Arrays.copyOf(stacks.shape().toArray(), rank + 2);
    dims[rank] = b.dim(-2);
    dims[rank + 1] = b.dim(-1);
    return Shape.of(dims);
  }

  /** Refuses matrices, factored or triangular, with a 0 on the diagonal. */
  static void requireRegular(String op, NdArray factors) {
    NdArray diagonal = Compute.gather(factors, Strides.of(factors.shape()).diagonal(0));
    int n = diagonal.shape().dim(-1);
    for (int i = 0; i < diagonal.size(); i++) {
      if (diagonal.doubleAt(i) == 0) {
        throw new SingularMatrixException(
            op
                + ": "
                + nameOf(i / n, factors.shape())
                + " is singular, pivot "
                + i % n
                + " of "
                + n
                + " is 0; add a small multiple of eye, or remove what is linearly dependent");
      }
    }
  }

  /** Returns what a message calls one matrix of a stack. */
  private static String nameOf(int matrix, Shape shape) {
    Shape stack = MatrixProduct.leading(shape);
    if (stack.rank() == 0) {
      return "the matrix";
    }
    int[] index = new int[stack.rank()];
    int rest = matrix;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % stack.dim(axis);
      rest /= stack.dim(axis);
    }
    return "matrix " + Arrays.toString(index) + " of the stack " + stack;
  }
}
