package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import dev.autograd.kernel.AxisMap;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Comparison;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Reduction;
import dev.autograd.kernel.Unary;

/** Values: from tensors through kernels to new storage, without recording. */
final class Compute {

  /** Where the only matrix of an operand begins; not to be changed. */
  private static final int[] ORIGIN = {0};

  private Compute() {}

  static Tensor map(Unary op, Tensor a) {
    if (a.isNumber()) {
      return Allocation.number(a.dtype(), Backends.kernels(a.dtype()).map(op, a.number()));
    }
    Object x = a.data();
    if (!a.dtype().isFloating()) {
      Checks.floating(name(op), a.dtype());
    }
    NdArray out = Allocation.uninitialized(a.dtype(), a.shape());
    Backends.kernels(a.dtype()).map(op, x, out.data(), 0, a.size());
    return Allocation.tensor(out);
  }

  static Tensor zip(Binary op, Tensor a, Tensor b) {
    if (a.isNumber() && b.isNumber() && a.dtype() == b.dtype()) {
      double value = Backends.kernels(a.dtype()).zip(op, a.number(), b.number());
      return Allocation.number(a.dtype(), value);
    }
    Object x = a.data();
    Object y = b.data();
    if (a.dtype() != b.dtype() || !a.dtype().isFloating()) {
      Checks.sameFloating(name(op), a, b);
    }
    Broadcast plan = Checks.broadcast(op, a.shape(), b.shape());
    NdArray out = Allocation.uninitialized(a.dtype(), plan.shape());
    Backends.kernels(a.dtype()).zip(op, x, y, out.data(), plan, 0, plan.dims()[0]);
    return Allocation.tensor(out);
  }

  static NdArray compare(Comparison op, Tensor a, Tensor b) {
    Checks.sameType(name(op), a, b);
    NdArray x = a.array();
    NdArray y = b.array();
    Broadcast plan = Checks.broadcast(op, x.shape(), y.shape());
    NdArray out = Allocation.uninitialized(DType.BOOL, plan.shape());
    boolean[] mask = (boolean[]) out.data();
    if (x.dtype().isFloating()) {
      Backends.kernels(x.dtype()).compare(op, x.data(), y.data(), mask, plan, 0, plan.dims()[0]);
    } else {
      NdArray left = expand(x, plan.shape());
      NdArray right = expand(y, plan.shape());
      for (int i = 0; i < plan.shape().size(); i++) {
        mask[i] = holds(op, Long.compare(left.longAt(i), right.longAt(i)));
      }
    }
    return out;
  }

  private static boolean holds(Comparison op, int order) {
    return switch (op) {
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case EQ -> order == 0;
      case NE -> order != 0;
    };
  }

  /** Returns a where the condition, a mask, holds, else b; all three broadcast. */
  static NdArray select(String op, Tensor condition, Tensor a, Tensor b) {
    NdArray c = condition.array();
    Checks.sameFloating(op, a, b);
    Shape values = Checks.broadcast(op, a.shape(), b.shape()).shape();
    Shape shape = Checks.broadcast(op, c.shape(), values).shape();
    NdArray out = Allocation.uninitialized(a.dtype(), shape);
    Backends.kernels(a.dtype())
        .select(
            (boolean[]) expand(c, shape).data(),
            expand(a.array(), shape).data(),
            expand(b.array(), shape).data(),
            out.data(),
            0,
            shape.size());
    return out;
  }

  /** Returns the elements repeated to a larger shape; the same object if nothing repeats. */
  static NdArray expand(NdArray x, Shape shape) {
    return x.shape().equals(shape) ? x : gather(x, Strides.of(x.shape()).broadcastTo(shape));
  }

  static NdArray gather(NdArray x, Strides plan) {
    NdArray out = Allocation.uninitialized(x.dtype(), plan.shape());
    Backends.movement(x.dtype()).gather(x.data(), out.data(), plan);
    return out;
  }

  /** Returns the reduction over some axes, ascending and counted from 0, which disappear. */
  static NdArray reduce(Reduction op, Tensor a, int[] axes) {
    NdArray x = a.array();
    NdArray result = x;
    // From the last axis to the first, so that the axes before keep their numbers; neighbours at
    // once.
    for (int last = axes.length - 1; last >= 0; ) {
      int first = last;
      while (first > 0 && axes[first - 1] == axes[first] - 1) {
        first--;
      }
      result = reduce(op, result, axes[first], axes[last] + 1);
      last = first - 1;
    }
    return axes.length == 0 ? x.copy() : result;
  }

  private static NdArray reduce(Reduction op, NdArray x, int from, int to) {
    Shape shape = x.shape();
    NdArray out = Allocation.uninitialized(x.dtype(), without(shape, from, to));
    Backends.kernels(x.dtype())
        .reduce(
            op,
            x.data(),
            out.data(),
            product(shape, from, to),
            product(shape, to, shape.rank()),
            0,
            out.shape().size());
    return out;
  }

