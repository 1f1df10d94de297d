package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lu}, {@code cholesky} and {@code solveTriangular} against products of what they make. */
class FactorsTest {

  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 8, 13, 33, 70};

  @ParameterizedTest
  @EnumSource
  void theProductOfTheFactorsIsTheMatrixWithRowsExchanged(Precision precision) {
    for (int n : SIZES) {
      double[] a = precision.round(Samples.random(n * n, n, false));
      int[] order = new int[n + 5];
      Arrays.fill(order, -7);
      double[] factors = lu(precision, a, n, 3, order, 2);

      assertThat(Arrays.copyOfRange(order, 2, 2 + n))
          .containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
      assertThat(order).startsWith(-7, -7).endsWith(-7, -7, -7);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          double magnitude = 0;
          for (int k = 0; k <= Math.min(i, j); k++) {
            double l = k == i ? 1 : factors[i * n + k];
            assertThat(Math.abs(l)).isLessThanOrEqualTo(1);
            sum += l * factors[k * n + j];
            magnitude += Math.abs(l * factors[k * n + j]);
          }
          assertThat(sum)
              .isCloseTo(a[order[2 + i] * n + j], within((n + 1) * precision.ulp(magnitude)));
        }
      }
    }
  }

  private static double[] lu(
      Precision precision, double[] a, int n, int offset, int[] order, int orderOffset) {
    Object out = precision.result(offset + n * n);
    Object x = precision.operandAt(offset, a);
    precision.kernels().lu(x, offset, out, offset, order, orderOffset, n);
    return precision.readAt(offset, out, n * n);
  }

  @ParameterizedTest
  @EnumSource
  void aColumnOfZerosLeavesAPivotOfZero(Precision precision) {
    int[] order = new int[3];

    double[] factors = lu(precision, new double[] {0, 1, 2, 0, 3, 4, 0, 5, 7}, 3, 0, order, 0);

    assertThat(factors[0]).isZero();
    assertThat(factors[4]).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void aNaNIsChosenAsPivotWhereverItStands(Precision precision) {
    for (int at = 0; at < 3; at++) {
      double[] a = {0, 1, 2, 0, 3, 5, 0, 8, 13};
      a[3 * at] = Double.NaN;

      double[] factors = lu(precision, a, 3, 0, new int[3], 0);

      for (int k = 0; k < 3; k++) {
        assertThat(factors[4 * k]).as("pivot %d, NaN in row %d", k, at).isNaN();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCholeskyFactorTimesItsTransposeIsTheSymmetricPart(Precision precision) {
    for (int n : SIZES) {
      double[] a = precision.round(dominant(n));
      Object out = precision.result(2 + n * n);
      Object x = precision.operandAt(2, a);

      assertThat(precision.kernels().cholesky(x, 2, out, 2, n)).isEqualTo(-1);

      double[] l = precision.readAt(2, out, n * n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int k = 0; k < n; k++) {
            sum += l[i * n + k] * l[j * n + k];
          }
          double symmetric = (a[i * n + j] + a[j * n + i]) / 2;
          assertThat(sum).isCloseTo(symmetric, within(2 * n * precision.ulp(2 * n)));
          assertThat(j > i ? l[i * n + j] : 0).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstRowThatIsNotPositiveDefiniteIsReported(Precision precision) {
    assertThat(choleskyOf(precision, 1, 2, 2, 4)).isEqualTo(1);
    assertThat(choleskyOf(precision, 0, 1, 1, 4)).isZero();
    assertThat(choleskyOf(precision, -0.0, 1, 1, 4)).isZero();
    assertThat(choleskyOf(precision, 1, 0, 0, Double.NaN)).isEqualTo(-1);
  }

  private static int choleskyOf(Precision precision, double... matrix) {
    return precision.kernels().cholesky(precision.operand(matrix), 0, precision.result(4), 0, 2);
  }

  @ParameterizedTest
  @EnumSource
  void theTriangleTimesTheSolutionIsTheRightSide(Precision precision) {
    for (int n : SIZES) {
      for (int m : new int[] {0, 1, 3, 17}) {
        for (int flags = 0; flags < 8; flags++) {
          Triangle sizes = new Triangle(n, m, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
          assertSolves(precision, sizes);
        }
      }
    }
  }

  private static void assertSolves(Precision precision, Triangle sizes) {
    int n = sizes.n();
    int m = sizes.m();
    double[] t = precision.round(withOthersUnreadable(dominant(n), sizes));
    double[] b = precision.round(Samples.random(n * m, m, false));
    Object out = precision.result(4 + n * m);
    precision
        .kernels()
        .solveTriangular(sizes, precision.operandAt(1, t), 1, precision.operandAt(3, b), 3, out, 4);
    double[] x = precision.readAt(4, out, n * m);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < m; c++) {
        double sum = 0;
        double magnitude = 0;
        for (int j = 0; j < n; j++) {
          double element = element(t, sizes, i, j);
          sum += element * x[j * m + c];
          magnitude += Math.abs(element * x[j * m + c]);
        }
        assertThat(sum)
            .as("%s %s at (%d, %d)", precision, sizes, i, c)
            .isCloseTo(b[i * m + c], within((n + 2) * precision.ulp(magnitude)));
      }
    }
    Object same = precision.operandAt(3, b);
    precision.kernels().solveTriangular(sizes, precision.operandAt(1, t), 1, same, 3, same, 3);
    for (int i = 0; i < n * m; i++) {
      assertThat(Array.getDouble(same, 3 + i)).isEqualTo(x[i]);
    }
  }

  private static double element(double[] t, Triangle sizes, int i, int j) {
    int row = sizes.transpose() ? j : i;
    int column = sizes.transpose() ? i : j;
    if (row == column && sizes.unit()) {
      return 1;
    }
    return (sizes.upper() ? row <= column : row >= column) ? t[row * sizes.n() + column] : 0;
  }

  /** Puts NaN where a triangular system must not read. */
  private static double[] withOthersUnreadable(double[] t, Triangle sizes) {
    int n = sizes.n();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean counts = sizes.upper() ? i <= j : i >= j;
        if (!counts || (i == j && sizes.unit())) {
          t[i * n + j] = Double.NaN;
        }
      }
    }
    return t;
  }

  /** A matrix with a large diagonal, so that no solution grows. */
  private static double[] dominant(int n) {
    Random random = new Random(n);
    double[] a = new double[n * n];
    Arrays.setAll(a, i -> (random.nextDouble() - 0.5) / 4 + (i % (n + 1) == 0 ? 1 + n / 8.0 : 0));
    return a;
  }
}
