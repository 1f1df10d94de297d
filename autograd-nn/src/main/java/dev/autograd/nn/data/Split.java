package dev.autograd.nn.data;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A division of rows into two parts, one to learn from and one to judge by. The same seed gives the
 * same parts, on every machine.
 *
 * <pre>{@code
 * Split split = Split.stratified(classes, 0.2, 42);
 * Tensor learnt = Rows.of(x, split.train());
 * int[] judged = Rows.of(classes, split.test());
 * }</pre>
 */
public final class Split {

  private final int[] train;
  private final int[] test;

  private Split(int[] train, int[] test) {
    this.train = train;
    this.test = test;
  }

  /**
   * Returns a random division.
   *
   * @param rows the number of rows, at least 2
   * @param testFraction the share of the test part, between 0 and 1; rounded to the nearest number
   *     of rows that leaves both parts at least one
   * @param seed what the order is made from
   * @throws IllegalArgumentException if there are fewer than 2 rows, or the share is not between 0
   *     and 1
   */
  public static Split random(int rows, double testFraction, long seed) {
    int wanted = testRows(rows, testFraction);
    int[] order = Shuffle.order(rows, seed, 0);
    return new Split(Arrays.copyOfRange(order, wanted, rows), Arrays.copyOfRange(order, 0, wanted));
  }

  /**
   * Returns a random division in which each class has about the same share of both parts: the whole
   * part of its exact share, and one row more for the largest fractions. Each class keeps at least
   * one row to learn from.
   *
   * @param classes the class of each row
   * @param testFraction the share of the test part, between 0 and 1
   * @param seed what the order is made from
   * @throws IllegalArgumentException if there are fewer than 2 rows, no class has 2, or the share
   *     is not between 0 and 1
   */
  public static Split stratified(int[] classes, double testFraction, long seed) {
    int wanted = testRows(classes.length, testFraction);
    Map<Integer, Integer> quota = new TreeMap<>(Strata.quotas(classes, testFraction, wanted));
    int[] order = Shuffle.order(classes.length, seed, 0);
    int[] train = new int[order.length];
    int[] test = new int[order.length];
    int trainSize = 0;
    int testSize = 0;
    for (int row : order) {
      int open = quota.getOrDefault(classes[row], 0);
      if (open > 0) {
        quota.put(classes[row], open - 1);
        test[testSize++] = row;
      } else {
        train[trainSize++] = row;
      }
    }
    if (testSize == 0) {
      throw new IllegalArgumentException(
          "split: each of the " + trainSize + " rows has a class of its own; use random(…)");
    }
    return new Split(Arrays.copyOf(train, trainSize), Arrays.copyOf(test, testSize));
  }

  private static int testRows(int rows, double testFraction) {
    if (rows < 2) {
      throw new IllegalArgumentException(
          "split: there are " + rows + " rows; two parts need at least 2");
    }
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "split: the test fraction is " + testFraction + "; it must be between 0 and 1, as 0.2");
    }
    return (int) Math.min(rows - 1, Math.max(1, Math.round(rows * testFraction)));
  }

  /** Returns the rows to learn from, in random order, as a copy. */
  public int[] train() {
    return train.clone();
  }

  /** Returns the rows to judge by, in random order, as a copy. */
  public int[] test() {
    return test.clone();
  }

  /** Returns the sizes, as in {@code Split(455 train, 114 test)}. */
  @Override
  public String toString() {
    return "Split(" + train.length + " train, " + test.length + " test)";
  }
}
