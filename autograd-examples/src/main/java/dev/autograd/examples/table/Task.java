package dev.autograd.examples.table;

import java.util.Set;

/**
 * What shall be learned from a table.
 *
 * @param target the column to learn
 * @param ignored columns not to learn from
 * @param regression whether the target is a number even if it could be classes
 * @param testFraction the share of rows to hold out
 */
public record Task(String target, Set<String> ignored, boolean regression, double testFraction) {

  private static final double FIFTH = 0.2;

  /** Returns the task to learn a column from all others, with a fifth of the rows held out. */
  public static Task of(String target) {
    return new Task(target, Set.of(), false, FIFTH);
  }
}
