package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.kernel.scalar.PlainBackend;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of few rows or one column with vectors against plain Java: the same bits. */
@Tag("vector")
class VectorRowProductTest {

  @ParameterizedTest
  @CsvSource({
    "1,16,256", "1,17,300", "1,64,64", "1,65,70", "1,79,90", "1,700,9", "2,33,80", "3,64,64",
    "3,15,300", "16,1,300", "64,1,64", "65,1,70", "700,1,9", "7,1,700", "1,1,5000", "2,40,0"
  })
  void productsOfFewRowsAreTheSameBits(int m, int n, int k) {
    for (Precision precision : Precision.values()) {
      for (int transposes = 0; transposes < 4; transposes++) {
        boolean transposeA = transposes % 2 == 1;
        boolean transposeB = transposes > 1;
        int lda = (transposeA ? m : k) + 2;
        int ldb = (transposeB ? k : n) + 3;
        for (int gap : new int[] {0, 1}) {
          Gemm sizes = new Gemm(m, n, k, transposeA, transposeB, lda, ldb, n + gap);
          Object a = operand(precision, lda * Math.max(transposeA ? k : m, 1), m);
          Object b = operand(precision, ldb * Math.max(transposeB ? n : k, 1), n);
          Object actual = precision.result(m * (n + gap) + 2);
          Object expected = precision.result(m * (n + gap) + 2);
          precision.kernels().gemm(sizes, a, 5, b, 5, actual, 2);
          plain(precision).gemm(sizes, a, 5, b, 5, expected, 2);
          assertThat(actual).as("%s in %s", sizes, precision).isEqualTo(expected);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Kernels<Object> plain(Precision precision) {
    return (Kernels<Object>) new PlainBackend().kernels(precision.dtype, null);
  }

  private static Object operand(Precision precision, int n, long seed) {
    double[] x = precision.round(Samples.random(n, seed, false));
    Arrays.setAll(x, i -> i % 5 == 0 ? -0.0 : i % 7 == 0 ? Float.MIN_VALUE : x[i]);
    x[n / 2] = Double.NaN;
    x[n / 3] = Double.POSITIVE_INFINITY;
    return precision.operandAt(5, x);
  }
}
