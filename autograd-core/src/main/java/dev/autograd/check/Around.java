package dev.autograd.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A function around the given inputs: its value there, and a projection in which changes of some of
 * its outputs are looked at, those that are about equally noisy.
 */
final class Around {

  /** How far noise may be apart in one group, as a factor. */
  private static final double ALIKE = 0x1p20;

  private final double[] value;
  private final double[] noise;
  private final double[] natural;
  private final Precision precision;
  private final int[] group;
  private final double[] weights;

  private Around(
      double[] value,
      double[] noise,
      double[] natural,
      Precision precision,
      int[] group,
      double[] weights) {
    this.value = value;
    this.noise = noise;
    this.natural = natural;
    this.precision = precision;
    this.group = group;
    this.weights = weights;
  }

  /**
   * Returns one projection per group of outputs, so that large ones do not drown the small; at
   * least one.
   *
   * @param noise the standard deviation of the rounding error of each element of the value
   * @param natural the magnitude that each would naturally have
   */
  static List<Around> groups(
      double[] value, double[] noise, double[] natural, Precision precision, Random random) {
    double[] weights = weights(noise.length, random);
    List<Integer> noisyFirst =
        IntStream.range(0, noise.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> noise[j]).reversed())
            .toList();
    List<Around> groups = new ArrayList<>();
    int first = 0;
    do {
      int end = first;
      while (end < noise.length
          && noise[noisyFirst.get(end)] * ALIKE >= noise[noisyFirst.get(first)]) {
        end++;
      }
      int[] group = noisyFirst.subList(first, end).stream().mapToInt(j -> j).sorted().toArray();
      groups.add(
          new Around(value, noise, natural, precision, group, balanced(group, weights, noise)));
      first = end;
    } while (first < noise.length);
    return groups;
  }

  /** Returns the same projection of elements that are at least so noisy. */
  Around noisier(double[] least) {
    double[] more = new double[noise.length];
    Arrays.setAll(more, j -> Math.max(noise[j], least[j]));
    return new Around(value, more, natural, precision, group, weights);
  }

  /** Returns random signs and sizes: no error cancels, or hides behind a gradient of ones. */
  private static double[] weights(int count, Random random) {
    double[] weights = new double[count];
    Arrays.setAll(weights, j -> (0.5 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
    return weights;
  }

  /**
   * Returns the weights of a group, larger where rounding is smaller, and 0 outside. They are exact
   * in single precision.
   */
  private static double[] balanced(int[] group, double[] weights, double[] noise) {
    double most = Arrays.stream(group).mapToDouble(j -> noise[j]).max().orElse(1);
    double[] balanced = new double[weights.length];
    for (int j : group) {
      balanced[j] = (float) (weights[j] * (most / noise[j]));
    }
    return balanced;
  }

  /** Returns whether there are outputs outside of the group. */
  boolean partial() {
    return group.length < value.length;
  }

  /** Returns the weights of all outputs, which only the caller reads. */
  double[] weights() {
    return weights;
  }

  /**
   * Returns the magnitude of what the projection is computed from, no part cancelling another: that
   * of the value, or where it is but a rest of larger numbers, of those, which its noise tells.
   */
  double magnitude() {
    double sum = 0;
    for (int j : group) {
      double inside = noise[j] / precision.epsilon();
      double magnitude = Math.max(Math.max(Math.abs(value[j]), natural[j]), inside);
      sum += Math.abs(weights[j]) * magnitude;
    }
    return sum;
  }

  /** Returns the change of the projection from the given inputs to another value. */
  double change(double[] to) {
    double sum = 0;
    for (int j : group) {
      sum += weights[j] * (to[j] - value[j]);
    }
    return sum;
  }

  /**
   * Returns the standard deviation of the rounding error of the projection. Elements that did not
   * move count too: they may have moved by less than their last place.
   */
  double deviation(double[] to) {
    double deviation = 0;
    for (int j : group) {
      double lastPlace = precision.lastPlace(Math.max(Math.abs(to[j]), Math.abs(value[j]))) / 2;
      // Squares of tiny deviations would vanish.
      deviation = Math.hypot(deviation, weights[j] * Math.max(noise[j], lastPlace));
    }
    return deviation;
  }
}
