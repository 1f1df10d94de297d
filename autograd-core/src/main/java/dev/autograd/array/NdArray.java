package dev.autograd.array;

import java.util.Arrays;

/**
 * A block of numbers: a shape, a type, and one Java array that holds the elements in row-major
 * order.
 *
 * <p>This is what kernels read and write. It neither copies nor guards the array: whoever makes one
 * decides who else may hold it. The array may be longer than the shape asks for; only the first
 * {@code shape.size()} elements count.
 *
 * @param shape the sizes
 * @param dtype the type of the elements
 * @param data {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]} or {@code boolean[]}
 */
public record NdArray(Shape shape, DType dtype, Object data) {

  /** Returns a block of zeros (false for BOOL). */
  public static NdArray zeros(DType dtype, Shape shape) {
    return new NdArray(shape, dtype, dtype.allocate(shape.size()));
  }

  /** Returns the number of elements. */
  public int size() {
    return shape.size();
  }

  /** Returns the same elements, not copied, under another shape of the same size. */
  public NdArray withShape(Shape other) {
    return other.equals(shape) ? this : new NdArray(other, dtype, data);
  }

  /** Returns a copy that shares nothing with this block. */
  public NdArray copy() {
    NdArray copy = zeros(dtype, shape);
    System.arraycopy(data, 0, copy.data, 0, size());
    return copy;
  }

  /** Returns whether shape, type and the bits of all elements are the same; NaN equals NaN. */
  public boolean hasSameBits(NdArray other) {
    if (dtype != other.dtype || !shape.equals(other.shape)) {
      return false;
    }
    int n = size();
    return switch (dtype) {
      case F32 -> Arrays.equals((float[]) data, 0, n, (float[]) other.data, 0, n);
      case F64 -> Arrays.equals((double[]) data, 0, n, (double[]) other.data, 0, n);
      case I32 -> Arrays.equals((int[]) data, 0, n, (int[]) other.data, 0, n);
      case I64 -> Arrays.equals((long[]) data, 0, n, (long[]) other.data, 0, n);
      case BOOL -> Arrays.equals((boolean[]) data, 0, n, (boolean[]) other.data, 0, n);
    };
  }

  /** Returns element {@code i} in row-major order as a double; true is 1. */
  public double doubleAt(int i) {
    return switch (dtype) {
      case F32 -> ((float[]) data)[i];
      case F64 -> ((double[]) data)[i];
      case I32 -> ((int[]) data)[i];
      case I64 -> (double) ((long[]) data)[i];
      case BOOL -> ((boolean[]) data)[i] ? 1 : 0;
    };
  }

  /** Returns element {@code i} in row-major order as a long: fractions are cut off, true is 1. */
  public long longAt(int i) {
    return switch (dtype) {
      case F32 -> (long) ((float[]) data)[i];
      case F64 -> (long) ((double[]) data)[i];
      case I32 -> ((int[]) data)[i];
      case I64 -> ((long[]) data)[i];
      case BOOL -> ((boolean[]) data)[i] ? 1 : 0;
    };
  }

  /**
   * Returns the elements converted to another type, always in new storage: F64 is rounded once to
   * F32, fractions are cut off on the way to integers, and nonzero (NaN too) becomes true.
   */
  public NdArray to(DType target) {
    if (target == dtype) {
      return copy();
    }
    NdArray out = zeros(target, shape);
    int n = size();
    switch (target) {
      case F32 -> {
        float[] to = (float[]) out.data;
        for (int i = 0; i < n; i++) {
          to[i] = dtype == DType.I64 ? (float) longAt(i) : (float) doubleAt(i);
        }
      }
      case F64 -> {
        double[] to = (double[]) out.data;
        for (int i = 0; i < n; i++) {
          to[i] = doubleAt(i);
        }
      }
      case I32 -> {
        int[] to = (int[]) out.data;
        for (int i = 0; i < n; i++) {
          to[i] = dtype == DType.I64 ? (int) longAt(i) : (int) doubleAt(i);
        }
      }
      case I64 -> {
        long[] to = (long[]) out.data;
        for (int i = 0; i < n; i++) {
          to[i] = longAt(i);
        }
      }
      case BOOL -> {
        boolean[] to = (boolean[]) out.data;
        for (int i = 0; i < n; i++) {
          to[i] = doubleAt(i) != 0;
        }
      }
    }
    return out;
  }
}
