package dev.autograd.nn.metrics;

import dev.autograd.Tensor;

/**
 * Two hundred scores with many ties, on borders of bins too, and their classes, from the generator
 * of the C standard: so that another program can make the same.
 */
final class Sample {

  private static final int ROWS = 200;
  private static final long MASK = (1L << 31) - 1;

  /** {@code (x >> 8) % 50 / 50} of the first 200 numbers. */
  static final Tensor SCORES;

  /** 1 where {@code (x >> 10) % 3 == 0} of the next 200, else 0. */
  static final Tensor LABELS;

  static {
    double[] scores = new double[ROWS];
    double[] labels = new double[ROWS];
    long x = 7;
    for (int i = 0; i < 2 * ROWS; i++) {
      x = x * 1103515245 + 12345 & MASK;
      if (i < ROWS) {
        scores[i] = (x >> 8) % 50 / 50.0;
      } else {
        labels[i - ROWS] = (x >> 10) % 3 == 0 ? 1 : 0;
      }
    }
    SCORES = Tensor.of(scores);
    LABELS = Tensor.of(labels);
  }

  private Sample() {}
}
