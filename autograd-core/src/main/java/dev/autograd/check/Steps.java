package dev.autograd.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The step sizes for the differences of one element.
 *
 * <p>A central difference with step h errs by about h² f''' / 6 + noise / h, least near the cube
 * root of the machine epsilon times the length on which the function changes. That length is not
 * known; the element's own magnitude is the first guess, for it leaves signs and most domains
 * alone. For an element much smaller than its neighbours, or than 1, such a step may drown in
 * rounding: theirs come next.
 */
final class Steps {

  /** The cube root of the machine epsilon, {@code 2^(-52/3)}. */
  private static final double RELATIVE = Math.cbrt(0x1p-52);

  /** Magnitudes nearer to each other than this factor are not worth another step. */
  private static final double NEAR = 1e3;

  /** Below this a magnitude says nothing: a step that fits it would not be a normal number. */
  private static final double NEGLIGIBLE = 1e-290;

  /** How much a step shrinks where the function bends too much for it. */
  static final double SHRINK = 0x1p-7;

  private Steps() {}

  /** Returns the first guess of the length on which a function changes with an element. */
  static double scale(Block block, int element) {
    double own = Math.abs(block.values()[element]);
    if (own > NEGLIGIBLE) {
      return own;
    }
    return block.largest() > NEGLIGIBLE ? block.largest() : 1;
  }

  /** Returns the steps to try, in rising order; the first is the preferred one. */
  static List<Double> rising(Block block, int element) {
    double scale = scale(block, element);
    List<Double> steps = new ArrayList<>();
    steps.add(RELATIVE * scale);
    double[] larger = {Math.min(block.largest(), 1), Math.max(block.largest(), 1)};
    for (double next : larger) {
      if (next > NEAR * scale) {
        steps.add(RELATIVE * next);
        scale = next;
      }
    }
    return steps;
  }
}
