package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.kernel.scalar.PlainBackend;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums with vectors against those of plain Java: the same bits, also where the array ends. */
@Tag("vector")
class VectorSumTest {

  @SuppressWarnings("unchecked")
  private static Kernels<Object> plain(Precision precision) {
    return (Kernels<Object>) new PlainBackend().kernels(precision.dtype, null);
  }

  private static double[] sample(Precision precision, int n, boolean specials) {
    double[] x = precision.round(Samples.random(n, n, specials));
    if (!specials) {
      Arrays.setAll(x, i -> i % 9 == 0 ? -0.0 : i % 7 == 0 ? precision.round(x[i] * 1e30) : x[i]);
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {255, 256, 257, 264, 265, 271, 500, 511, 512, 513, 514, 1000, 1025, 2049, 4095, 4097})
  void sumsOfRangesAreTheSameBits(int n) {
    for (Precision precision : Precision.values()) {
      for (boolean specials : new boolean[] {false, true}) {
        Object x = precision.operand(sample(precision, n, specials));
        for (int from : new int[] {0, 3, n / 3}) {
          assertThat(precision.kernels().sum(x, from, n))
              .as("%d to %d in %s", from, n, precision)
              .isEqualTo(Double.valueOf(plain(precision).sum(x, from, n)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,300,1", "7,256,1", "40,257,1", "3,513,1", "17,1000,1", "2,9001,1", "3,64,8", "1,64,16",
    "2,65,10", "1,256,40", "3,257,33", "1,600,17", "2,1030,9", "1,64,1030", "4,70,1", "5,70,7"
  })
  void sumsAlongAnAxisAreTheSameBits(int outer, int length, int inner) {
    int lines = outer * inner;
    for (Precision precision : Precision.values()) {
      for (boolean specials : new boolean[] {false, true}) {
        Object x = precision.operand(sample(precision, lines * length, specials));
        for (int cut : new int[] {0, lines / 3, Math.max(0, lines - 3)}) {
          Object actual = precision.result(lines);
          Object expected = precision.result(lines);
          precision.kernels().reduce(Reduction.SUM, x, actual, length, inner, 0, cut);
          precision.kernels().reduce(Reduction.SUM, x, actual, length, inner, cut, lines);
          plain(precision).reduce(Reduction.SUM, x, expected, length, inner, 0, lines);
          assertThat(precision.read(actual, lines))
              .as("[%d, %d, %d] in %s", outer, length, inner, precision)
              .containsExactly(precision.read(expected, lines));
        }
      }
    }
  }

  @Test
  void theSumOfNegativeZerosIsZero() {
    double[] zeros = new double[600];
    Arrays.fill(zeros, -0.0);
    for (Precision precision : Precision.values()) {
      assertThat(precision.kernels().sum(precision.operand(zeros), 0, 600)).isEqualTo(0.0);
    }
  }
}