  /** Returns a shape without some neighbouring axes. */
  private static Shape without(Shape shape, int from, int to) {
    int[] rest = new int[shape.rank() - (to - from)];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = shape.dim(i < from ? i : i + to - from);
    }
    return Shape.of(rest);
  }

  static NdArray mapAxis(AxisMap op, Tensor a, int axis) {
    NdArray x = a.array();
    Shape shape = x.shape();
    NdArray out = Allocation.uninitialized(x.dtype(), shape);
    Backends.kernels(x.dtype())
        .mapAxis(
            op,
            x.data(),
            out.data(),
            shape.dim(axis),
            product(shape, axis + 1, shape.rank()),
            0,
            lines(shape, axis));
    return out;
  }

  /** Returns what solves {@code y = b + x · y before}, or behind, along an axis. */
  static NdArray recurrence(boolean fromEnd, Tensor b, Tensor x, int axis) {
    NdArray terms = b.array();
    NdArray factors = x.array();
    Shape shape = terms.shape();
    NdArray out = Allocation.uninitialized(terms.dtype(), shape);
    Backends.kernels(terms.dtype())
        .recurrence(
            fromEnd,
            terms.data(),
            factors.data(),
            out.data(),
            shape.dim(axis),
            product(shape, axis + 1, shape.rank()),
            0,
            lines(shape, axis));
    return out;
  }

  static NdArray argMax(Tensor a, int axis) {
    return places(a, axis, Kernels::argMax);
  }

  static NdArray argMin(Tensor a, int axis) {
    return places(a, axis, Kernels::argMin);
  }

  private interface PlaceKernel {
    void find(
        Kernels<Object> kernels, Object x, long[] out, int length, int inner, int from, int to);
  }

  private static NdArray places(Tensor a, int axis, PlaceKernel kernel) {
    NdArray x = a.array();
    Shape shape = x.shape();
    NdArray out = Allocation.uninitialized(DType.I64, without(shape, axis, axis + 1));
    kernel.find(
        Backends.kernels(x.dtype()),
        x.data(),
        (long[]) out.data(),
        shape.dim(axis),
        product(shape, axis + 1, shape.rank()),
        0,
        out.shape().size());
    return out;
  }

  /** Returns the products of two stacks of matrices whose leading axes broadcast. */
  static NdArray product(Gemm sizes, Tensor a, Tensor b, Broadcast batches) {
    int rank = batches.shape().rank();
    int[] dims = new int[rank + 2];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = batches.shape().dim(axis);
    }
    dims[rank] = sizes.m();
    dims[rank + 1] = sizes.n();
    return product(sizes, a, b, batches, Shape.of(dims));
  }

  /** Returns the same under a shape of as many elements. */
  static NdArray product(Gemm sizes, Tensor a, Tensor b, Broadcast batches, Shape result) {
    NdArray x = a.array();
    NdArray y = b.array();
    NdArray out = Allocation.uninitialized(x.dtype(), result);
    Kernels<Object> kernels = Backends.kernels(x.dtype());
    int[] left = matrixOffsets(batches, batches.leftStrides(), sizes.m() * sizes.k());
    int[] right = matrixOffsets(batches, batches.rightStrides(), sizes.k() * sizes.n());
    kernels.gemmBatched(sizes, x.data(), left, y.data(), right, out.data(), 0, left.length);
    return out;
  }

  /**
   * Returns where the matrices of an operand begin, one per matrix of a broadcast stack; for
   * reading.
   *
   * @param matrix elements per matrix
   */
  static int[] matrixOffsets(Broadcast batches, int[] strides, int matrix) {
    if (batches.shape().rank() == 0) {
      return ORIGIN;
    }
    int[] offsets = new int[batches.shape().size()];
    int[] dims = batches.dims();
    for (int i = 0; i < offsets.length; i++) {
      int rest = i;
      for (int loop = dims.length - 1; loop >= 0; loop--) {
        offsets[i] += rest % dims[loop] * strides[loop] * matrix;
        rest /= dims[loop];
      }
    }
    return offsets;
  }

  /** Returns the sum in storage of the heap. */
  static NdArray sum(NdArray a, NdArray b) {
    NdArray out = NdArray.zeros(a.dtype(), a.shape());
    Broadcast plan = Broadcast.of(a.shape(), b.shape());
    Backends.kernels(a.dtype())
        .zip(Binary.ADD, a.data(), b.data(), out.data(), plan, 0, plan.dims()[0]);
    return out;
  }

  /** Returns the sum of two tensors of one shape in storage that can be added to. */
  static Tensor ownedSum(Tensor a, Tensor b) {
    return a.isNumber()
        ? Allocation.tensor(Allocation.single(a.dtype(), a.number() + b.number()))
        : zip(Binary.ADD, a, b);
  }

  /** Adds to storage that the caller owns. */
  static void accumulate(Tensor a, NdArray target) {
    if (a.isNumber()) {
      addNumber(a.number(), target.data());
      return;
    }
    Backends.kernels(a.dtype()).accumulate(a.data(), target.data(), 0, a.size());
  }

  /** Returns how many lines there are along an axis. */
  private static int lines(Shape shape, int axis) {
    return product(shape, 0, axis) * product(shape, axis + 1, shape.rank());
  }

  private static void addNumber(double number, Object target) {
    if (target instanceof double[] sum) {
      sum[0] += number;
    } else {
      ((float[]) target)[0] += (float) number;
    }
  }

  /** Returns the product of the sizes of some neighbouring axes. */
  static int product(Shape shape, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= shape.dim(axis);
    }
    return product;
  }

  /** Returns the public name of a kernel's operation: {@code LOG_SIGMOID} is {@code logSigmoid}. */
  static String name(Enum<?> op) {
    StringBuilder name = new StringBuilder();
    boolean capital = false;
    for (char letter : op.name().toCharArray()) {
      if (letter != '_') {
        name.append(capital ? letter : Character.toLowerCase(letter));
      }
      capital = letter == '_';
    }
    return name.toString();
  }
}
