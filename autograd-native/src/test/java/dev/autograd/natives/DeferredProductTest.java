package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A library that is opened for the first product that needs it, or cannot be. */
class DeferredProductTest {

  private static final Gemm SMALL = new Gemm(2, 2, 2, false, false);
  private static final Gemm LARGE = new Gemm(16, 16, 16, false, false);
  private static final double MARK = -7;

  private int openings;

  private DeferredProduct marking() {
    Product product =
        (ta, tb, m, n, k, a, ao, lda, b, bo, ldb, out, oo, ldc) -> {
          ((double[]) out)[oo] = MARK;
          return 0;
        };
    return new DeferredProduct(
        "notes",
        () -> {
          openings++;
          return product;
        });
  }

  private DeferredProduct broken() {
    return new DeferredProduct(
        "notes",
        () -> {
          openings++;
          throw new IOException("no room");
        });
  }

  /** Returns the first element of a product of ones. */
  private static double first(Product product, Gemm gemm) {
    Kernels<double[]> below = Backends.kernels(DType.F64);
    double[] ones = new double[gemm.m() * gemm.m()];
    Arrays.fill(ones, 1);
    double[] out = new double[ones.length];
    new NativeKernels<>(below, product, new Sizes(512, 512), "notes")
        .gemm(gemm, ones, 0, ones, 0, out, 0);
    return out[0];
  }

  @Test
  void isOpenedOnceAndNotForSmallProducts() {
    DeferredProduct product = marking();
    assertThat(first(product, SMALL)).isEqualTo(2);
    assertThat(openings).isZero();
    assertThat(first(product, LARGE)).isEqualTo(MARK);
    assertThat(first(product, LARGE)).isEqualTo(MARK);
    assertThat(openings).isOne();
  }

  @Test
  void leavesProductsToTheKernelsBelowIfItCannotBeOpened() {
    DeferredProduct product = broken();
    assertThat(first(product, LARGE)).isEqualTo(16);
    assertThat(first(product, LARGE)).isEqualTo(16);
    assertThat(openings).isOne();
  }

  @Test
  void multipliesWithoutBeingAskedFirst() {
    double[] out = {0};
    double[] one = {1};
    marking().multiply(false, false, 1, 1, 1, one, 0, 1, one, 0, 1, out, 0, 1);
    assertThat(out[0]).isEqualTo(MARK);
    assertThatThrownBy(
            () -> broken().multiply(false, false, 1, 1, 1, one, 0, 1, one, 0, 1, out, 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("notes cannot be used");
  }
}
