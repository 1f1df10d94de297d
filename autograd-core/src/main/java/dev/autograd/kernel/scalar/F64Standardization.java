package dev.autograd.kernel.scalar;

import dev.autograd.kernel.Standardization;

/**
 * The loops of {@link Standardization}: one pass for the mean, one for the variance, one that
 * writes. Groups that are contiguous are finished one by one, so that the later passes find theirs
 * in the cache.
 *
 * <p>Deviations are taken from a first guess of the mean, and what their sum still lacks is taken
 * off afterwards (Chan, Golub and LeVeque 1983): nothing cancels where the mean is large against
 * the spread, and equal numbers have the variance 0 exactly.
 */
final class F64Standardization {

  private F64Standardization() {}

  /** Returns how many of so many groups are summed at a time. */
  private static int blockWidth(Standardization sizes, int groups) {
    return sizes.outer() == 1 ? 1 : groups;
  }

  static void standardize(
      Standardization sizes,
      double[] x,
      double[] out,
      double[] mean,
      double[] variance,
      double[] scale,
      int begin,
      int end) {
    int width = blockWidth(sizes, end - begin);
    int n = sizes.count();
    F64GroupSums sums = new F64GroupSums(sizes, width);
    /* wide */ double[] shift = new /* wide */ double[width];
    /* wide */ double[] rest = new /* wide */ double[width];
    /* wide */ double[] factor = new /* wide */ double[width];
    for (int from = begin; from < end; from += width) {
      if (sizes.centered() && n > 0) {
        guessMeans(sizes, x, from, sums, shift);
      }
      sums.ofDeviations(x, from, shift);
      for (int g = 0; g < width; g++) {
        rest[g] = sizes.centered() ? sums.plain[g] / n : 0;
        /* wide */ double v = Math.max(0, (sums.products[g] - rest[g] * sums.plain[g]) / n);
        /* wide */ double root = Math.sqrt(v + sizes.eps());
        factor[g] = root == 0 ? 0 : 1 / root;
        mean[from + g] = (double) (shift[g] + rest[g]);
        variance[from + g] = (double) v;
        scale[from + g] = (double) factor[g];
      }
      for (int o = 0; o < sizes.outer(); o++) {
        int at = F64GroupSums.start(sizes, o, from);
        for (int g = 0; g < width; g++) {
          int start = at + g * sizes.inner();
          write(x, out, start, sizes.inner(), shift[g], rest[g], factor[g]);
        }
      }
    }
  }

  /** The distance from one of the numbers is exact for equal ones, and small for most others. */
  private static void guessMeans(
      Standardization sizes, double[] x, int from, F64GroupSums sums, /* wide */ double[] shift) {
    for (int g = 0; g < shift.length; g++) {
      shift[g] = x[(from + g) * sizes.inner()];
    }
    sums.ofDeviations(x, from, shift);
    for (int g = 0; g < shift.length; g++) {
      shift[g] += sums.plain[g] / sizes.count();
    }
  }

  private static void write(
      double[] x,
      double[] out,
      int from,
      int n,
      /* wide */ double shift,
      /* wide */ double rest,
      /* wide */ double factor) {
    for (int i = from; i < from + n; i++) {
      out[i] = (double) ((x[i] - shift - rest) * factor);
    }
  }

  static void gradient(
      Standardization sizes,
      double[] g,
      double[] y,
      double[] scale,
      double[] out,
      int begin,
      int end) {
    int width = blockWidth(sizes, end - begin);
    int n = sizes.count();
    F64GroupSums sums = new F64GroupSums(sizes, width);
    for (int from = begin; from < end; from += width) {
      sums.ofGradients(g, y, from);
      for (int o = 0; o < sizes.outer(); o++) {
        int at = F64GroupSums.start(sizes, o, from);
        for (int group = 0; group < width; group++) {
          int start = at + group * sizes.inner();
          /* wide */ double meanOfG = sizes.centered() ? sums.plain[group] / n : 0;
          /* wide */ double meanOfGy = sums.products[group] / n;
          /* wide */ double factor = scale[from + group];
          if (meanOfG == 0 && meanOfGy == 0) {
            writeChained(g, out, start, sizes.inner(), factor);
          } else {
            writeGradient(g, y, out, start, sizes.inner(), meanOfG, meanOfGy, factor);
          }
        }
      }
    }
  }

  private static void writeGradient(
      double[] g,
      double[] y,
      double[] out,
      int from,
      int n,
      /* wide */ double meanOfG,
      /* wide */ double meanOfGy,
      /* wide */ double factor) {
    for (int i = from; i < from + n; i++) {
      out[i] = (double) ((g[i] - meanOfG - y[i] * meanOfGy) * factor);
    }
  }

  /** A gradient of 0 stays 0, as where a whole group is masked, whatever the group holds. */
  private static void writeChained(
      double[] g, double[] out, int from, int n, /* wide */ double factor) {
    for (int i = from; i < from + n; i++) {
      out[i] = g[i] == 0 ? 0 : (double) (g[i] * factor);
    }
  }
}
