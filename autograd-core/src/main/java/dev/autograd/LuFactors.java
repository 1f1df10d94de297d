package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Triangle;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The factors {@code P A = L U} of each matrix of a stack, by elimination with partial pivoting.
 * They are made once per operation and serve its value and all its derivatives, those of the
 * transposed matrix included.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, 4th edition, section 3.4.
 */
final class LuFactors {

  /** U on and above the diagonals, L below. */
  private final NdArray factors;

  /** Per matrix and row of L U, the row of A that it is. */
  private final int[] order;

  private final int n;

  private LuFactors(NdArray factors, int[] order, int n) {
    this.factors = factors;
    this.order = order;
    this.n = n;
  }

  static LuFactors of(Tensor a) {
    NdArray x = a.array();
    NdArray out = NdArray.zeros(x.dtype(), x.shape());
    int n = x.shape().dim(-1);
    int count = MatrixStack.count(x.shape());
    int[] order = new int[count * n];
    Kernels<Object> kernels = Backends.kernels(x.dtype());
    for (int i = 0; i < count; i++) {
      kernels.lu(x.data(), i * n * n, out.data(), i * n * n, order, i * n, n);
    }
    return new LuFactors(out, order, n);
  }

  /**
   * Refuses singular matrices.
   *
   * @throws SingularMatrixException if a pivot is 0
   */
  LuFactors requireRegular(String op) {
    MatrixStack.requireRegular(op, factors);
    return this;
  }

  /** Returns the inverses; not finite where a matrix is singular. */
  NdArray inverse() {
    NdArray eye = Tensor.eye(factors.dtype(), n).array();
    return solve(false, eye, MatrixProduct.stacks("inverse", factors.shape(), eye.shape()));
  }

  /** Returns {@code A⁻¹ B}, or {@code A⁻ᵀ B}, for stacks that broadcast. */
  NdArray solve(boolean transpose, NdArray b, Broadcast stacks) {
    int m = b.shape().dim(-1);
    NdArray out = NdArray.zeros(b.dtype(), MatrixStack.systems(stacks, b.shape()));
    Object ordered = b.dtype().allocate(n * m);
    Triangle lower = new Triangle(n, m, false, transpose, true);
    Triangle upper = new Triangle(n, m, true, transpose, false);
    Kernels<Object> kernels = Backends.kernels(b.dtype());
    int[] left = Compute.matrixOffsets(stacks, stacks.leftStrides(), n * n);
    int[] right = Compute.matrixOffsets(stacks, stacks.rightStrides(), n * m);
    for (int i = 0; i < left.length; i++) {
      int lu = left[i];
      int rows = n == 0 ? 0 : lu / n;
      Object to = out.data();
      int at = i * n * m;
      if (transpose) {
        kernels.solveTriangular(upper, factors.data(), lu, b.data(), right[i], ordered, 0);
        kernels.solveTriangular(lower, factors.data(), lu, ordered, 0, ordered, 0);
        for (int row = 0; row < n; row++) {
          System.arraycopy(ordered, row * m, to, at + order[rows + row] * m, m);
        }
      } else {
        for (int row = 0; row < n; row++) {
          System.arraycopy(b.data(), right[i] + order[rows + row] * m, ordered, row * m, m);
        }
        kernels.solveTriangular(lower, factors.data(), lu, ordered, 0, ordered, 0);
        kernels.solveTriangular(upper, factors.data(), lu, ordered, 0, to, at);
      }
    }
    return out;
  }

  /** Returns the determinants. */
  NdArray determinant() {
    return perMatrix(
        i -> {
          double product = isOdd(i) ? -1 : 1;
          for (int k = 0; k < n; k++) {
            product *= at(i, k, k);
          }
          return product + 0.0; // 0, not -0
        });
  }

