package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.DType;
import java.lang.reflect.Array;
import java.util.Arrays;

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
        assertThat(Array.getDouble(result, i)).isEqualTo(UNTOUCHED);
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> Array.getDouble(result, offset + i));
    return values;
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
  void assertClose(double actual, double exact, double ulps, String what) {
    assertClose(actual, exact, ulps, exact, what);
  }

  /** The same, the units being those of a number of another magnitude. */
  void assertClose(double actual, double exact, double ulps, double magnitude, String what) {
    double expected = round(exact);
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertThat(actual).as(what).isEqualTo(expected);
    } else {
      double unit = Math.max(ulp(expected), Double.isFinite(magnitude) ? ulp(magnitude) : 0);
      assertThat(actual).as(what).isCloseTo(expected, within(ulps * unit));
    }
  }

  double ulp(double x) {
    return this == F32 ? Math.ulp((float) x) : Math.ulp(x);
  }
}
