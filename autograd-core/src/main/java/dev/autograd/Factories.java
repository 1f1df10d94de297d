package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** Tensors from literals, arrays and rules; documented where they are public, on {@link Tensor}. */
final class Factories {

  private static final long LARGEST_EXACT = 1L << 53;

  private Factories() {}

  static Tensor of(Shape shape, double... values) {
    return wrap(shape, DType.F64, values.clone(), values.length);
  }

  static Tensor of(Shape shape, float... values) {
    return wrap(shape, DType.F32, values.clone(), values.length);
  }

  static Tensor of(Shape shape, long... values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] > LARGEST_EXACT || values[i] < -LARGEST_EXACT) {
        throw new IllegalArgumentException(
            "of: "
                + values[i]
                + " is beyond 2^53, where F64 has not every integer; write it as a double if a"
                + " rounded value will do");
      }
      exact[i] = values[i];
    }
    return wrap(shape, DType.F64, exact, exact.length);
  }

  static Tensor wrap(Shape shape, DType dtype, Object data, int length) {
    if (length != shape.size()) {
      throw new ShapeException(
          "of: shape "
              + shape
              + " has "
              + shape.size()
              + " elements and "
              + length
              + " values were given; they must be equal");
    }
    return new Tensor(new NdArray(shape, dtype, data), null, null);
  }

  static Tensor matrix(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] flat = new double[Shape.of(rows.length, columns).size()];
    for (int i = 0; i < rows.length; i++) {
      requireLength(i, rows[i].length, columns);
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return wrap(Shape.of(rows.length, columns), DType.F64, flat, flat.length);
  }

  static Tensor matrix(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] flat = new float[Shape.of(rows.length, columns).size()];
    for (int i = 0; i < rows.length; i++) {
      requireLength(i, rows[i].length, columns);
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return wrap(Shape.of(rows.length, columns), DType.F32, flat, flat.length);
  }

  private static void requireLength(int row, int length, int columns) {
    if (length != columns) {
      throw new ShapeException(
          "of: row 0 has "
              + columns
              + " values and row "
              + row
              + " has "
              + length
              + "; rows must have equal length");
    }
  }

  static Tensor full(DType dtype, double value, Shape shape) {
    NdArray array = NdArray.zeros(dtype, shape);
    switch (dtype) {
      case F32 -> Arrays.fill((float[]) array.data(), (float) value);
      case F64 -> Arrays.fill((double[]) array.data(), value);
      case I32 -> Arrays.fill((int[]) array.data(), (int) exact(dtype, value));
      case I64 -> Arrays.fill((long[]) array.data(), exact(dtype, value));
      case BOOL -> Arrays.fill((boolean[]) array.data(), value != 0);
    }
    return new Tensor(array, null, null);
  }

  private static long exact(DType dtype, double value) {
    long integer = (long) value;
    if (integer != value || (dtype == DType.I32 && (int) integer != integer)) {
      throw new IllegalArgumentException(
          "full: " + value + " is no " + dtype + "; give an integer in its range");
    }
    return integer;
  }

  /** Returns a constant for an operation with a number, rounded once to the other operand's type. */
  static Tensor like(Tensor other, double value) {
    return full(other.dtype(), value, Shape.SCALAR);
  }

  static Tensor eye(DType dtype, int n) {
    return generate(dtype, Shape.of(n, n), i -> i / n == i % n ? 1 : 0);
  }

  static Tensor linspace(DType dtype, double from, double to, int n) {
    Checks.floating("linspace", dtype);
    // The last value is given exactly, not as the sum of n - 1 rounded steps.
    return generate(
        dtype,
        Shape.of(n),
        i -> i == n - 1 && n > 1 ? to : from + (to - from) * i / Math.max(n - 1, 1));
  }

  static Tensor uniform(RandomGenerator random, DType dtype, Shape shape) {
    // nextFloat, not a rounded nextDouble, which could round up to 1.
    return Checks.floating("uniform", dtype) == DType.F32
        ? generate(dtype, shape, i -> random.nextFloat())
        : generate(dtype, shape, i -> random.nextDouble());
  }

  static Tensor generate(DType dtype, Shape shape, IntToDoubleFunction rule) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rule.applyAsDouble(i);
    }
    NdArray array = new NdArray(shape, DType.F64, values);
    return new Tensor(dtype == DType.F64 ? array : array.to(dtype), null, null);
  }
}
