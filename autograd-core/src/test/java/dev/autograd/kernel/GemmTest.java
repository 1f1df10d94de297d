package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gemm} against three nested loops. */
class GemmTest {

  /** One per path and border: registers, rows, blocks of depth and width, either orientation. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "2,2,2",
    "3,5,7",
    "8,8,8",
    "32,16,2",
    "32,1,16",
    "1,32,16",
    "7,33,5",
    "9,31,6",
    "8,64,64",
    "4,64,65",
    "3,100,20",
    "1,300,70",
    "2,513,9",
    "200,10,66",
    "130,3,40",
    "5,600,130",
    "20,1030,67",
    "33,47,129",
    "64,256,30"
  })
  void everyPathAgreesWithTheDefinition(int m, int n, int k) {
    for (Precision precision : Precision.values()) {
      for (int transposes = 0; transposes < 4; transposes++) {
        assertProduct(precision, m, n, k, transposes, 0);
        assertProduct(precision, m, n, k, transposes, 3);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,3,2", "3,0,2", "3,2,0", "0,0,0", "0,40,5", "40,0,5", "40,40,0"})
  void emptySizes(int m, int n, int k) {
    for (Precision precision : Precision.values()) {
      for (int transposes = 0; transposes < 4; transposes++) {
        assertProduct(precision, m, n, k, transposes, 2);
      }
    }
  }

  @Property(tries = 300)
  void randomSizesAgreeWithTheDefinition(
      @ForAll("sizes") int m,
      @ForAll("sizes") int n,
      @ForAll("sizes") int k,
      @ForAll @IntRange(max = 3) int transposes,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll Precision precision) {
    assertProduct(precision, m, n, k, transposes, offset);
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.integers().between(0, 140);
  }

  private static void assertProduct(
      Precision precision, int m, int n, int k, int transposes, int offset) {
    Gemm sizes = new Gemm(m, n, k, transposes % 2 == 1, transposes > 1);
    double[] a = precision.round(Samples.random(m * k, m, false));
    double[] b = precision.round(Samples.random(k * n, n, false));
    double[] actual = multiply(precision, sizes, a, b, offset);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += left(sizes, a, i, p) * right(sizes, b, p, j);
        }
        assertThat(actual[i * n + j])
            .as("%s %s at (%d, %d)", precision, sizes, i, j)
            .isCloseTo(precision.round(sum), within(bound(precision, sizes, a, b, i, j)));
      }
    }
  }

  /** Returns one unit of the sum of magnitudes for each rounding. */
  private static double bound(
      Precision precision, Gemm sizes, double[] a, double[] b, int i, int j) {
    double magnitude = 0;
    for (int p = 0; p < sizes.k(); p++) {
      magnitude += Math.abs(left(sizes, a, i, p) * right(sizes, b, p, j));
    }
    return (sizes.k() + 1) * precision.ulp(magnitude);
  }

  private static double left(Gemm sizes, double[] a, int i, int p) {
    return sizes.transposeA() ? a[p * sizes.m() + i] : a[i * sizes.k() + p];
  }

  private static double right(Gemm sizes, double[] b, int p, int j) {
    return sizes.transposeB() ? b[j * sizes.k() + p] : b[p * sizes.n() + j];
  }

  private static double[] multiply(
      Precision precision, Gemm sizes, double[] a, double[] b, int offset) {
    int n = sizes.m() * sizes.n();
    Object out = precision.result(offset + n);
    Object left = precision.operandAt(offset, a);
    Object right = precision.operandAt(offset, b);
    precision.kernels().gemm(sizes, left, offset, right, offset, out, offset);
    return precision.readAt(offset, out, n);
  }

  @Test
  void theSameOperandsGiveTheSameBits() {
    Random random = new Random(1);
    for (Precision precision : Precision.values()) {
      for (int round = 0; round < 5; round++) {
        Gemm sizes = new Gemm(1 + random.nextInt(70), 1 + random.nextInt(70), 70, false, true);
        double[] a = Samples.random(sizes.m() * 70, 1, false);
        double[] b = Samples.random(sizes.n() * 70, 2, false);
        assertThat(multiply(precision, sizes, a, b, 0))
            .containsExactly(multiply(precision, sizes, a, b, round));
      }
    }
  }

  @Property(tries = 200)
  void aBlockOfAProductIsAProduct(
      @ForAll @IntRange(min = 1, max = 60) int m,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll("sizes") int k,
      @ForAll @IntRange(max = 3) int transposes,
      @ForAll Precision precision,
      @ForAll Random random) {
    Gemm whole = new Gemm(m, n, k, transposes % 2 == 1, transposes > 1);
    double[] a = precision.round(Samples.random(m * k, 3, false));
    double[] b = precision.round(Samples.random(k * n, 4, false));
    double[] product = multiply(precision, whole, a, b, 0);
    int row = random.nextInt(m);
    int column = random.nextInt(n);
    Gemm block = whole.block(1 + random.nextInt(m - row), 1 + random.nextInt(n - column));
    Object out = precision.result(m * n);
    precision
        .kernels()
        .gemm(
            block,
            precision.operand(a),
            whole.offsetA(row),
            precision.operand(b),
            whole.offsetB(column),
            out,
            whole.offsetOut(row, column));
    for (int i = 0; i < block.m(); i++) {
      for (int j = 0; j < block.n(); j++) {
        int at = whole.offsetOut(row + i, column + j);
        // A library sums in another order for another block, and says so.
        double bound =
            precision.kernels().blocksKeepBits()
                ? 0
                : bound(precision, whole, a, b, row + i, column + j);
        assertThat(Array.getDouble(out, at)).isCloseTo(product[at], within(bound));
        precision.clear(out, at);
      }
    }
    // Nothing was written around the block.
    precision.readAt(0, out, 0);
  }

  @Test
  void infinitiesAndNaNsReachTheirRowsAndColumnsOnly() {
    for (Precision precision : Precision.values()) {
      for (int size : new int[] {3, 40}) {
        double[] a = new double[size * size];
        double[] b = new double[size * size];
        Arrays.fill(a, 1);
        Arrays.fill(b, 1);
        a[1] = Double.NaN;
        b[2] = Double.POSITIVE_INFINITY;
        double[] out = multiply(precision, new Gemm(size, size, size, false, false), a, b, 0);
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            double expected = i == 0 ? Double.NaN : j == 2 ? Double.POSITIVE_INFINITY : size;
            Precision.assertSame(out[i * size + j], expected, () -> "gemm");
          }
        }
      }
    }
  }
}
