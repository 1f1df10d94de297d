package dev.autograd.nn.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many of some numbers lie where, in TensorBoard's buckets: their limits grow by a tenth from
 * 1e-12 to 1e20 on both sides of 0. A bucket holds the numbers from the limit before it to below
 * its own; empty neighbours are one bucket.
 */
final class Histogram {

  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;

  private static final double[] LIMITS = limits();

  private final double[] values;

  private Histogram(double... values) {
    this.values = values;
  }

  /**
   * Returns the histogram of numbers.
   *
   * @throws IllegalArgumentException if there are none, or one is NaN or infinite
   */
  static Histogram of(String tag, double... values) {
    String name = "histogram " + FormatException.quote(tag);
    if (values.length == 0) {
      throw new IllegalArgumentException(name + ": there are no elements; give at least one");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + ": element " + i + " is " + values[i] + ", for which there is no bucket");
      }
    }
    return new Histogram(values);
  }

  private static double[] limits() {
    List<Double> positive = new ArrayList<>();
    for (double limit = SMALLEST; limit < LARGEST; limit *= GROWTH) {
      positive.add(limit);
    }
    positive.add(Double.MAX_VALUE);
    int n = positive.size();
    double[] limits = new double[2 * n + 1];
    for (int i = 0; i < n; i++) {
      limits[n + 1 + i] = positive.get(i);
      limits[n - 1 - i] = -positive.get(i);
    }
    return limits;
  }

  /** Returns the message {@code HistogramProto}. */
  ProtobufMessage toMessage() {
    int[] counts = new int[LIMITS.length];
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      counts[bucket(value)]++;
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      squares += value * value;
    }
    ProtobufMessage message =
        new ProtobufMessage()
            .number(1, min)
            .number(2, max)
            .number(3, (double) values.length)
            .number(4, sum)
            .number(5, squares);
    return buckets(message, counts);
  }

  /** Returns the first bucket whose limit is above a number. */
  private static int bucket(double value) {
    int found = Arrays.binarySearch(LIMITS, value);
    return Math.min(found >= 0 ? found + 1 : -found - 1, LIMITS.length - 1);
  }

  private static ProtobufMessage buckets(ProtobufMessage message, int... counts) {
    double[] limits = new double[counts.length];
    double[] filled = new double[counts.length];
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      boolean goesOn = n > 0 && counts[i] == 0 && filled[n - 1] == 0;
      n += goesOn ? 0 : 1;
      limits[n - 1] = LIMITS[i];
      filled[n - 1] = counts[i];
    }
    return message.numbers(6, Arrays.copyOf(limits, n)).numbers(7, Arrays.copyOf(filled, n));
  }
}