  /** Returns the logarithms of the determinants; of their magnitudes if asked, else NaN below 0. */
  NdArray logDeterminant(boolean ofMagnitude) {
    return perMatrix(
        i -> {
          double sum = 0;
          boolean negative = isOdd(i);
          for (int k = 0; k < n; k++) {
            sum += Math.log(Math.abs(at(i, k, k)));
            negative ^= at(i, k, k) < 0;
          }
          boolean isUndefined = negative && !ofMagnitude && sum != Double.NEGATIVE_INFINITY;
          return isUndefined ? Double.NaN : sum;
        });
  }

  private NdArray perMatrix(IntToDoubleFunction value) {
    Shape stack = MatrixProduct.leading(factors.shape());
    double[] values = new double[stack.size()];
    Arrays.setAll(values, value);
    return new NdArray(stack, DType.F64, values).to(factors.dtype());
  }

  /** Returns whether the rows of a matrix were exchanged an odd number of times. */
  private boolean isOdd(int matrix) {
    boolean odd = false;
    boolean[] seen = new boolean[n];
    for (int start = 0; start < n; start++) {
      for (int i = start; !seen[i]; i = order[matrix * n + i]) {
        seen[i] = true;
        odd ^= i != start;
      }
    }
    return odd;
  }

  private double at(int matrix, int row, int column) {
    return factors.doubleAt((matrix * n + row) * n + column);
  }

  /**
   * What to add to the matrices, {@code columns · rowsᵀ}, so that all of them are regular.
   *
   * @param columns {@code [..., n, r]} where r is the largest number of pivots that a matrix lacks
   * @param rows {@code [..., n, r]}
   */
  record Border(Tensor columns, Tensor rows) {}

  /**
   * Returns what makes up for pivots that are 0, or nothing but the rounding error of the numbers
   * they are a difference of; empty if there are none. A pivot p<sub>k</sub> grows by the largest
   * element of U when that times {@code Pᵀ L eₖ eₖᵀ} is added to the matrix.
   */
  Optional<Border> border() {
    int count = MatrixStack.count(factors.shape());
    int width = 0;
    for (int i = 0; i < count; i++) {
      width = Math.max(width, lostPivots(i).length);
    }
    if (width == 0) {
      return Optional.empty();
    }
    double[] columns = new double[count * n * width];
    double[] rows = new double[count * n * width];
    for (int i = 0; i < count; i++) {
      double size = magnitude(i);
      int[] lost = lostPivots(i);
      for (int c = 0; c < lost.length; c++) {
        int k = lost[c];
        double growth = at(i, k, k) < 0 ? -size : size;
        for (int row = k; row < n; row++) {
          double l = row == k ? 1 : at(i, row, k);
          columns[(i * n + order[i * n + row]) * width + c] = growth * l;
        }
        rows[(i * n + k) * width + c] = 1;
      }
    }
    int[] dims = factors.shape().toArray();
    dims[dims.length - 1] = width;
    Shape shape = Shape.of(dims);
    return Optional.of(
        new Border(
            Tensor.of(shape, columns).to(factors.dtype()),
            Tensor.of(shape, rows).to(factors.dtype())));
  }

  private int[] lostPivots(int matrix) {
    double epsilon = n * (factors.dtype() == DType.F32 ? Math.ulp(1f) : Math.ulp(1.0));
    return IntStream.range(0, n)
        .filter(
            k -> {
              double pivot = Math.abs(at(matrix, k, k));
              double terms = pivot;
              for (int m = 0; m < k; m++) {
                terms += Math.abs(at(matrix, k, m) * at(matrix, m, k));
              }
              return pivot == 0 || pivot < epsilon * terms;
            })
        .toArray();
  }

  /** Returns the largest magnitude in U; 1 if that is 0. */
  private double magnitude(int matrix) {
    double largest = 0;
    for (int row = 0; row < n; row++) {
      for (int column = row; column < n; column++) {
        largest = Math.max(largest, Math.abs(at(matrix, row, column)));
      }
    }
    return largest == 0 ? 1 : largest;
  }
}
