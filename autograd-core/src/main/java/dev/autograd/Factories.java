package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The factories of {@link Tensor}, which inherits them: tensors from literals, arrays and rules.
 *
 * <p>Literals make F64 unless the source says {@code f} or {@code float[]}; factories without a
 * literal take the element type first.
 */
abstract sealed class Factories extends Einsum permits TensorStorage {

  private static final long LARGEST_EXACT = 1L << 53;

  /** Returns a 0-d F64 tensor. */
  public static Tensor scalar(double value) {
    return of(Shape.SCALAR, value);
  }

  /** Returns a 0-d F32 tensor. */
  public static Tensor scalar(float value) {
    return of(Shape.SCALAR, value);
  }

  /**
   * Returns a 0-d F64 tensor of an integer, so that {@code scalar(3)} can be differentiated.
   *
   * @throws IllegalArgumentException beyond ±2<sup>53</sup>, where F64 has not every integer
   */
  public static Tensor scalar(long value) {
    return over("scalar", Shape.SCALAR, DType.F64, exact("scalar", value), 1);
  }

  /** Returns a 1-d F64 tensor; the array is copied. */
  public static Tensor of(double... values) {
    return of(Shape.of(values.length), values);
  }

  /** Returns a 1-d F32 tensor; the array is copied. */
  public static Tensor of(float... values) {
    return of(Shape.of(values.length), values);
  }

  /**
   * Returns a 1-d F64 tensor of integers; for integer elements see {@link #indices}.
   *
   * @throws IllegalArgumentException beyond ±2<sup>53</sup>
   */
  public static Tensor of(long... values) {
    return of(Shape.of(values.length), values);
  }

