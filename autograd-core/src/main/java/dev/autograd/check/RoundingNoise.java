package dev.autograd.check;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How much of each element of a function's value is rounding: what an honest tolerance for
 * differences must rest on, and what magnitudes alone do not tell, since a function may lose digits
 * inside.
 *
 * <p>The function is evaluated at points so close together that it is a parabola but for rounding.
 * Divided differences of fifth order wipe out everything smooth; what is left is noise, weighted by
 * known coefficients (after Moré and Wild 2011, "Estimating computational noise", section 3). Their
 * points are equally spaced; here they are not, for a spacing that is a multiple of the last place
 * of some intermediate result would hide its rounding. Both sides of the inputs are measured apart:
 * if one result is far above the other, there is a kink or a jump on that side, which is not noise.
 */
final class RoundingNoise {

  private static final int POINTS = 10;

  private static final int ORDER = 5;

  /** How far results of both sides may be apart, as a factor, if both are noise. */
  private static final double ALIKE = 100;

  /** Deviations above this many last places are looked at more closely. */
  private static final double SUSPICIOUS = 32;

  /** How much closer together the points are then; a cube root becomes 1/6 of what it was. */
  private static final double CLOSER = 0x1p-8;

  /** A deviation that becomes less by this factor is no noise. */
  private static final double SHRINKING = 4;

  /** Rates of shrinking that differ by less than this factor are one. */
  private static final double STEADY = 1.25;

  private final Derivative function;
  private final double[] value;
  private final double[][] directions;
  private final double[] points;
  private final boolean[] moved;

  private RoundingNoise(
      Derivative function, double[] value, double[] points, double[][] directions) {
    this.function = function;
    this.value = value;
    this.points = points;
    this.directions = directions;
    this.moved = new boolean[value.length];
  }

  /** Returns the same measurement at points closer together, by a power of two. */
  private RoundingNoise closer() {
    double[][] shorter = new double[directions.length][];
    for (int k = 0; k < shorter.length; k++) {
      shorter[k] = Arrays.stream(directions[k]).map(part -> part * CLOSER).toArray();
    }
    return new RoundingNoise(function, value, points, shorter);
  }

  /**
   * Returns the standard deviation of the rounding error per element of the value, at least half a
   * unit in its last place.
   *
   * @param value the elements of the value at the given inputs
   */
  static double[] around(Derivative function, double[] value, Random random) {
    double spacing = function.valuePrecision().spacing();
    double[][] directions = directions(function.blocks(), spacing, random);
    double[] points = new double[POINTS];
    Arrays.setAll(points, p -> p + 1 + 0.6 * (random.nextDouble() - 0.5));
    RoundingNoise first = new RoundingNoise(function, value, points, directions);
    double[] deviations = first.bothSides();
    if (any(first.suspicious(deviations))) {
      RoundingNoise second = first.closer();
      double[] close = second.bothSides();
      RoundingNoise third = second.closer();
      double[] closest = third.bothSides();
      boolean[] suspicious = first.suspicious(deviations);
      for (int j = 0; j < deviations.length; j++) {
        if (suspicious[j] && second.moved[j]) {
          deviations[j] =
              third.moved[j]
                  ? settled(deviations[j], close[j], closest[j])
                  : Math.min(deviations[j], close[j]);
        }
      }
    }
    return first.completed(deviations);
  }

  /**
   * Returns the noise, given readings at points closer and closer together. Noise stays what it is;
   * what is smooth, bent or singular becomes less. If it does so at a steady rate, there was no
   * noise to be seen.
   */
  private static double settled(double wide, double close, double closest) {
    if (close > wide / SHRINKING) {
      return Math.max(wide, close);
    }
    if (closest > close / SHRINKING) {
      return Math.max(close, closest);
    }
    double steady = (closest / close) / (close / wide);
    return steady > 1 / STEADY && steady < STEADY ? 0 : closest;
  }

  /** Returns which deviations are so far above the last place that they may be no noise at all. */
  private boolean[] suspicious(double[] deviations) {
    boolean[] suspicious = new boolean[deviations.length];
    for (int j = 0; j < deviations.length; j++) {
      suspicious[j] = deviations[j] > SUSPICIOUS * lastPlace(value[j]);
    }
    return suspicious;
  }

