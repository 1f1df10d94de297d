package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import java.util.List;

/**
 * The map of a dense layer, {@code f(x wᵀ + bias)}, as one operation: the product, and then bias
 * and activation over the fresh rows while they are in the cache.
 *
 * <p>A sweep multiplies the gradient by the slope of f once; from that come the gradients of x, w
 * and bias. Only the result is kept for it, and x and w.
 */
final class AffineMap {

  private AffineMap() {}

  /** Returns {@code f(x wᵀ + bias)} of operands whose shapes fit. */
  static Tensor of(Tensor x, Tensor w, Tensor bias, Activation f, Shape result) {
    NdArray value = product(x, w, result);
    addAndApply(value, bias, f);
    return Recording.result(
            "linear",
            Allocation.tensor(value),
            List.of(x, w, bias),
            f == Activation.IDENTITY ? null : f::gradient,
            g -> MatrixProduct.rowsTimes(g, w, false),
            g -> MatrixProduct.of(rows(g), true, rows(x), false),
            g -> g)
        .with("activation", f.toString(), Activation.IDENTITY.toString());
  }

  private static NdArray product(Tensor x, Tensor w, Shape result) {
    int k = w.shape().dim(1);
    int m = Compute.product(x.shape(), 0, x.rank() - 1);
    Gemm sizes = new Gemm(m, w.shape().dim(0), k, false, true);
    Tensor matrix = x.rank() == 2 ? x : new Tensor(x.array().withShape(Shape.of(m, k)), null, null);
    return Compute.product(sizes, matrix, w, Broadcast.of(Shape.SCALAR, Shape.SCALAR), result);
  }

  private static void addAndApply(NdArray value, Tensor bias, Activation f) {
    Shape shape = value.shape();
    int columns = shape.dim(-1);
    // Most biases have this shape already, which then serves again.
    boolean isRow = bias.rank() == 1 && bias.size() == columns;
    Shape row = isRow ? bias.shape() : Shape.of(columns);
    if (Broadcast.expands(bias.shape(), row)) {
      int rows = Compute.product(shape, 0, shape.rank() - 1);
      addAndApply(value, Compute.expand(bias.array(), row), f, rows, columns);
    } else {
      addAndApply(value, Compute.expand(bias.array(), shape), f, 1, shape.size());
    }
  }

  private static void addAndApply(NdArray value, NdArray row, Activation f, int rows, int columns) {
    Kernels<Object> kernels = Backends.kernels(value.dtype());
    if (f == Activation.IDENTITY) {
      kernels.addRow(row.data(), value.data(), columns, 0, rows);
    } else {
      kernels.addRowAndMap(f.function(), row.data(), value.data(), columns, 0, rows);
    }
  }

  /** Returns a stack of rows as one matrix. */
  private static Tensor rows(Tensor a) {
    if (a.rank() == 2) {
      return a;
    }
    return a.reshape(Compute.product(a.shape(), 0, a.rank() - 1), a.shape().dim(-1));
  }
}
