package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fused loops: definitions, and that two parts are the same bits as the whole. */
class FusedKernelsTest {

  private static final int INNER = 2;
  private static final int LENGTH = 150;
  private static final int LINES = 8;

  private static int start(int line, int inner) {
    return line / inner * LENGTH * inner + line % inner;
  }

  private static double[] softmax(double[] x, int line, int inner) {
    double[] row = new double[LENGTH];
    Arrays.setAll(row, i -> x[start(line, inner) + i * inner]);
    double max = Arrays.stream(row).max().orElseThrow();
    double sum = Arrays.stream(row).map(z -> Math.exp(z - max)).sum();
    return Arrays.stream(row).map(z -> Math.exp(z - max) / sum).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyAndItsDerivative(Precision precision) {
    int[] classes = {0, 149, -1, 7, 8, 9, 10, 11, Integer.MAX_VALUE};
    for (int inner : new int[] {1, INNER}) {
      double[] x = precision.round(Samples.random(LINES * LENGTH, 3, false));
      Arrays.setAll(x, i -> precision.round(x[i] % 5));
      double[] g = {0.5, -1, 2, 0, 1, 1.5, -0.5, 3};
      Object logits = precision.operand(x);
      Object losses = precision.result(LINES);
      Object slopes = precision.result(LINES * LENGTH);
      for (int from : new int[] {0, LINES / 2}) {
        int to = from + LINES / 2;
        precision.kernels().crossEntropy(logits, classes, losses, LENGTH, inner, from, to);
        precision
            .kernels()
            .crossEntropyGrad(
                precision.operand(g), 1, logits, classes, slopes, LENGTH, inner, from, to);
      }
      double[] loss = precision.read(losses, LINES);
      double[] slope = precision.read(slopes, LINES * LENGTH);
      for (int line = 0; line < LINES; line++) {
        double[] p = softmax(x, line, inner);
        int own = classes[line];
        precision.assertClose(loss[line], own < 0 ? 0 : -Math.log(p[own]), 8, () -> "loss");
        for (int i = 0; i < LENGTH; i++) {
          double expected = own < 0 ? 0 : (p[i] - (i == own ? 1 : 0)) * g[line];
          double actual = slope[start(line, inner) + i * inner];
          precision.assertClose(actual, expected, 64, () -> "slope");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void residualsAreDifferencesTimesAGradient(Precision precision) {
    double[] p = {0.5, 0.25, 1, Double.NaN, 0};
    double[] t = {1, 0.5, Double.NaN, 1, 0};
    double[] g = {2, -1, 0, 0, 3};
    Object each = precision.operand(p);
    precision.kernels().residual(precision.operand(t), precision.operand(g), 1, each, 0, 5);
    assertThat(first(each)).containsExactly(-1, 0.25, 0, 0, 0);
    Object all = precision.operand(p);
    precision.kernels().residual(precision.operand(t), precision.operand(2), 0, all, 0, 2);
    assertThat(first(all)).containsExactly(-1, -0.5, 1, Double.NaN, 0);
    precision.kernels().residual(precision.operand(t), precision.operand(0), 0, all, 0, 4);
    assertThat(first(all)).containsExactly(0, 0, 0, 0, 0);
  }

  private static double[] first(Object array) {
    double[] values = new double[5];
    Arrays.setAll(values, i -> java.lang.reflect.Array.getDouble(array, i));
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void oneRowIsAddedToARangeOfRows(Precision precision) {
    for (int columns : new int[] {1, 3, 64, 1500}) {
      double[] x = precision.round(Samples.random(7 * columns, 1, true));
      double[] row = precision.round(Samples.random(columns, 2, true));
      Object target = precision.operand(x);
      precision.kernels().addRow(precision.operand(row), target, columns, 2, 6);
      for (int i = 0; i < x.length; i++) {
        boolean inside = i >= 2 * columns && i < 6 * columns;
        double expected = inside ? precision.round(x[i] + row[i % columns]) : x[i];
        Precision.assertSame(
            java.lang.reflect.Array.getDouble(target, i), expected, () -> "addRow");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void updatesInPartsAreUpdates(UpdateRule rule) {
    double[] coefficients = {0.1, 0.01, 0.999, 1e-8, 0.9, 0.1, 0.99, 0.01, 0.19, 0.0199, 0.5};
    for (Precision precision : Precision.values()) {
      int n = 2500;
      Object g = precision.operand(precision.round(Samples.random(n, 2, false)));
      List<Object> whole = state(precision, n);
      List<Object> parts = state(precision, n);
      List<Object> rest = whole.subList(1, 4);
      precision.kernels().update(rule, whole.get(0), g, rest, coefficients, 0, n);
      List<Object> others = parts.subList(1, 4);
      precision.kernels().update(rule, parts.get(0), g, others, coefficients, 1111, n);
      precision.kernels().update(rule, parts.get(0), g, others, coefficients, 0, 1111);
      for (int k = 0; k < whole.size(); k++) {
        for (int i = 0; i < n; i++) {
          double expected = java.lang.reflect.Array.getDouble(whole.get(k), i);
          double actual = java.lang.reflect.Array.getDouble(parts.get(k), i);
          Precision.assertSame(actual, expected, () -> rule + " in parts");
        }
      }
    }
  }

  private static List<Object> state(Precision precision, int n) {
    double[] positive = Samples.random(n, 5, false);
    Arrays.setAll(positive, i -> Math.abs(positive[i]));
    return List.of(
        precision.operand(precision.round(Samples.random(n, 3, false))),
        precision.operand(precision.round(Samples.random(n, 4, false))),
        precision.operand(precision.round(positive)),
        precision.operand(precision.round(positive)));
  }
}
