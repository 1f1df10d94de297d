package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.kernel.Gemm;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;

/** A product by its definition, and operands for it. */
final class Reference {

  private Reference() {}

  /** Returns an array of random numbers between -1 and 1, from an offset on, amid NaNs. */
  static Object operand(DType dtype, int offset, int count, Random random) {
    Object array = dtype.allocate(offset + count + 3);
    for (int i = 0; i < Array.getLength(array); i++) {
      double value = 2 * random.nextDouble() - 1;
      set(array, i, i < offset || i >= offset + count ? Double.NaN : value);
    }
    return array;
  }

  /** Returns an array of NaNs, which a product must overwrite. */
  static Object result(DType dtype, int count) {
    Object array = dtype.allocate(count);
    if (array instanceof float[] floats) {
      Arrays.fill(floats, Float.NaN);
    } else {
      Arrays.fill((double[]) array, Double.NaN);
    }
    return array;
  }

  static void set(Object array, int i, double value) {
    if (array instanceof float[] floats) {
      floats[i] = (float) value;
    } else {
      ((double[]) array)[i] = value;
    }
  }

  static double left(Gemm sizes, Object a, int offset, int i, int p) {
    int at = sizes.transposeA() ? p * sizes.lda() + i : i * sizes.lda() + p;
    return Array.getDouble(a, offset + at);
  }

  static double right(Gemm sizes, Object b, int offset, int p, int j) {
    int at = sizes.transposeB() ? j * sizes.ldb() + p : p * sizes.ldb() + j;
    return Array.getDouble(b, offset + at);
  }

  /**
   * Checks a product against sums in double precision: each of k roundings, and that of the result,
   * is at most one unit of the sum of magnitudes.
   */
  static void check(
      Gemm sizes, Object a, int aOffset, Object b, int bOffset, Object c, int cOffset) {
    for (int i = 0; i < sizes.m(); i++) {
      for (int j = 0; j < sizes.n(); j++) {
        double sum = 0;
        double magnitude = 0;
        for (int p = 0; p < sizes.k(); p++) {
          double term = left(sizes, a, aOffset, i, p) * right(sizes, b, bOffset, p, j);
          sum += term;
          magnitude += Math.abs(term);
        }
        double unit = c instanceof float[] ? Math.ulp((float) magnitude) : Math.ulp(magnitude);
        double actual = Array.getDouble(c, cOffset + sizes.offsetOut(i, j));
        assertThat(Math.abs(actual - sum))
            .as("%s at (%d, %d)", sizes, i, j)
            .isLessThanOrEqualTo((sizes.k() + 1) * unit);
      }
    }
  }
}
