package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code mapAxis} against its definitions. */
class AxisMapTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static final double[][] EDGES = {
    {7},
    {-INF},
    {INF},
    {Double.NaN},
    {-INF, -INF, -INF},
    {INF, 1, INF, -INF},
    {INF, 1},
    {-INF, 0},
    {1000, -1000},
    {1e30, 1, -1e30},
    {Double.NaN, 1, INF},
    {0, 0},
    {0, 3, 0},
    {0, 3, 5},
    {-0.0, 2}
  };

  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 7, 1},
    {3, 5, 1},
    {1, 5, 3},
    {2, 9, 4},
    {1, 1000, 1},
    {2, 513, 3},
    {0, 4, 3},
    {3, 4, 0},
    {3, 0, 4}
  };

  @ParameterizedTest
  @EnumSource
  void mapAxisFollowsTheDefinition(AxisMap op) {
    for (Precision precision : Precision.values()) {
      for (int[] size : SIZES) {
        double[] x = Samples.random(size[0] * size[1] * size[2], 5, false);
        if (isProduct(op)) {
          Arrays.setAll(x, i -> 1 + x[i] / 100);
        }
        assertMapped(op, precision, precision.round(x), size[0], size[1], size[2]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void edgeRowsFollowTheDefinition(AxisMap op) {
    for (Precision precision : Precision.values()) {
      for (double[] row : EDGES) {
        assertMapped(op, precision, precision.round(row), 1, row.length, 1);
        assertMapped(op, precision, precision.round(row), 1, 1, row.length);
      }
    }
  }

  private static void assertMapped(
      AxisMap op, Precision precision, double[] x, int outer, int length, int inner) {
    double[] actual = map(op, precision, x, outer, length, inner);
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        double[] row = Rows.row(x, o, j, length, inner);
        double[] expected = Rows.map(op, row);
        double[] mapped = Rows.row(actual, o, j, length, inner);
        double largest = Arrays.stream(row).map(Math::abs).max().orElse(0);
        for (int i = 0; i < length; i++) {
          // e^(x - log Σ eˣ), the definition, has the error of its exponent.
          double ulps = isProduct(op) || isSum(op) ? length : 8 + 4 * finite(largest);
          double magnitude = op == AxisMap.LOG_SOFTMAX || isSum(op) ? finite(largest) * length : 0;
          precision.assertClose(
              mapped[i],
              expected[i],
              ulps,
              magnitude,
              () -> op + " of " + Arrays.toString(row) + " is " + Arrays.toString(mapped));
        }
      }
    }
  }

  private static boolean isProduct(AxisMap op) {
    return op == AxisMap.PRODUCT_OF_OTHERS || op == AxisMap.CUMULATIVE_PRODUCT;
  }

  private static boolean isSum(AxisMap op) {
    return op == AxisMap.CUMULATIVE_SUM || op == AxisMap.SUM_TO_END || op == AxisMap.CENTRED;
  }

  private static double finite(double x) {
    return Double.isFinite(x) ? x : 0;
  }

  private static double[] map(
      AxisMap op, Precision precision, double[] x, int outer, int length, int inner) {
    Object out = precision.result(x.length);
    precision.kernels().mapAxis(op, precision.operand(x), out, length, inner, 0, outer * inner);
    return precision.read(out, x.length);
  }

  @Test
  void weightsOfInfiniteRowsAreSharedEqually() {
    for (Precision precision : Precision.values()) {
      double[] row = {INF, 1, INF, -INF};
      assertThat(map(AxisMap.LOG_SUM_EXP_WEIGHTS, precision, row, 1, 4, 1))
          .containsExactly(0.5, 0, 0.5, 0);
      double[] none = {-INF, -INF};
      assertThat(map(AxisMap.LOG_SUM_EXP_WEIGHTS, precision, none, 1, 2, 1)).containsExactly(0, 0);
      assertThat(map(AxisMap.SOFTMAX, precision, none, 1, 2, 1)).containsOnly(Double.NaN);
    }
  }

  @Test
  void productOfOthersIsExactWithZeros() {
    for (Precision precision : Precision.values()) {
      assertThat(map(AxisMap.PRODUCT_OF_OTHERS, precision, new double[] {2, 0, 5}, 1, 3, 1))
          .containsExactly(0, 10, 0);
      assertThat(map(AxisMap.PRODUCT_OF_OTHERS, precision, new double[] {0, 0, 5}, 1, 3, 1))
          .containsExactly(0, 0, 0);
      assertThat(map(AxisMap.PRODUCT_OF_OTHERS, precision, new double[] {0}, 1, 1, 1))
          .containsExactly(1);
    }
  }

  @Test
  void softmaxSumsToOne() {
    for (Precision precision : Precision.values()) {
      double[] x = precision.round(Samples.random(1000, 1, false));
      double sum = Arrays.stream(map(AxisMap.SOFTMAX, precision, x, 1, 1000, 1)).sum();
      precision.assertClose(sum, 1, 32, () -> "the sum of a softmax");
    }
  }

  @Test
  void runningSumsOfSinglesAccumulateInDouble() {
    double[] x = new double[1000];
    Arrays.fill(x, 1);
    x[0] = 1 << 24;
    double[] sums = map(AxisMap.CUMULATIVE_SUM, Precision.F32, x, 1, x.length, 1);
    assertThat(sums[999]).isEqualTo((float) ((1 << 24) + 999));
    assertThat(map(AxisMap.SUM_TO_END, Precision.F32, x, 1, x.length, 1)[0]).isEqualTo(sums[999]);
  }

  @Test
  void runningProductsMayOverflowOnTheWay() {
    double[] x = {1e30, 1e30, 1e-30};
    double[] products = map(AxisMap.CUMULATIVE_PRODUCT, Precision.F32, x, 1, 3, 1);
    assertThat(products[1]).isEqualTo(INF);
    assertThat(products[2]).isEqualTo((float) 1e30);
  }
}