  private static boolean any(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  private static double side(double @Nullable [] noise, int element) {
    return noise == null ? Double.NaN : noise[element];
  }

  private double[] bothSides() {
    double @Nullable [] right = oneSide(1);
    double @Nullable [] left = oneSide(-1);
    double[] deviations = new double[value.length];
    for (int j = 0; j < deviations.length; j++) {
      deviations[j] = ofBoth(side(left, j), side(right, j), value[j]);
    }
    return deviations;
  }

  /**
   * Returns the noise of an element, given that of both sides; NaN stands for a side on which the
   * function is not defined. A side that is far above the other has a kink or a jump on it, also if
   * the function is constant on the other.
   */
  private double ofBoth(double left, double right, double value) {
    if (Double.isNaN(left) || Double.isNaN(right)) {
      double known = Double.isNaN(left) ? right : left;
      return Double.isNaN(known) ? 0 : known;
    }
    double less = Math.min(left, right);
    double more = Math.max(left, right);
    return more > ALIKE * Math.max(less, lastPlace(value)) ? less : more;
  }

  /**
   * Returns the deviations with what measuring cannot tell. An element that did not move may be
   * what is left of larger numbers: it is taken to be as noisy as the noisiest, or, if none has
   * moved, as a number around 1.
   */
  private double[] completed(double[] deviations) {
    double[] complete = deviations.clone();
    double most = 0;
    for (int j = 0; j < complete.length; j++) {
      if (moved[j]) {
        complete[j] = Math.max(complete[j], lastPlace(value[j]));
        most = Math.max(most, complete[j]);
      }
    }
    double assumed = most > 0 ? most : lastPlace(1);
    for (int j = 0; j < complete.length; j++) {
      if (!moved[j]) {
        complete[j] = Math.max(assumed, lastPlace(value[j]));
      }
    }
    return complete;
  }

  /** Returns half a unit in the last place, which for 0 is as small as a number can be. */
  private double lastPlace(double value) {
    return Math.max(function.valuePrecision().lastPlace(value) / 2, Double.MIN_NORMAL);
  }

  private static double[][] directions(List<Block> blocks, double spacing, Random random) {
    double[][] directions = new double[blocks.size()][];
    for (int k = 0; k < directions.length; k++) {
      Block block = blocks.get(k);
      directions[k] = new double[block.values().length];
      for (int i = 0; i < directions[k].length; i++) {
        double size = (1 + random.nextDouble()) * (random.nextBoolean() ? 0.5 : -0.5);
        directions[k][i] = size * spacing * Steps.scale(block, i);
      }
    }
    return directions;
  }

  /** Returns the noise on one side of the inputs; null if the function is not defined there. */
  private double @Nullable [] oneSide(int side) {
    double[][] table = new double[POINTS][];
    try {
      for (int p = 0; p < POINTS; p++) {
        table[p] = changeAt(side * points[p]);
      }
    } catch (RuntimeException outsideTheDomain) {
      return null;
    }
    double[] noise = new double[value.length];
    for (int first = 0; first + ORDER < POINTS; first++) {
      double[] coefficients = coefficients(first);
      for (int j = 0; j < noise.length; j++) {
        double difference = 0;
        for (int p = 0; p <= ORDER; p++) {
          difference += coefficients[p] * table[first + p][j];
        }
        noise[j] = Math.max(noise[j], Math.abs(difference));
      }
    }
    return noise;
  }

  private double[] changeAt(double point) {
    double[][] at = Block.valuesOf(function.blocks());
    for (int k = 0; k < at.length; k++) {
      at[k] = at[k].clone();
      for (int i = 0; i < at[k].length; i++) {
        at[k][i] += point * directions[k][i];
      }
    }
    double[] change = function.value(at, Place.GIVEN);
    for (int j = 0; j < change.length; j++) {
      change[j] -= value[j];
      moved[j] |= change[j] != 0;
    }
    return change;
  }

  /** Returns the coefficients of a divided difference, scaled to keep the deviation of noise. */
  private double[] coefficients(int first) {
    double[] coefficients = new double[ORDER + 1];
    double squares = 0;
    for (int p = 0; p <= ORDER; p++) {
      double product = 1;
      for (int q = 0; q <= ORDER; q++) {
        product *= q == p ? 1 : points[first + p] - points[first + q];
      }
      coefficients[p] = 1 / product;
      squares += coefficients[p] * coefficients[p];
    }
    double length = Math.sqrt(squares);
    Arrays.setAll(coefficients, p -> coefficients[p] / length);
    return coefficients;
  }
}
