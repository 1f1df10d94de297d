package dev.autograd.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where an operation is smooth in one operand: between two ends, which may be infinite, without
 * some points. Samples are drawn inside, at a distance from all of them.
 */
record Interval(double from, double to, List<Double> except) {

  static final Interval DEFAULT = new Interval(-2, 2, List.of());

  /** How far an infinite domain is sampled around 0, or beyond its one end. */
  private static final double REACH = 2;

  /** The part of the sampled domain that is kept free around ends and excepted points. */
  private static final double MARGIN = 1.0 / 32;

  Interval except(double... points) {
    return new Interval(from, to, Arrays.stream(points).boxed().toList());
  }

  private double low() {
    double open = to - 2 * REACH;
    return Double.isInfinite(from) ? Math.min(-REACH, open) : from;
  }

  private double high() {
    double open = from + 2 * REACH;
    return Double.isInfinite(to) ? Math.max(REACH, open) : to;
  }

  /**
   * Returns numbers that keep a distance from each other, rising, and are exact in single
   * precision.
   *
   * @param offsets one per number, from 0 to 1: where it stands in its equal share of the domain
   */
  double[] spread(double... offsets) {
    double margin = MARGIN * (high() - low());
    List<Double> starts = new ArrayList<>(List.of(low() + margin));
    List<Double> ends = new ArrayList<>();
    inside()
        .forEach(
            point -> {
              ends.add(point - margin);
              starts.add(point + margin);
            });
    ends.add(high() - margin);
    double total = 0;
    for (int piece = 0; piece < starts.size(); piece++) {
      total += Math.max(0, ends.get(piece) - starts.get(piece));
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException(
          "domain: between "
              + from
              + " and "
              + to
              + " without "
              + except
              + " there is no room for"
              + " samples; widen it, or give your own with sample(...)");
    }
    double[] numbers = new double[offsets.length];
    for (int i = 0; i < numbers.length; i++) {
      double rest = total * (i + 0.25 + offsets[i] / 2) / numbers.length;
      int piece = 0;
      while (rest > Math.max(0, ends.get(piece) - starts.get(piece))) {
        rest -= Math.max(0, ends.get(piece) - starts.get(piece));
        piece++;
      }
      numbers[i] = (float) (starts.get(piece) + rest);
    }
    return numbers;
  }

  private DoubleStream inside() {
    return except.stream()
        .mapToDouble(Double::doubleValue)
        .filter(point -> point > low() && point < high())
        .sorted();
  }

  /** Returns the ends, the excepted points, and 0 if it lies inside. */
  double[] edges() {
    DoubleStream zero = from < 0 && to > 0 ? DoubleStream.of(0) : DoubleStream.empty();
    DoubleStream points = except.stream().mapToDouble(Double::doubleValue);
    return DoubleStream.concat(DoubleStream.of(from, to), DoubleStream.concat(points, zero))
        .distinct()
        .toArray();
  }
}
