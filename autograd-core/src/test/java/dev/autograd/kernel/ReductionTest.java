package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code reduce}, {@code argMax} and {@code argMin} against their definitions. */
class ReductionTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 7, 1},
    {3, 5, 1},
    {1, 5, 3},
    {2, 9, 4},
    {4, 1, 3},
    {2, 513, 1},
    {1, 1000, 2},
    {2, 300, 1030},
    {0, 4, 3},
    {3, 4, 0},
    {0, 4, 1}
  };

  @ParameterizedTest
  @EnumSource
  void reduceFollowsTheDefinition(Reduction op) {
    for (Precision precision : Precision.values()) {
      for (int[] size : SIZES) {
        assertReduced(op, precision, size[0], size[1], size[2], false);
        assertReduced(op, precision, size[0], size[1], size[2], true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUM", "PROD", "LOG_SUM_EXP"})
  void nothingReducesToTheNeutralElement(Reduction op) {
    for (Precision precision : Precision.values()) {
      for (int inner : new int[] {1, 3}) {
        double[] actual = reduce(op, precision, new double[0], 2, 0, inner);
        assertThat(actual).hasSize(2 * inner).containsOnly(naive(op));
      }
    }
  }

  private static void assertReduced(
      Reduction op, Precision precision, int outer, int length, int inner, boolean specials) {
    double[] x = Samples.random(outer * length * inner, length, specials);
    if (op == Reduction.PROD) {
      // Close to 1, so that a long product neither vanishes nor overflows.
      Arrays.setAll(x, i -> 1 + x[i] / 100);
    }
    if (op == Reduction.SUM) {
      // Where partial sums overflow, the order decides between an infinity and NaN.
      Arrays.setAll(x, i -> Double.isFinite(x[i]) && Math.abs(x[i]) > 1e37 ? 1 : x[i]);
    }
    double[] rounded = precision.round(x);
    double[] actual = reduce(op, precision, rounded, outer, length, inner);
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        double[] row = Rows.row(rounded, o, j, length, inner);
        double expected = naive(op, row);
        double size = Arrays.stream(row).map(Math::abs).sum();
        double ulps = op == Reduction.PROD ? length : 4;
        boolean adds = op == Reduction.SUM || op == Reduction.LOG_SUM_EXP;
        precision.assertClose(
            actual[o * inner + j],
            expected,
            ulps,
            adds && Double.isFinite(size) ? size : 0,
            () -> op + " of " + Arrays.toString(row));
      }
    }
  }

  private static double[] reduce(
      Reduction op, Precision precision, double[] x, int outer, int length, int inner) {
    Object out = precision.result(outer * inner);
    precision.kernels().reduce(op, precision.operand(x), out, length, inner, 0, outer * inner);
    return precision.read(out, outer * inner);
  }

  private static double naive(Reduction op, double... row) {
    return switch (op) {
      case SUM -> Arrays.stream(row).sum();
      case PROD -> Arrays.stream(row).reduce(1, (a, b) -> a * b);
      case MAX -> Arrays.stream(row).reduce(-INF, Math::max);
      case MIN -> Arrays.stream(row).reduce(INF, Math::min);
      case LOG_SUM_EXP -> Rows.logSumExp(row);
    };
  }

  @Test
  void longSumsLoseAFewUlpsAtMost() {
    Random random = new Random(3);
    double[] x = random.doubles(1_000_000).toArray();
    for (Precision precision : Precision.values()) {
      double[] rounded = precision.round(x);
      double exact = Arrays.stream(rounded).sum();
      double ulps = precision == Precision.F32 ? 1 : 4;
      assertThat(reduce(Reduction.SUM, precision, rounded, 1, x.length, 1)[0])
          .isCloseTo(exact, within(ulps * precision.ulp(exact)));
      double[] columns = reduce(Reduction.SUM, precision, rounded, 1, x.length / 2, 2);
      double first = Arrays.stream(Rows.row(rounded, 0, 0, x.length / 2, 2)).sum();
      assertThat(columns[0]).isCloseTo(first, within(ulps * precision.ulp(first)));
    }
  }

  @Test
  void sumsOfSinglesAccumulateInDouble() {
    double[] x = new double[10_001];
    Arrays.fill(x, 1);
    x[0] = 1 << 24;
    for (int inner : new int[] {1, 73}) {
      int length = x.length / inner;
      double sum = reduce(Reduction.SUM, Precision.F32, x, 1, length, inner)[0];
      assertThat(sum).isEqualTo((float) ((1 << 24) + length - 1));
    }
  }

  @Test
  void productsMayOverflowOnTheWay() {
    double[] x = {1e30, 1e30, 1e-30, 1e-30};
    double product = reduce(Reduction.PROD, Precision.F32, x, 1, 4, 1)[0];
    assertThat(product).isCloseTo(1, within(1e-6));
  }

  @Test
  void extremesPropagateNaNFromAnyPlace() {
    for (Precision precision : Precision.values()) {
      for (int at = 0; at < 20; at++) {
        double[] x = new double[20];
        x[at] = Double.NaN;
        assertThat(reduce(Reduction.MAX, precision, x, 1, 20, 1)).containsOnly(Double.NaN);
        assertThat(reduce(Reduction.MIN, precision, x, 1, 10, 2)[at % 2]).isNaN();
        assertThat(reduce(Reduction.MIN, precision, x, 1, 10, 2)[1 - at % 2]).isZero();
      }
    }
  }

  @Test
  void logSumExpAtTheEdges() {
    for (Precision precision : Precision.values()) {
      assertThat(logSumExp(precision, -INF, -INF)).isEqualTo(-INF);
      assertThat(logSumExp(precision, -INF, 3)).isEqualTo(3);
      assertThat(logSumExp(precision, INF, 3)).isEqualTo(INF);
      assertThat(logSumExp(precision, INF, INF, -INF)).isEqualTo(INF);
      assertThat(logSumExp(precision, INF, Double.NaN)).isNaN();
      assertThat(logSumExp(precision, 1000, 1000))
          .isCloseTo(1000 + Math.log(2), within(precision.ulp(1000)));
      assertThat(logSumExp(precision, -1000, -1000))
          .isCloseTo(-1000 + Math.log(2), within(precision.ulp(1000)));
    }
  }

  private static double logSumExp(Precision precision, double... row) {
    return reduce(Reduction.LOG_SUM_EXP, precision, row, 1, row.length, 1)[0];
  }

  @Test
  void argMaxIsTheFirstLargest() {
    for (Precision precision : Precision.values()) {
      assertThat(argMax(precision, 1, 3, 2, 3)).isEqualTo(1);
      assertThat(argMax(precision, -INF, -INF)).isZero();
      assertThat(argMax(precision, 0.0, -0.0, 0.0)).isZero();
      assertThat(argMax(precision, 7)).isZero();
      assertThat(argMax(precision, 1, Double.NaN, 5, Double.NaN)).isEqualTo(1);
      assertThat(argMax(precision, Double.NaN, 5)).isZero();
    }
  }

  @Test
  void argMinIsTheFirstSmallest() {
    for (Precision precision : Precision.values()) {
      assertThat(argMin(precision, 2, 1, 2, 1)).isEqualTo(1);
      assertThat(argMin(precision, INF, INF)).isZero();
      assertThat(argMin(precision, 0.0, -0.0, 0.0)).isZero();
      assertThat(argMin(precision, 7)).isZero();
      assertThat(argMin(precision, 1, Double.NaN, -5, Double.NaN)).isEqualTo(1);
      assertThat(argMin(precision, Double.NaN, -5)).isZero();
    }
  }

  private static long argMin(Precision precision, double... row) {
    long[] out = {-1};
    precision.kernels().argMin(precision.operand(row), out, row.length, 1, 0, 1);
    return out[0];
  }

  private static long argMax(Precision precision, double... row) {
    long[] out = {-1};
    precision.kernels().argMax(precision.operand(row), out, row.length, 1, 0, 1);
    return out[0];
  }

  @Test
  void placesRunAlongTheMiddleAxis() {
    for (Precision precision : Precision.values()) {
      double[] x = precision.round(Samples.random(2 * 5 * 3, 1, false));
      long[] largest = new long[7];
      long[] smallest = new long[7];
      precision.kernels().argMax(precision.operand(x), largest, 5, 3, 0, 6);
      precision.kernels().argMin(precision.operand(x), smallest, 5, 3, 0, 6);
      for (int i = 0; i < 6; i++) {
        double[] row = Rows.row(x, i / 3, i % 3, 5, 3);
        assertThat(largest[i]).isEqualTo(Rows.firstLargest(1, row));
        assertThat(smallest[i]).isEqualTo(Rows.firstLargest(-1, row));
      }
      assertThat(largest[6]).isZero();
      assertThat(smallest[6]).isZero();
    }
  }
}
