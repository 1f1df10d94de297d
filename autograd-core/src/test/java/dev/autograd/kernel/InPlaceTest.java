package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code select}, {@code fill}, {@code accumulate} and {@code addRowAndMap}. */
class InPlaceTest {

  @ParameterizedTest
  @EnumSource
  void selectTakesOneOrTheOther(Precision precision) {
    for (int n : Samples.LENGTHS) {
      double[] x = precision.round(Samples.random(n, 1, true));
      double[] y = precision.round(Samples.random(n, 2, true));
      boolean[] condition = new boolean[n + 1];
      for (int i = 0; i < n; i++) {
        condition[i] = x[i] * 7 % 2 > y[i] % 1;
      }
      Object out = precision.result(n);
      precision.kernels().select(condition, precision.operand(x), precision.operand(y), out, 0, n);
      double[] actual = precision.read(out, n);
      for (int i = 0; i < n; i++) {
        Precision.assertSame(actual[i], condition[i] ? x[i] : y[i], () -> "select");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fillRoundsOnce(Precision precision) {
    for (int n : Samples.LENGTHS) {
      Object out = precision.result(n);
      precision.kernels().fill(out, 0.1, 0, n);
      for (double value : precision.read(out, n)) {
        assertThat(value).isEqualTo(precision.round(0.1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void accumulateAddsInPlace(Precision precision) {
    for (int n : Samples.LENGTHS) {
      double[] x = precision.round(Samples.random(n, 1, true));
      double[] y = precision.round(Samples.random(n, 2, true));
      Object target = precision.result(n);
      for (int i = 0; i < n; i++) {
        java.lang.reflect.Array.set(target, i, box(precision, y[i]));
      }
      precision.kernels().accumulate(precision.operand(x), target, 0, n);
      double[] actual = precision.read(target, n);
      for (int i = 0; i < n; i++) {
        Precision.assertSame(actual[i], precision.round(x[i] + y[i]), () -> "accumulate");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sumsAndTheirFunctionInPlace(Precision precision) {
    for (Unary op : List.of(Unary.RELU, Unary.TANH, Unary.SIGMOID)) {
      for (int columns : new int[] {1, 7, 300, 9000}) {
        int rows = 71;
        double[] x = precision.round(Samples.random(rows * columns, 1, true));
        Object row = precision.operand(precision.round(Samples.random(columns, 2, true)));
        Object actual = precision.operand(x);
        Object sums = precision.operand(x);
        Object expected = precision.operand(x);
        precision.kernels().addRowAndMap(op, row, actual, columns, 1, rows - 1);
        precision.kernels().addRow(row, sums, columns, 1, rows - 1);
        precision.kernels().map(op, sums, expected, columns, (rows - 1) * columns);
        for (int i = 0; i < x.length; i++) {
          double value = java.lang.reflect.Array.getDouble(actual, i);
          double separate = java.lang.reflect.Array.getDouble(expected, i);
          Precision.assertSame(value, separate, () -> op + " of sums");
        }
      }
    }
  }

  private static Object box(Precision precision, double value) {
    return precision == Precision.F32 ? (Object) (float) value : (Object) value;
  }

  @Test
  void accumulatingAnArrayOntoItselfDoublesIt() {
    double[] x = {1, 2, 3};
    Kernels<double[]> kernels = Backends.kernels(Precision.F64.dtype);
    kernels.accumulate(x, x, 0, 3);
    assertThat(x).containsExactly(2, 4, 6);
  }
}
