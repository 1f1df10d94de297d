package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code recurrence} against its definition, and that from the end it is the adjoint. */
class RecurrenceTest {

  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 7, 1}, {3, 5, 1}, {1, 5, 3}, {2, 9, 4}, {0, 4, 3}, {3, 0, 4}
  };

  @ParameterizedTest
  @EnumSource
  void followsTheDefinition(Precision precision) {
    for (int[] size : SIZES) {
      int n = size[0] * size[1] * size[2];
      double[] b = precision.round(Samples.random(n, 1, false));
      double[] x =
          precision.round(Arrays.stream(Samples.random(n, 2, false)).map(v -> v / 4).toArray());
      double[] fromStart = run(false, precision, b, x, size);
      double[] fromEnd = run(true, precision, b, x, size);
      for (int o = 0; o < size[0]; o++) {
        for (int j = 0; j < size[2]; j++) {
          double[] terms = Rows.row(b, o, j, size[1], size[2]);
          double[] factors = Rows.row(x, o, j, size[1], size[2]);
          assertClose(
              precision, Rows.row(fromStart, o, j, size[1], size[2]), fromStart(terms, factors));
          assertClose(
              precision, Rows.row(fromEnd, o, j, size[1], size[2]), fromEnd(terms, factors));
        }
      }
    }
  }

  private static double[] fromStart(double[] b, double[] x) {
    double[] y = b.clone();
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < i; j++) {
        y[i] += b[j] * Arrays.stream(x, j + 1, i + 1).reduce(1, (p, q) -> p * q);
      }
    }
    return y;
  }

  private static double[] fromEnd(double[] b, double[] x) {
    double[] y = b.clone();
    for (int i = 0; i < y.length; i++) {
      for (int j = i + 1; j < y.length; j++) {
        y[i] += b[j] * Arrays.stream(x, i + 1, j + 1).reduce(1, (p, q) -> p * q);
      }
    }
    return y;
  }

  private static void assertClose(Precision precision, double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      precision.assertClose(actual[i], expected[i], 16, largest, () -> "recurrence");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsZeroAddsNothing(Precision precision) {
    double inf = Double.POSITIVE_INFINITY;
    double[] x = {Double.NaN, inf, Double.NaN, 2};
    double[] b = {0, 0, 3, 1};
    int[] size = {1, 4, 1};
    assertThat(run(false, precision, b, x, size)).containsExactly(0, 0, 3, 7);
    double[] fromEnd =
        run(true, precision, new double[] {1, 2, 0, 0}, new double[] {inf, 5, inf, inf}, size);
    assertThat(fromEnd).containsExactly(11, 2, 0, 0);
  }

  @Test
  void singlesAccumulateInDouble() {
    double[] b = new double[1000];
    double[] x = new double[1000];
    Arrays.fill(b, 1);
    Arrays.fill(x, 1);
    b[0] = 1 << 24;
    double[] y = run(false, Precision.F32, b, x, new int[] {1, 1000, 1});
    assertThat(y[999]).isEqualTo((float) ((1 << 24) + 999));
  }

  private static double[] run(
      boolean fromEnd, Precision precision, double[] b, double[] x, int[] size) {
    Object out = precision.result(b.length);
    precision
        .kernels()
        .recurrence(
            fromEnd,
            precision.operand(b),
            precision.operand(x),
            out,
            size[1],
            size[2],
            0,
            size[0] * size[2]);
    return precision.read(out, b.length);
  }
}
