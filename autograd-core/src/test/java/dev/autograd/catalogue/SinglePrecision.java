package dev.autograd.catalogue;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * How far a result in single precision may be from that in double precision of the same operands:
 * so many units in the last place of {@code |y| + Σ |∂y/∂x · x|}, which is the size of the result
 * times one plus its condition number. Half a unit is what rounding an exact result costs.
 */
public final class SinglePrecision {

  private static final double USUAL = 1;

  private static final Map<String, Double> OTHERS =
      Map.ofEntries(
          entry("bceWithLogits", 2.0),
          // A cosine is subtracted from 1, or a margin from it, which the condition does not see.
          entry("cosineEmbedding", 8.0));

  private SinglePrecision() {}

  /** Returns the bound of an operation, in units in the last place. */
  public static double bound(String op) {
    return Optional.ofNullable(OTHERS.get(op)).orElse(USUAL);
  }
}
