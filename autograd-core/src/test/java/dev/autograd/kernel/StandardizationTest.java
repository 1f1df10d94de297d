package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code standardize} and its derivative against their definitions. */
class StandardizationTest {

  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 3, 5},
    {1, 2, 2500},
    {4, 3, 1},
    {2500, 2, 1},
    {3, 4, 6},
    {2, 3, 1030},
    {1, 1, 4},
    {0, 3, 2},
    {2, 0, 3},
    {2, 3, 0}
  };

  /** Roundings of a sum that is joined from runs, and of what follows. */
  private static final double ULPS = 32;

  private static int groupOf(Standardization sizes, int i) {
    return i / sizes.inner() % sizes.groups();
  }

  private static double mean(Standardization sizes, int group, IntToDoubleFunction f) {
    int size = sizes.outer() * sizes.groups() * sizes.inner();
    return IntStream.range(0, size)
        .filter(i -> groupOf(sizes, i) == group)
        .mapToDouble(f)
        .average()
        .orElse(Double.NaN);
  }

  @Test
  void standardizeAndItsDerivativeFollowTheirDefinitions() {
    for (Precision precision : Precision.values()) {
      for (int[] size : SIZES) {
        for (boolean centered : new boolean[] {true, false}) {
          check(precision, new Standardization(size[0], size[1], size[2], centered, 1e-3));
        }
      }
    }
  }

  private static void check(Precision precision, Standardization sizes) {
    int size = sizes.outer() * sizes.groups() * sizes.inner();
    double[] x = precision.round(Samples.random(size, 7, false));
    Object out = precision.result(size);
    Object means = precision.result(sizes.groups());
    Object variances = precision.result(sizes.groups());
    Object scales = precision.result(sizes.groups());
    precision
        .kernels()
        .standardize(sizes, precision.operand(x), out, means, variances, scales, 0, sizes.groups());
    double[] y = precision.read(out, size);
    double[] scale = precision.read(scales, sizes.groups());
    double[] m = new double[sizes.groups()];
    double[] v = new double[sizes.groups()];
    for (int g = 0; g < m.length; g++) {
      int group = g;
      m[g] = sizes.centered() ? mean(sizes, g, i -> x[i]) : 0;
      v[g] = mean(sizes, g, i -> (x[i] - m[group]) * (x[i] - m[group]));
    }
    double magnitude = Arrays.stream(x).map(Math::abs).max().orElse(1);
    if (sizes.count() > 0) {
      assertClose(precision, precision.read(means, m.length), m, magnitude, sizes + " mean");
      assertClose(precision, precision.read(variances, v.length), v, 0, sizes + " variance");
    }
    double[] s = Arrays.stream(v).map(a -> 1 / Math.sqrt(a + sizes.eps())).toArray();
    double[] expected = new double[size];
    Arrays.setAll(expected, i -> (x[i] - m[groupOf(sizes, i)]) * s[groupOf(sizes, i)]);
    assertClose(precision, y, expected, 1, sizes + " value");
    checkDerivative(precision, sizes, y, scale);
  }

  private static void checkDerivative(
      Precision precision, Standardization sizes, double[] y, double[] scale) {
    double[] g = precision.round(Samples.random(y.length, 8, false));
    Object out = precision.result(y.length);
    precision
        .kernels()
        .standardizeGrad(
            sizes,
            precision.operand(g),
            precision.operand(y),
            precision.operand(scale),
            out,
            0,
            sizes.groups());
    double[] expected = new double[y.length];
    Arrays.setAll(
        expected,
        i -> {
          int group = groupOf(sizes, i);
          double meanOfG = sizes.centered() ? mean(sizes, group, j -> g[j]) : 0;
          double meanOfGy = mean(sizes, group, j -> g[j] * y[j]);
          return scale[group] * (g[i] - meanOfG - y[i] * meanOfGy);
        });
    double magnitude = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertClose(
        precision, precision.read(out, y.length), expected, magnitude, sizes + " derivative");
  }

  private static void assertClose(
      Precision precision, double[] actual, double[] expected, double magnitude, String what) {
    for (int i = 0; i < expected.length; i++) {
      int at = i;
      precision.assertClose(
          actual[i], expected[i], ULPS, magnitude, () -> what + " " + at + " in " + precision);
    }
  }

  @Test
  void equalNumbersHaveNoSpreadAtAll() {
    for (Precision precision : Precision.values()) {
      for (int[] size : new int[][] {{1, 2, 7}, {7, 2, 1}, {3, 2, 3}}) {
        Standardization sizes = new Standardization(size[0], size[1], size[2], true, 0);
        int n = size[0] * size[1] * size[2];
        double[] x = new double[n];
        Arrays.setAll(x, i -> precision.round(groupOf(sizes, i) == 0 ? 0.1 : -3e7));
        Object out = precision.result(n);
        Object variances = precision.result(2);
        Object scales = precision.result(2);
        precision
            .kernels()
            .standardize(
                sizes, precision.operand(x), out, precision.result(2), variances, scales, 0, 2);
        assertThat(precision.read(out, n)).containsOnly(0);
        assertThat(precision.read(variances, 2)).containsExactly(0, 0);
        assertThat(precision.read(scales, 2)).containsExactly(0, 0);
      }
    }
  }

  @Test
  void aGradientOfZeroWinsAgainstNaN() {
    double nan = Double.NaN;
    for (Precision precision : Precision.values()) {
      for (int[] size : new int[][] {{1, 2, 3}, {3, 2, 1}}) {
        Standardization sizes = new Standardization(size[0], size[1], size[2], true, 0);
        double[] g = new double[6];
        double[] y = new double[6];
        Arrays.setAll(g, i -> groupOf(sizes, i) == 0 ? 0 : 1.0 / (i + 2));
        Arrays.setAll(y, i -> groupOf(sizes, i) == 0 ? nan : i * i);
        Object out = precision.result(6);
        precision
            .kernels()
            .standardizeGrad(
                sizes,
                precision.operand(g),
                precision.operand(y),
                precision.operand(nan, 1),
                out,
                0,
                2);
        double[] actual = precision.read(out, 6);
        for (int i = 0; i < 6; i++) {
          assertThat(actual[i] == 0).isEqualTo(groupOf(sizes, i) == 0);
          assertThat(actual[i]).isNotNaN();
        }
      }
    }
  }
}
