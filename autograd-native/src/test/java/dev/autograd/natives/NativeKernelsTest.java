package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which products go to a library and in which blocks, with one that only takes notes. */
class NativeKernelsTest {

  private static final Sizes SIZES = new Sizes(100, 1000);

  private final List<Gemm> calls = new ArrayList<>();
  private int status;

  private final Product product =
      (transposeA, transposeB, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc) -> {
        Gemm sizes = new Gemm(m, n, k, transposeA, transposeB, lda, ldb, ldc);
        calls.add(sizes);
        if ((long) m * n * k < 1 << 20) {
          multiply(sizes, (double[]) a, ao, (double[]) b, bo, (double[]) c, co);
        }
        return status;
      };

  private final Kernels<double[]> kernels =
      new NativeKernels<>(Backends.kernels(DType.F64), product, SIZES, "notes");

  private static void multiply(
      Gemm sizes, double[] a, int ao, double[] b, int bo, double[] c, int co) {
    for (int i = 0; i < sizes.m(); i++) {
      for (int j = 0; j < sizes.n(); j++) {
        double sum = 0;
        for (int p = 0; p < sizes.k(); p++) {
          sum += Reference.left(sizes, a, ao, i, p) * Reference.right(sizes, b, bo, p, j);
        }
        c[co + sizes.offsetOut(i, j)] = sum;
      }
    }
  }

  private void run(Gemm sizes) {
    Random random = new Random(1);
    int m = sizes.m();
    int n = sizes.n();
    double[] a = (double[]) Reference.operand(DType.F64, 2, m * sizes.k(), random);
    double[] b = (double[]) Reference.operand(DType.F64, 3, sizes.k() * n, random);
    double[] c = (double[]) Reference.result(DType.F64, m * n + 4);
    kernels.gemm(sizes, a, 2, b, 3, c, 4);
    Reference.check(sizes, a, 2, b, 3, c, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "5,5,4,false,true",
    "5,5,3,false,false",
    "10,10,9,true,false",
    "10,10,10,true,true",
    "1,500,500,false,false",
    "500,1,500,false,false"
  })
  void sizesDecide(int m, int n, int k, boolean transposeB, boolean taken) {
    run(new Gemm(m, n, k, false, transposeB));
    assertThat(calls).hasSize(taken ? 1 : 0);
  }

  @Test
  void nothingToSumIsLeftToTheKernelsBelow() {
    run(new Gemm(20, 20, 0, false, false));
    run(new Gemm(0, 20, 20, false, false));
    assertThat(calls).isEmpty();
  }

  @Test
  void longProductsAreCutIntoBlocksThatCoverThem() {
    Gemm sizes = new Gemm(3000, 1000, 512, false, true);
    double[] nothing = {};
    kernels.gemm(sizes, nothing, 0, nothing, 0, nothing, 0);
    long covered = 0;
    for (Gemm call : calls) {
      assertThat((long) call.m() * call.n() * call.k()).isLessThanOrEqualTo(NativeKernels.LONGEST);
      assertThat(call.k()).isEqualTo(512);
      assertThat(call.ldb()).isEqualTo(512);
      assertThat(call.ldc()).isEqualTo(1000);
      covered += (long) call.m() * call.n();
    }
    assertThat(covered).isEqualTo(3000L * 1000);
    assertThat(calls).hasSizeGreaterThan(1);
  }

  @Test
  void blocksOfAProductMayHaveOtherBits() {
    assertThat(kernels.blocksKeepBits()).isFalse();
  }

  @Test
  void anErrorOfTheLibraryIsSaid() {
    status = 7;
    assertThatThrownBy(() -> run(new Gemm(10, 10, 10, false, false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("notes could not compute")
        .hasMessageContaining("returned 7");
  }
}
