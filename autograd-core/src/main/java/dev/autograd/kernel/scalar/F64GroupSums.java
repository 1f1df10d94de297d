package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Standardization;
import java.util.Arrays;

/**
 * Two sums per group of {@link Standardization}, for a block of neighbouring groups at a time, in
 * double precision. Long sums are joined from shorter ones, which keeps the rounding errors small.
 */
final class F64GroupSums {

  /** So short that the error of a plain sum does not matter. */
  private static final int RUN = 1024;

  /** Per group, the sum of the numbers. */
  final /* wide */ double[] plain;

  /** Per group, the sum of their squares, or of their products with others. */
  final /* wide */ double[] products;

  private final Standardization sizes;
  private final int width;
  private final /* wide */ double[] runPlain;
  private final /* wide */ double[] runProducts;

  /** Makes the sums of {@code width} groups. */
  F64GroupSums(Standardization sizes, int width) {
    this.sizes = sizes;
    this.width = width;
    this.plain = new /* wide */ double[width];
    this.products = new /* wide */ double[width];
    this.runPlain = new /* wide */ double[width];
    this.runProducts = new /* wide */ double[width];
  }

  /** Returns the index of the first number of a block of groups. */
  static int start(Standardization sizes, int outer, int group) {
    return (outer * sizes.groups() + group) * sizes.inner();
  }

  /** Sums {@code x - shift} and its square, over the groups from {@code from} on. */
  void ofDeviations(double[] x, int from, /* wide */ double[] shift) {
    clear();
    for (int o = 0; o < sizes.outer(); o++) {
      int at = start(sizes, o, from);
      if (sizes.inner() == 1) {
        addDeviationsOfRow(x, at, shift);
      } else {
        for (int g = 0; g < width; g++) {
          addDeviations(x, at + g * sizes.inner(), shift[g], g);
        }
      }
      join(o);
    }
  }

  /** Sums g and {@code g y}, where a g of 0 wins, over the groups from {@code from} on. */
  void ofGradients(double[] g, double[] y, int from) {
    clear();
    for (int o = 0; o < sizes.outer(); o++) {
      int at = start(sizes, o, from);
      if (sizes.inner() == 1) {
        addGradientsOfRow(g, y, at);
      } else {
        for (int group = 0; group < width; group++) {
          addGradients(g, y, at + group * sizes.inner(), group);
        }
      }
      join(o);
    }
    for (int group = 0; group < width; group++) {
      boolean valid = Math.abs(products[group]) >= 0;
      if (!valid) {
        products[group] = productsWithoutZeros(g, y, from + group);
      }
    }
  }

  private void clear() {
    Arrays.fill(plain, 0);
    Arrays.fill(products, 0);
  }

  private void join(int o) {
    if ((o + 1) % RUN == 0 || o == sizes.outer() - 1) {
      for (int g = 0; g < width; g++) {
        plain[g] += runPlain[g];
        products[g] += runProducts[g];
        runPlain[g] = 0;
        runProducts[g] = 0;
      }
    }
  }

  private void addDeviationsOfRow(double[] x, int at, /* wide */ double[] shift) {
    for (int g = 0; g < width; g++) {
      /* wide */ double d = x[at + g] - shift[g];
      runPlain[g] += d;
      runProducts[g] += d * d;
    }
  }

  private void addGradientsOfRow(double[] g, double[] y, int at) {
    for (int group = 0; group < width; group++) {
      /* wide */ double u = g[at + group];
      runPlain[group] += u;
      runProducts[group] += u * y[at + group];
    }
  }

  private void addDeviations(double[] x, int from, /* wide */ double shift, int group) {
    int end = from + sizes.inner();
    for (int run = from; run < end; run += RUN) {
      addDeviations(x, run, Math.min(run + RUN, end), shift, group);
    }
  }

  /** Independent lanes: one running sum would wait for the latency of each addition. */
  private void addDeviations(double[] x, int from, int end, /* wide */ double shift, int group) {
    /* wide */ double s0 = 0;
    /* wide */ double s1 = 0;
    /* wide */ double s2 = 0;
    /* wide */ double s3 = 0;
    /* wide */ double p0 = 0;
    /* wide */ double p1 = 0;
    /* wide */ double p2 = 0;
    /* wide */ double p3 = 0;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      /* wide */ double d0 = x[i] - shift;
      /* wide */ double d1 = x[i + 1] - shift;
      /* wide */ double d2 = x[i + 2] - shift;
      /* wide */ double d3 = x[i + 3] - shift;
      s0 += d0;
      s1 += d1;
      s2 += d2;
      s3 += d3;
      p0 += d0 * d0;
      p1 += d1 * d1;
      p2 += d2 * d2;
      p3 += d3 * d3;
    }
    for (; i < end; i++) {
      /* wide */ double d = x[i] - shift;
      s0 += d;
      p0 += d * d;
    }
    runPlain[group] += (s0 + s1) + (s2 + s3);
    runProducts[group] += (p0 + p1) + (p2 + p3);
  }

  private void addGradients(double[] g, double[] y, int from, int group) {
    int end = from + sizes.inner();
    for (int run = from; run < end; run += RUN) {
      addGradients(g, y, run, Math.min(run + RUN, end), group);
    }
  }

  private void addGradients(double[] g, double[] y, int from, int end, int group) {
    /* wide */ double s0 = 0;
    /* wide */ double s1 = 0;
    /* wide */ double s2 = 0;
    /* wide */ double s3 = 0;
    /* wide */ double p0 = 0;
    /* wide */ double p1 = 0;
    /* wide */ double p2 = 0;
    /* wide */ double p3 = 0;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      /* wide */ double g0 = g[i];
      /* wide */ double g1 = g[i + 1];
      /* wide */ double g2 = g[i + 2];
      /* wide */ double g3 = g[i + 3];
      s0 += g0;
      s1 += g1;
      s2 += g2;
      s3 += g3;
      p0 += g0 * y[i];
      p1 += g1 * y[i + 1];
      p2 += g2 * y[i + 2];
      p3 += g3 * y[i + 3];
    }
    for (; i < end; i++) {
      /* wide */ double u = g[i];
      s0 += u;
      p0 += u * y[i];
    }
    runPlain[group] += (s0 + s1) + (s2 + s3);
    runProducts[group] += (p0 + p1) + (p2 + p3);
  }

  /** The NaN that made this necessary may stand where no gradient asks for it. */
  private /* wide */ double productsWithoutZeros(double[] g, double[] y, int group) {
    /* wide */ double sum = 0;
    for (int o = 0; o < sizes.outer(); o++) {
      int at = start(sizes, o, group);
      for (int i = at; i < at + sizes.inner(); i++) {
        /* wide */ double u = g[i];
        sum += u == 0 ? 0 : u * y[i];
      }
    }
    return sum;
  }
}
