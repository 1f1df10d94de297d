package dev.autograd.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The lengths on which a function may be expected to change with one element. The element's own
 * magnitude is the first guess, for it leaves signs and most domains alone. For an element much
 * smaller than its neighbours, or than 1, differences over such a length may drown in rounding:
 * theirs come next.
 *
 * <p>All are powers of two, so that adding parts of them rounds nothing.
 */
final class Steps {

  /** Magnitudes nearer to each other than this factor are not worth another step. */
  private static final double NEAR = 0x1p8;

  /** Below this a magnitude says nothing: a step that fits it would not be a normal number. */
  private static final double NEGLIGIBLE = 1e-290;

  private Steps() {}

  /** Returns the first guess of the length on which a function changes with an element. */
  static double scale(Block block, int element) {
    double own = Math.abs(block.values()[element]);
    if (own > NEGLIGIBLE) {
      return power(own);
    }
    return block.largest() > NEGLIGIBLE ? power(block.largest()) : 1;
  }

  /** Returns the lengths to try if the first one is too short, rising. */
  static List<Double> longer(Block block, int element) {
    double longest = scale(block, element);
    List<Double> lengths = new ArrayList<>();
    double most = Math.max(block.largest(), NEGLIGIBLE);
    for (double next : new double[] {Math.min(most, 1), Math.max(most, 1)}) {
      if (next > NEAR * longest) {
        longest = power(next);
        lengths.add(longest);
      }
    }
    return lengths;
  }

  private static double power(double magnitude) {
    return Math.scalb(1.0, Math.getExponent(magnitude));
  }
}