  /**
   * Returns an F64 matrix {@code [rows, columns]}; the arrays are copied.
   *
   * @throws ShapeException if the rows differ in length
   */
  public static Tensor of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] flat = new double[Shape.of(rows.length, columns).size()];
    for (int i = 0; i < rows.length; i++) {
      requireLength(i, rows[i].length, columns);
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return over("of", Shape.of(rows.length, columns), DType.F64, flat, flat.length);
  }

  /**
   * Returns an F32 matrix {@code [rows, columns]}; the arrays are copied.
   *
   * @throws ShapeException if the rows differ in length
   */
  public static Tensor of(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] flat = new float[Shape.of(rows.length, columns).size()];
    for (int i = 0; i < rows.length; i++) {
      requireLength(i, rows[i].length, columns);
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return over("of", Shape.of(rows.length, columns), DType.F32, flat, flat.length);
  }

  /**
   * Returns an F64 tensor of a shape, with its elements in row-major order; the array is copied.
   *
   * @throws ShapeException if their number is not the shape's
   */
  public static Tensor of(Shape shape, double... values) {
    return over("of", shape, DType.F64, values.clone(), values.length);
  }

  /**
   * Returns an F32 tensor of a shape, with its elements in row-major order; the array is copied.
   *
   * @throws ShapeException if their number is not the shape's
   */
  public static Tensor of(Shape shape, float... values) {
    return over("of", shape, DType.F32, values.clone(), values.length);
  }

  /**
   * Returns an F64 tensor of a shape from integers in row-major order.
   *
   * @throws ShapeException if their number is not the shape's
   * @throws IllegalArgumentException beyond ±2<sup>53</sup>
   */
  public static Tensor of(Shape shape, long... values) {
    double[] exact = exact("of", values);
    return over("of", shape, DType.F64, exact, exact.length);
  }

  /**
   * Returns an F64 tensor over the caller's array, without a copy: the caller must not change it
   * any more.
   *
   * @throws ShapeException if its length is not the shape's size
   */
  public static Tensor wrap(Shape shape, double[] values) {
    return over("wrap", shape, DType.F64, values, values.length);
  }

  /**
   * Returns an F32 tensor over the caller's array, without a copy: the caller must not change it
   * any more.
   *
   * @throws ShapeException if its length is not the shape's size
   */
  public static Tensor wrap(Shape shape, float[] values) {
    return over("wrap", shape, DType.F32, values, values.length);
  }

  /**
   * Returns an I32 tensor over the caller's array, without a copy: the caller must not change it
   * any more. It has no derivative.
   *
   * @throws ShapeException if its length is not the shape's size
   */
  public static Tensor wrap(Shape shape, int[] values) {
    return over("wrap", shape, DType.I32, values, values.length);
  }

  /**
   * Returns an I64 tensor over the caller's array, without a copy: the caller must not change it
   * any more. It has no derivative; {@link #of(Shape, long...)} makes F64.
   *
   * @throws ShapeException if its length is not the shape's size
   */
  public static Tensor wrap(Shape shape, long[] values) {
    return over("wrap", shape, DType.I64, values, values.length);
  }

  /**
   * Returns a BOOL tensor, a mask, over the caller's array, without a copy: the caller must not
   * change it any more.
   *
   * @throws ShapeException if its length is not the shape's size
   */
  public static Tensor wrap(Shape shape, boolean[] values) {
    return over("wrap", shape, DType.BOOL, values, values.length);
  }

  /** Returns a 1-d I32 tensor of indices, which has no derivative; the array is copied. */
  public static Tensor indices(int... values) {
    return over("indices", Shape.of(values.length), DType.I32, values.clone(), values.length);
  }

  /** Returns a tensor of zeros (false for BOOL). */
  public static Tensor zeros(DType dtype, int... dims) {
    return new Tensor(NdArray.zeros(dtype, Shape.of(dims)), null, null);
  }

  /** Returns a tensor of ones (true for BOOL). */
  public static Tensor ones(DType dtype, int... dims) {
    return full(dtype, 1, Shape.of(dims));
  }

  /** Returns the identity matrix {@code [n, n]}. */
  public static Tensor eye(DType dtype, int n) {
    return generate(dtype, Shape.of(n, n), i -> i / n == i % n ? 1 : 0);
  }

  /** Returns a tensor of one value, rounded once to the element type. */
  public static Tensor full(DType dtype, double value, int... dims) {
    return full(dtype, value, Shape.of(dims));
  }

  /** Returns 0, 1, …, n - 1. */
  public static Tensor arange(DType dtype, int n) {
    return generate(dtype, Shape.of(n), i -> i);
  }

  /** Returns n equally spaced values from {@code from} to {@code to}, both included. */
  public static Tensor linspace(DType dtype, double from, double to, int n) {
    Checks.floating("linspace", dtype);
    // The last value is given exactly, not as the sum of n - 1 rounded steps.
    return generate(
        dtype,
        Shape.of(n),
        i -> i == n - 1 && n > 1 ? to : from + (to - from) * i / Math.max(n - 1, 1));
  }

  /** Returns values drawn uniformly from [0, 1), in row-major order. */
  public static Tensor uniform(RandomGenerator random, DType dtype, int... dims) {
    // nextFloat, not a rounded nextDouble, which could round up to 1.
    return Checks.floating("uniform", dtype) == DType.F32
        ? generate(dtype, Shape.of(dims), i -> random.nextFloat())
        : generate(dtype, Shape.of(dims), i -> random.nextDouble());
  }

  /** Returns values drawn from the normal distribution N(0, 1), in row-major order. */
  public static Tensor normal(RandomGenerator random, DType dtype, int... dims) {
    return generate(Checks.floating("normal", dtype), Shape.of(dims), i -> random.nextGaussian());
  }

  private static Tensor over(String op, Shape shape, DType dtype, Object data, int length) {
    if (length != shape.size()) {
      throw new ShapeException(
          op
              + ": shape "
              + shape
              + " has "
              + shape.size()
              + " elements and "
              + length
              + " values were given; they must be equal");
    }
    return new Tensor(new NdArray(shape, dtype, data), null, null);
  }

  private static double[] exact(String op, long... values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] > LARGEST_EXACT || values[i] < -LARGEST_EXACT) {
        throw new IllegalArgumentException(
            op
                + ": "
                + values[i]
                + " is beyond 2^53, where F64 has not every integer; write it as a double if a"
                + " rounded value will do");
      }
      exact[i] = values[i];
    }
    return exact;
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

  /** Returns a tensor of one value. */
  static Tensor full(DType dtype, double value, Shape shape) {
    if (shape.rank() == 0 && dtype.isFloating()) {
      return new Tensor(dtype, value, null, null);
    }
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

  /**
   * Returns a constant for an operation with a number, rounded once to the other operand's type.
   */
  static Tensor like(Tensor other, double value) {
    DType dtype = other.dtype();
    if (!dtype.isFloating() && value != Math.rint(value)) {
      throw new DTypeException(
          "the number "
              + value
              + " does not go with a tensor of "
              + dtype
              + "; convert the tensor with to(F64)");
    }
    return full(dtype, value, Shape.SCALAR);
  }

  private static Tensor generate(DType dtype, Shape shape, IntToDoubleFunction rule) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rule.applyAsDouble(i);
    }
    NdArray array = new NdArray(shape, DType.F64, values);
    return new Tensor(dtype == DType.F64 ? array : array.to(dtype), null, null);
  }
}
