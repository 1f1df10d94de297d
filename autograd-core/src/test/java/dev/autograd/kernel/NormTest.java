package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code norm} and {@code variance} against their definitions, and where squares do not fit. */
class NormTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 7, 1},
    {3, 5, 1},
    {1, 5, 3},
    {2, 9, 4},
    {2, 513, 3},
    {1, 1000, 1},
    {0, 4, 3},
    {3, 4, 0}
  };

  @ParameterizedTest
  @ValueSource(doubles = {2, 1, 0, 3, 1.5, 0.5, 10, -1, -2.5, INF, -INF})
  void normFollowsTheDefinition(double p) {
    for (Precision precision : Precision.values()) {
      for (int[] size : SIZES) {
        double[] x = precision.round(Samples.random(size[0] * size[1] * size[2], 5, false));
        double[] actual = norm(precision, p, x, size);
        for (int i = 0; i < actual.length; i++) {
          double[] row = Rows.row(x, i / size[2], i % size[2], size[1], size[2]);
          precision.assertClose(actual[i], norm(p, row), 64, () -> p + "-norm");
        }
      }
    }
  }

  private static double norm(double p, double... row) {
    double[] sizes = Arrays.stream(row).map(Math::abs).sorted().toArray();
    if (Double.isInfinite(p)) {
      return sizes[p > 0 ? sizes.length - 1 : 0];
    }
    return p == 0
        ? Arrays.stream(sizes).filter(v -> v != 0).count()
        : Math.pow(Arrays.stream(sizes).map(v -> Math.pow(v, p)).sum(), 1 / p);
  }

  @ParameterizedTest
  @EnumSource
  void varianceFollowsTheDefinition(Precision precision) {
    for (int[] size : SIZES) {
      double[] x = precision.round(Samples.random(size[0] * size[1] * size[2], 6, false));
      double[] variances = variance(precision, false, 1.5, x, size);
      double[] roots = variance(precision, true, 1.5, x, size);
      for (int i = 0; i < variances.length; i++) {
        double[] row = Rows.row(x, i / size[2], i % size[2], size[1], size[2]);
        double mean = Rows.mean(row);
        double expected = Arrays.stream(row).map(v -> (v - mean) * (v - mean)).sum() / 1.5;
        precision.assertClose(variances[i], expected, 64, () -> "variance");
        precision.assertClose(roots[i], Math.sqrt(expected), 64, () -> "root");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3, 1.5, 0.5, 1, -1, INF, -INF})
  void normsAreNumbersWherePowersAreNot(double p) {
    double[] units = {1e300, 1e200, 1e-200, 1e-300};
    double expected = norm(Precision.F64, p, 3, -4);
    for (double unit : units) {
      Precision.F64.assertClose(
          norm(Precision.F64, p, 3 * unit, -4 * unit),
          expected * unit,
          64,
          () -> p + "-norm of " + unit);
    }
    Precision.F32.assertClose(
        norm(Precision.F32, p, 3e30, -4e30), expected * 1e30, 4, () -> p + "-norm");
    Precision.F32.assertClose(
        norm(Precision.F32, p, 3e-30, -4e-30), expected * 1e-30, 4, () -> p + "-norm");
  }

  @ParameterizedTest
  @EnumSource
  void euclideanNormsAreExactWhereTheyCanBe(Precision precision) {
    assertThat(norm(precision, 2, 3, 4)).isEqualTo(5);
    assertThat(norm(precision, 2, 3 * 0x1p120, -4 * 0x1p120)).isEqualTo(5 * 0x1p120);
    assertThat(norm(precision, 2, 3 * 0x1p-120, -4 * 0x1p-120)).isEqualTo(5 * 0x1p-120);
    assertThat(norm(Precision.F64, 2, 3 * 0x1p1020, 4 * 0x1p1020)).isEqualTo(5 * 0x1p1020);
    assertThat(norm(Precision.F64, 2, 3 * 0x1p-1070, 4 * 0x1p-1070)).isEqualTo(5 * 0x1p-1070);
    assertThat(norm(Precision.F64, 2, Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    assertThat(norm(Precision.F64, 2, Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
    assertThat(norm(Precision.F64, 2, Double.MAX_VALUE, Double.MAX_VALUE)).isEqualTo(INF);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3, 0.5, 1, 0, -1, INF, -INF})
  void normsOfInfinitiesZerosAndNan(double p) {
    for (Precision precision : Precision.values()) {
      assertThat(norm(precision, p, 0, -0.0)).isZero();
      assertThat(norm(precision, p, INF, NAN, 0)).isNaN();
      assertThat(norm(precision, p, 1, 2, NAN)).isNaN();
      assertThat(norm(precision, p, 3, 0) == 0).isEqualTo(p < 0);
      if (p > 0) {
        assertThat(norm(precision, p, 1, -INF)).isEqualTo(INF);
      }
      if (p >= 0) {
        assertThat(norm(precision, p)).isZero();
      }
    }
    assertThat(norm(Precision.F64, -1, INF, 2)).isEqualTo(2);
    assertThat(norm(Precision.F64, -1, INF, INF)).isEqualTo(INF);
  }

  @ParameterizedTest
  @EnumSource
  void equalElementsHaveNoVariance(Precision precision) {
    for (double x : new double[] {0.1, 1e30, -1 / 3.0, 1e-30, 0}) {
      for (int n : new int[] {1, 2, 3, 10, 300, 777}) {
        double[] row = new double[n];
        Arrays.fill(row, precision.round(x));
        assertThat(variance(precision, false, 1, row, new int[] {1, n, 1})).containsExactly(0);
        assertThat(variance(precision, true, 1, row, new int[] {1, n, 1})).containsExactly(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLargeMeanTakesNoDigits(Precision precision) {
    double offset = precision == Precision.F32 ? 1 << 23 : 1L << 52;
    double[] row = {offset, offset + 1, offset + 2, offset + 1};
    assertThat(variance(precision, false, 4, row, new int[] {1, 4, 1})).containsExactly(0.5);
    double[] neighbours = {1, Math.nextUp(1.0)};
    assertThat(variance(Precision.F64, true, 2, neighbours, new int[] {1, 2, 1}))
        .containsExactly(0x1p-53);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e307, 1e200, 1e-200, 1e-300})
  void deviationsAreNumbersWhereVariancesAreNot(double unit) {
    double[] row = {unit, -unit, 3 * unit, 5 * unit};
    double[] root = variance(Precision.F64, true, 4, row, new int[] {1, 4, 1});
    Precision.F64.assertClose(root[0], Math.sqrt(5) * unit, 8, () -> "root for " + unit);
    double[] variance = variance(Precision.F64, false, 4, row, new int[] {1, 4, 1});
    assertThat(variance).containsExactly(unit > 1 ? INF : 0);
  }

  @ParameterizedTest
  @EnumSource
  void variancesOfInfinitiesAndNan(Precision precision) {
    double[][] rows = {{1, INF, 2}, {-INF, 1, 2}, {INF, INF, 0}, {INF, -INF, 0}, {1, NAN, 2}};
    for (double[] row : rows) {
      assertThat(variance(precision, false, 2, row, new int[] {1, 3, 1})).containsExactly(NAN);
      assertThat(variance(precision, true, 2, row, new int[] {1, 3, 1})).containsExactly(NAN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void longRowsLoseAFewUlpsAtMost(Precision precision) {
    double[] x = precision.round(new Random(3).doubles(1_000_000).map(v -> v + 1000).toArray());
    double mean = 1000 + Arrays.stream(x).map(v -> v - 1000).sum() / x.length;
    double squares = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
    double[] actual = variance(precision, false, x.length, x, new int[] {1, x.length, 1});
    precision.assertClose(actual[0], squares / x.length, 16, () -> "variance");
    double norm = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    precision.assertClose(norm(precision, 2, x), norm, 4, () -> "norm");
  }

  private static double norm(Precision precision, double p, double... row) {
    return norm(precision, p, row, new int[] {1, row.length, 1})[0];
  }

  private static double[] norm(Precision precision, double p, double[] x, int[] size) {
    Object out = precision.result(size[0] * size[2]);
    precision.kernels().norm(p, precision.operand(x), out, size[1], size[2], 0, size[0] * size[2]);
    return precision.read(out, size[0] * size[2]);
  }

  private static double[] variance(
      Precision precision, boolean root, double divisor, double[] x, int[] size) {
    Object out = precision.result(size[0] * size[2]);
    precision
        .kernels()
        .variance(divisor, root, precision.operand(x), out, size[1], size[2], 0, size[0] * size[2]);
    return precision.read(out, size[0] * size[2]);
  }
}
