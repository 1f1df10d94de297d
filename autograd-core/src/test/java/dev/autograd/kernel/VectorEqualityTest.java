package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.autograd.array.Broadcast;
import dev.autograd.array.Shape;
import dev.autograd.kernel.scalar.PlainBackend;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The vector back end against plain Java, over lengths around those of vectors and blocks and over
 * special values. All must be the same bits, but for smooth functions, which have a bound. The
 * build runs this test with the module of the Vector API only.
 */
@Tag("vector")
class VectorEqualityTest {

  private static final int[] LENGTHS = {
    1, 2, 3, 15, 16, 17, 31, 33, 63, 64, 65, 71, 79, 80, 81, 95, 127, 129, 500, 511, 512, 513, 530,
    1000, 1023, 1025, 2049, 4099
  };

  /** The bounds are those in the Javadoc of {@code F64Zips}, and one for the plain loops. */
  private static final Map<Binary, Double> SMOOTH_ULPS =
      Map.of(
          Binary.ELU, 4.0,
          Binary.BCE_WITH_LOGITS, 5.0,
          Binary.SELU_GRAD, 7.0,
          Binary.SILU_GRAD, 7.0,
          Binary.MISH_GRAD, 9.0,
          Binary.GELU_GRAD, 9.0,
          Binary.GELU_TANH_GRAD, 9.0);

  @BeforeAll
  static void theVectorBackEndIsOnTop() {
    assertThat(Backends.description()).isEqualTo("vector, plain");
  }

  @SuppressWarnings("unchecked")
  private static Kernels<Object> plain(Precision precision) {
    return (Kernels<Object>) new PlainBackend().kernels(precision.dtype, null);
  }

  /** Returns numbers of which every fourth is special: a zero, subnormal, infinite, NaN, huge. */
  private static double[] sample(Precision precision, int n, long seed) {
    return precision.round(Samples.random(n, seed, true));
  }

