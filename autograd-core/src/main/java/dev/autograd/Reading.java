package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Numbers out of tensors; documented where it is public, on {@link Tensor}. */
final class Reading {

  private Reading() {}

  static double item(Tensor a, int... index) {
    if (index.length == 0 && a.size() == 1) {
      return a.array().doubleAt(0);
    }
    Shape shape = a.shape();
    if (index.length != shape.rank()) {
      throw new ShapeException(
          "item: shape is "
              + shape
              + " and the index "
              + Arrays.toString(index)
              + "; give one index per axis"
              + (index.length == 0 ? ", or reduce the tensor with sum() or mean()" : ""));
    }
    int flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      int size = shape.dim(axis);
      int i = index[axis] < 0 ? index[axis] + size : index[axis];
      if (i < 0 || i >= size) {
        throw new ShapeException(
            "item: index "
                + Arrays.toString(index)
                + " is outside shape "
                + shape
                + " at axis "
                + axis
                + "; use "
                + -size
                + " to "
                + (size - 1));
      }
      flat = flat * size + i;
    }
    return a.array().doubleAt(flat);
  }

  static double[] doubles(Tensor a) {
    NdArray x = a.array();
    return (double[]) x.to(DType.F64).data();
  }

  static float[] floats(Tensor a) {
    if (a.dtype() != DType.F32) {
      throw new DTypeException(
          "toFloatArray: the tensor is "
              + a.dtype()
              + "; say to(F32) to round it, or use toDoubleArray()");
    }
    return (float[]) a.array().copy().data();
  }

  static long[] longs(Tensor a) {
    if (a.dtype().isFloating()) {
      throw new DTypeException(
          "toLongArray: the tensor is " + a.dtype() + "; say to(I64) to cut off fractions");
    }
    return (long[]) a.array().to(DType.I64).data();
  }

  static double[][] rows(Tensor a) {
    if (a.rank() != 2) {
      throw new ShapeException(
          "toDoubleMatrix: shape is " + a.shape() + "; it must have two axes, reshape it");
    }
    double[] flat = doubles(a);
    int columns = a.shape().dim(1);
    double[][] rows = new double[a.shape().dim(0)][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * columns, (i + 1) * columns));
    return rows;
  }

  static boolean allClose(Tensor a, Tensor b, double rtol, double atol) {
    Checks.sameShape("allClose", "left", a.shape(), "right", b.shape());
    NdArray x = a.array();
    NdArray y = b.array();
    for (int i = 0; i < x.size(); i++) {
      double left = x.doubleAt(i);
      double right = y.doubleAt(i);
      boolean close = left == right || Math.abs(left - right) <= atol + rtol * Math.abs(right);
      if (!close || (Double.isInfinite(right) && left != right)) {
        return false;
      }
    }
    return true;
  }

  static Tensor map(Tensor a, DoubleUnaryOperator function) {
    Checks.floating("map", a.dtype());
    double[] values = doubles(a);
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(values[i]);
    }
    NdArray wide = new NdArray(a.shape(), DType.F64, values);
    NdArray mapped = a.dtype() == DType.F64 ? wide : wide.to(a.dtype());
    Recorder recorder = Recorder.current();
    FiniteCheck check = FiniteCheck.of(recorder);
    if (check != null) {
      check.result("map", mapped, List.of(a));
    }
    return new Tensor(mapped, recorder.lease(), null);
  }

  static Tensor gradient(Tensor a, @Nullable Vertex vertex) {
    GradientSlot slot = vertex == null ? null : vertex.gradient();
    if (slot == null) {
      throw new NoGradientException("grad: " + a.describe() + whyNoPlace(vertex));
    }
    Tensor value = slot.value();
    if (value == null) {
      throw new NoGradientException(
          "grad: "
              + a.describe()
              + " has none: "
              + (vertex instanceof Input input && input.frozen()
                  ? "the parameter is frozen; unfreeze() it before the forward pass"
                  : slot.absence()));
    }
    return value;
  }

  private static String whyNoPlace(@Nullable Vertex vertex) {
    return vertex instanceof Operation op
        ? " is not a leaf and not retained (op '"
            + op.op()
            + "'); call retainGrad() before backward(), or use Autograd.grad(y, x)"
        : " is not tracked; call withGrad() and use what it returns";
  }
}
