package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.DType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.function.Supplier;

/** A floating-point type under test: its kernels, and arrays with traps behind their end. */
enum Precision {
  F32(DType.F32),
  F64(DType.F64);

  /** What results hold before: an element that still has it was not written. */
  private static final double UNTOUCHED = -12345.5;

  private static final int MARGIN = 5;

  final DType dtype;

  Precision(DType dtype) {
    this.dtype = dtype;
  }

  Kernels<Object> kernels() {
    return Backends.kernels(dtype);
  }

  /** Returns a number rounded to the type. */
  double round(double x) {
    return this == F32 ? (float) x : x;
  }

  /** Returns numbers rounded to the type. */
  double[] round(double[] x) {
    return Arrays.stream(x).map(this::round).toArray();
  }

  /** Returns an operand; behind its end lie NaNs, which show in the result if they are read. */
  Object operand(double... values) {
    return operandAt(0, values);
  }

  /** Returns an operand that begins at an offset. */
  Object operandAt(int offset, double... values) {
    double[] padded = new double[offset + values.length + MARGIN];
    Arrays.fill(padded, Double.NaN);
    System.arraycopy(values, 0, padded, offset, values.length);
    return array(padded);
  }

  /** Returns an array for {@code n} results. */
  Object result(int n) {
    double[] untouched = new double[n + MARGIN];
    Arrays.fill(untouched, UNTOUCHED);
    return array(untouched);
  }

  /** Returns the {@code n} results, having checked that nothing was written around them. */
  double[] read(Object result, int n) {
    return readAt(0, result, n);
  }

  /** Returns {@code n} results from an offset on, having checked what lies around them. */
  double[] readAt(int offset, Object result, int n) {
    for (int i = 0; i < Array.getLength(result); i++) {
      if (i < offset || i >= offset + n) {
        assertSame(Array.getDouble(result, i), UNTOUCHED, () -> "outside the result");
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> Array.getDouble(result, offset + i));
    return values;
  }

  /** Makes a result untouched again. */
  void clear(Object result, int at) {
    if (result instanceof float[] floats) {
      floats[at] = (float) UNTOUCHED;
    } else {
      ((double[]) result)[at] = UNTOUCHED;
    }
  }

  private Object array(double[] values) {
    Object array = dtype.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      if (array instanceof float[] floats) {
        floats[i] = (float) values[i];
      } else {
        ((double[]) array)[i] = values[i];
      }
    }
    return array;
  }

  /** Checks a result against the exact one, within some units in the last place. */
  void assertClose(double actual, double exact, double ulps, Supplier<String> what) {
    assertClose(actual, exact, ulps, 0, what);
  }

  /** The same, the units being those of a magnitude if that is larger than the result. */
  void assertClose(
      double actual, double exact, double ulps, double magnitude, Supplier<String> what) {
    double expected = round(exact);
    if (!Double.isFinite(expected)) {
      assertSame(actual, expected, what);
    } else if (!isSame(actual, expected)) {
      double unit = Math.max(ulp(expected), ulp(magnitude));
      assertThat(actual).as(what).isFinite().isCloseTo(expected, within(ulps * unit));
    }
  }

  /** Checks for the same number, NaN included; zeros of either sign are the same. */
  static void assertSame(double actual, double expected, Supplier<String> what) {
    if (!isSame(actual, expected)) {
      assertThat(actual).as(what).isEqualTo(Double.valueOf(expected));
    }
  }

  private static boolean isSame(double actual, double expected) {
    return actual == expected || (Double.isNaN(actual) && Double.isNaN(expected));
  }

  double ulp(double x) {
    return this == F32 ? Math.ulp((float) x) : Math.ulp(x);
  }
}