  private static void assertSameBits(Object actual, Object expected, String what) {
    for (int i = 0; i < Array.getLength(expected); i++) {
      double a = Array.getDouble(actual, i);
      double e = Array.getDouble(expected, i);
      if (Double.compare(a, e) != 0) {
        fail("%s at %d: %s instead of %s", what, i, a, e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8,8,8",
    "12,32,7",
    "13,33,9",
    "11,31,70",
    "4,16,8",
    "5,17,40",
    "1,700,3",
    "700,1,3",
    "23,65,515",
    "64,256,784",
    "64,10,256",
    "241,40,33",
    "250,100,600",
    "36,96,1025",
    "100,7,1",
    "2,300,300"
  })
  void productsAreTheSameBits(int m, int n, int k) {
    for (Precision precision : Precision.values()) {
      for (int transposes = 0; transposes < 4; transposes++) {
        Gemm sizes = new Gemm(m, n, k, transposes % 2 == 1, transposes > 1);
        // Of infinities and NaNs only few, or the result would be nothing else.
        double[] left = precision.round(Samples.random(m * k, m, false));
        double[] right = precision.round(Samples.random(k * n, n, false));
        left[(m * k) / 2] = Double.NaN;
        right[(k * n) / 3] = Double.POSITIVE_INFINITY;
        Arrays.setAll(right, i -> i % 5 == 0 ? -0.0 : i % 7 == 0 ? Float.MIN_VALUE : right[i]);
        Object a = precision.operandAt(3, left);
        Object b = precision.operandAt(5, right);
        Object actual = precision.result(m * n + 2);
        Object expected = precision.result(m * n + 2);
        precision.kernels().gemm(sizes, a, 3, b, 5, actual, 2);
        plain(precision).gemm(sizes, a, 3, b, 5, expected, 2);
        assertSameBits(actual, expected, precision + " " + sizes);
      }
    }
  }

  @Test
  void productsOfRandomSizesAreTheSameBits() {
    Random random = new Random(7);
    for (int round = 0; round < 150; round++) {
      productsAreTheSameBits(
          1 + random.nextInt(80), 1 + random.nextInt(80), 1 + random.nextInt(60));
    }
  }

  private static boolean isSmooth(Binary op) {
    return SMOOTH_ULPS.containsKey(op);
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfPairsAreTheSameBits(Binary op) {
    assumeFalse(isSmooth(op));
    for (Precision precision : Precision.values()) {
      for (int n : LENGTHS) {
        Object x = precision.operand(sample(precision, n, n));
        Object y = precision.operand(sample(precision, n, -n));
        Object actual = precision.result(n);
        Object expected = precision.result(n);
        Broadcast plan = Broadcast.of(Shape.of(n), Shape.of(n));
        precision.kernels().zip(op, x, y, actual, plan, 0, plan.dims()[0]);
        plain(precision).zip(op, x, y, expected, plan, 0, plan.dims()[0]);
        if (op == Binary.RELU_GRAD) {
          // What relu returned is never negative.
          continue;
        }
        assertSameBits(actual, expected, op + " of " + n + " in " + precision);
      }
    }
  }

  @Test
  void reluGradIsTheSameBits() {
    for (Precision precision : Precision.values()) {
      for (int n : LENGTHS) {
        double[] relu = sample(precision, n, -n);
        Arrays.setAll(relu, i -> Math.max(relu[i], 0));
        Object x = precision.operand(sample(precision, n, n));
        Object y = precision.operand(relu);
        Object actual = precision.result(n);
        Object expected = precision.result(n);
        Broadcast plan = Broadcast.of(Shape.of(n), Shape.of(n));
        precision.kernels().zip(Binary.RELU_GRAD, x, y, actual, plan, 0, plan.dims()[0]);
        plain(precision).zip(Binary.RELU_GRAD, x, y, expected, plan, 0, plan.dims()[0]);
        assertSameBits(actual, expected, "RELU_GRAD of " + n + " in " + precision);
      }
    }
  }

  /**
   * Near a zero of a slope that is a difference, the unit is that of a quarter of x, the size of
   * its terms there.
   */
  @ParameterizedTest
  @EnumSource(
      names = {
        "ELU",
        "BCE_WITH_LOGITS",
        "SELU_GRAD",
        "SILU_GRAD",
        "MISH_GRAD",
        "GELU_GRAD",
        "GELU_TANH_GRAD"
      })
  void smoothFunctionsOfPairsAreWithinTheirBounds(Binary op) {
    for (Precision precision : Precision.values()) {
      for (int n : LENGTHS) {
        double[] x = sample(precision, n, n);
        double[] y = sample(precision, n, -n);
        if (op == Binary.BCE_WITH_LOGITS) {
          // Between 0 and 1, as labels are, no term takes another off.
          Arrays.setAll(y, i -> Math.min(Math.abs(y[i]), 1));
        }
        assertPairsWithin(op, precision, x, y, Shape.of(n));
        assertPairsWithin(op, precision, x, new double[] {1}, Shape.of(1));
      }
      double[] y = new double[60_000];
      Arrays.setAll(y, i -> precision.round((i - 30_000) / 250.0));
      double[] x = precision.round(Samples.random(y.length, 5, false));
      if (op == Binary.BCE_WITH_LOGITS) {
        Arrays.setAll(y, i -> i % 2);
      }
      assertPairsWithin(op, precision, x, y, Shape.of(y.length));
    }
  }

  private static void assertPairsWithin(
      Binary op, Precision precision, double[] x, double[] y, Shape right) {
    int n = x.length;
    Broadcast plan = Broadcast.of(Shape.of(n), right);
    Object left = precision.operand(x);
    Object other = precision.operand(y);
    Object actual = precision.result(n);
    Object expected = precision.result(n);
    precision.kernels().zip(op, left, other, actual, plan, 0, plan.dims()[0]);
    plain(precision).zip(op, left, other, expected, plan, 0, plan.dims()[0]);
    boolean isDifference = op.name().matches("(SILU|MISH|GELU|GELU_TANH)_GRAD");
    for (int i = 0; i < n; i++) {
      double a = Array.getDouble(actual, i);
      double e = Array.getDouble(expected, i);
      double v = y[y.length == 1 ? 0 : i];
      double term = isDifference && v < 0 && v > -2 ? Math.abs(x[i]) / 4 : 0;
      double unit = Math.max(precision.ulp(e), precision.ulp(term));
      unit = Math.max(unit, lostByPlain(x[i], v));
      boolean close =
          Double.compare(a, e) == 0
              || a == e
              || Math.abs(a - e) <= SMOOTH_ULPS.getOrDefault(op, 0.0) * unit;
      if (!close) {
        fail("%s(%s, %s) in %s: %s instead of %s", op, x[i], v, precision, a, e);
      }
    }
  }

  /**
   * The bounds allow one unit for the plain loops; the largest errors, which few numbers have,
   * stand in the Javadoc of {@code F64Maps}.
   */
  @ParameterizedTest
  @EnumSource
  void functionsOfNumbersAreWithinTheirBounds(Unary op) {
    double ulps =
        switch (op) {
          case EXP, LOG, LOG_CLAMPED -> 2;
          case EXPM1, LOG1P, SIN, COS, TANH, SELU -> 3;
          case SIGMOID, SOFTPLUS, LOG_SIGMOID -> 4;
          case SILU -> 5;
          case MISH, GELU, GELU_TANH -> 7;
          default -> 0;
        };
    for (Precision precision : Precision.values()) {
      for (int n : LENGTHS) {
        assertWithin(op, precision, sample(precision, n, n), ulps);
      }
      assertWithin(op, precision, precision.round(Samples.SPECIAL.clone()), ulps);
      assertWithin(op, precision, bitPatterns(precision, 40_000), ulps);
      double[] ordinary = new double[40_000];
      Arrays.setAll(ordinary, i -> precision.round((i - 20_000) / 160.0));
      assertWithin(op, precision, ordinary, ulps);
    }
  }

  /** A wrong digit of a coefficient stays within the bounds, but moves all results to one side. */
  @ParameterizedTest
  @EnumSource(names = {"EXP", "EXPM1", "SIGMOID", "TANH", "SOFTPLUS", "LOG_SIGMOID"})
  void errorsOfSmoothFunctionsCancelOnAverage(Unary op) {
    int n = 4096;
    double[] x = new double[n];
    Arrays.setAll(x, i -> (i - n / 2 + 0.5) / 8192);
    double[] actual = new double[n];
    double[] expected = new double[n];
    Precision.F64.kernels().map(op, x, actual, 0, n);
    plain(Precision.F64).map(op, x, expected, 0, n);
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += (actual[i] - expected[i]) / Math.ulp(expected[i]) / n;
    }
    assertThat(Math.abs(mean))
        .as("mean error of %s in units in the last place", op)
        .isLessThan(0.1);
  }

  /** Returns numbers of all magnitudes alike, and their borders. */
  private static double[] bitPatterns(Precision precision, int n) {
    Random random = new Random(11);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          precision == Precision.F32
              ? Float.intBitsToFloat(random.nextInt())
              : Double.longBitsToDouble(random.nextLong());
    }
    return values;
  }

  /**
   * Returns the unit of what a plain loop loses that multiplies a number and up to three times
   * another to a factor which in double precision is subnormal.
   */
  private static double lostByPlain(double x, double v) {
    double m = Math.max(1, Math.min(Math.abs(v), 1000));
    double product = Math.min(Math.abs(x) * m * m * m, Double.MAX_VALUE);
    return Double.isFinite(x) ? product * Double.MIN_VALUE : 0;
  }

  private static void assertWithin(Unary op, Precision precision, double[] x, double ulps) {
    int n = x.length;
    Object operand = precision.operand(x);
    Object actual = precision.result(n);
    Object expected = precision.result(n);
    precision.kernels().map(op, operand, actual, 0, n);
    plain(precision).map(op, operand, expected, 0, n);
    if (ulps == 0) {
      assertSameBits(actual, expected, op + " in " + precision);
      return;
    }
    for (int i = 0; i < n; i++) {
      double a = Array.getDouble(actual, i);
      double e = Array.getDouble(expected, i);
      double unit = Math.max(precision.ulp(e), lostByPlain(x[i], 1));
      boolean close = Double.compare(a, e) == 0 || Math.abs(a - e) <= ulps * unit;
      if (!close) {
        fail("%s(%s) in %s: %s instead of %s", op, x[i], precision, a, e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MAX", "MIN", "SUM", "PROD"})
  void reductionsAreTheSameBits(Reduction op) {
    for (Precision precision : Precision.values()) {
      for (int length : LENGTHS) {
        for (boolean specials : new boolean[] {false, true}) {
          double[] x = precision.round(Samples.random(3 * length, length, specials));
          Arrays.setAll(x, i -> i % 9 == 0 ? -0.0 : i < length ? -Math.abs(x[i]) : x[i]);
          Object actual = precision.result(3);
          Object expected = precision.result(3);
          precision.kernels().reduce(op, precision.operand(x), actual, length, 1, 0, 3);
          plain(precision).reduce(op, precision.operand(x), expected, length, 1, 0, 3);
          assertSameBits(actual, expected, op + " of " + length + " in " + precision);
        }
      }
    }
  }

  /**
   * Returns 1 where both compute in double precision and round once. In F64, 4 and what the plain
   * loop loses by adding one after the other: half a unit per number at most.
   */
  private static double rowUlps(Precision precision, int length) {
    return precision == Precision.F32 ? 1 : 4 + length / 2.0;
  }

  @ParameterizedTest
  @EnumSource
  void rowFunctionsAreWithinTheirBounds(AxisMap op) {
    boolean exact = op != AxisMap.SOFTMAX && op != AxisMap.LOG_SOFTMAX;
    for (Precision precision : Precision.values()) {
      for (int length : LENGTHS) {
        int n = 7 * length;
        // Three rows of ordinary numbers, and others with infinities and NaNs.
        double[] x = precision.round(Samples.random(n, length, false));
        x[3 * length] = Double.NEGATIVE_INFINITY;
        x[4 * length] = Double.POSITIVE_INFINITY;
        x[5 * length] = Double.NaN;
        Arrays.fill(x, 6 * length, n, Double.NEGATIVE_INFINITY);
        Object actual = precision.result(n);
        Object expected = precision.result(n);
        precision.kernels().mapAxis(op, precision.operand(x), actual, length, 1, 0, 7);
        plain(precision).mapAxis(op, precision.operand(x), expected, length, 1, 0, 7);
        for (int i = 0; i < n; i++) {
          double a = Array.getDouble(actual, i);
          double e = Array.getDouble(expected, i);
          double unit = op == AxisMap.LOG_SOFTMAX ? precision.ulp(20) : precision.ulp(e);
          boolean close =
              Double.compare(a, e) == 0
                  || (!exact && Math.abs(a - e) <= rowUlps(precision, length) * unit);
          if (!close) {
            fail("%s of %d in %s at %d: %s instead of %s", op, length, precision, i, a, e);
          }
        }
      }
    }
  }

  @Test
  void logSumExpIsWithinItsBound() {
    for (Precision precision : Precision.values()) {
      for (int length : LENGTHS) {
        double[] x = sample(precision, 5 * length, length);
        Arrays.fill(x, 0, length, Double.NEGATIVE_INFINITY);
        Arrays.setAll(x, i -> i / length == 1 ? Math.min(10, Math.max(-10, x[i])) : x[i]);
        Object actual = precision.result(5);
        Object expected = precision.result(5);
        Reduction op = Reduction.LOG_SUM_EXP;
        precision.kernels().reduce(op, precision.operand(x), actual, length, 1, 0, 5);
        plain(precision).reduce(op, precision.operand(x), expected, length, 1, 0, 5);
        for (int row = 0; row < 5; row++) {
          double a = Array.getDouble(actual, row);
          double e = Array.getDouble(expected, row);
          if (Double.compare(a, e) != 0
              && !(Math.abs(a - e) <= rowUlps(precision, length) * precision.ulp(e))) {
            fail("%s in %s of %d: %s instead of %s", op, precision, length, a, e);
          }
        }
      }
    }
  }
}
