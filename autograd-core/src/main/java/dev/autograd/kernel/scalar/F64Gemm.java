package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Gemm;
import java.util.Arrays;

/**
 * The matrix product in the one form that the JIT compiler vectorises: rows of b, eight at a time,
 * times numbers of a, added to a row of the result with a single store per element.
 */
final class F64Gemm {

  private static final int BLOCK_K = 64;
  private static final int BLOCK_N = 1024;

  private F64Gemm() {}

  static void multiply(Gemm sizes, double[] a, int ao, double[] b, int bo, double[] out, int oo) {
    int m = sizes.m();
    int n = sizes.n();
    int k = sizes.k();
    if (k == 0) {
      Arrays.fill(out, oo, oo + m * n, 0);
      return;
    }
    int rowStep = sizes.transposeA() ? 1 : k;
    int step = sizes.transposeA() ? m : 1;
    double[] packed = sizes.transposeB() ? new double[Math.min(k, BLOCK_K) * Math.min(n, BLOCK_N)] : b;
    for (int kFrom = 0; kFrom < k; kFrom += BLOCK_K) {
      int depth = Math.min(BLOCK_K, k - kFrom);
      for (int nFrom = 0; nFrom < n; nFrom += BLOCK_N) {
        int width = Math.min(BLOCK_N, n - nFrom);
        int blockStart = bo + kFrom * n + nFrom;
        int blockStep = n;
        if (sizes.transposeB()) {
          pack(b, bo + nFrom * k + kFrom, k, packed, depth, width);
          blockStart = 0;
          blockStep = width;
        }
        for (int i = 0; i < m; i++) {
          int from = ao + i * rowStep + kFrom * step;
          addRows(a, from, step, packed, blockStart, blockStep, depth, out, oo + i * n + nFrom, width, kFrom == 0);
        }
      }
    }
  }

  private static void pack(double[] b, int from, int k, double[] packed, int depth, int width) {
    for (int p = 0; p < depth; p++) {
      for (int j = 0; j < width; j++) {
        packed[p * width + j] = b[from + j * k + p];
      }
    }
  }

  private static void addRows(double[] a, int from, int step, double[] b, int bo, int bStep, int depth, double[] c, int co, int n, boolean first) {
    if (first) {
      Arrays.fill(c, co, co + n, 0);
    }
    int p = 0;
    for (; p + 8 <= depth; p += 8) {
      int q = from + p * step;
      add8(a[q], a[q + step], a[q + 2 * step], a[q + 3 * step], a[q + 4 * step], a[q + 5 * step], a[q + 6 * step], a[q + 7 * step],
          b, bo + p * bStep, bStep, c, co, n);
    }
    for (; p < depth; p++) {
      add1(a[from + p * step], b, bo + p * bStep, c, co, n);
    }
  }

  private static void add1(double a, double[] b, int bo, double[] c, int co, int n) {
    for (int j = 0; j < n; j++) {
      c[co + j] = Math.fma(a, b[bo + j], c[co + j]);
    }
  }

  private static void add8(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7,
      double[] b, int b0, int step, double[] c, int co, int n) {
    int b1 = b0 + step;
    int b2 = b1 + step;
    int b3 = b2 + step;
    int b4 = b3 + step;
    int b5 = b4 + step;
    int b6 = b5 + step;
    int b7 = b6 + step;
    for (int j = 0; j < n; j++) {
      c[co + j] =
          Math.fma(a0, b[b0 + j], Math.fma(a1, b[b1 + j], Math.fma(a2, b[b2 + j], Math.fma(a3, b[b3 + j],
          Math.fma(a4, b[b4 + j], Math.fma(a5, b[b5 + j], Math.fma(a6, b[b6 + j], Math.fma(a7, b[b7 + j], c[co + j]))))))));
    }
  }
}
