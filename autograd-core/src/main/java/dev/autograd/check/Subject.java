package dev.autograd.check;

import dev.autograd.Tape;
import java.util.Arrays;

/** A function under check, together with the way its inputs get other values. */
interface Subject {

  /** Returns what the function makes of these values; whoever calls opens the tape it runs in. */
  Run run(double[][] values);

  /**
   * Returns what the function makes of these values.
   *
   * @throws Undefined if it throws anywhere but at the given inputs, where what it throws is the
   *     user's own affair
   */
  default Run run(double[][] values, Place place) {
    try {
      return run(values);
    } catch (RuntimeException e) {
      if (place == Place.GIVEN) {
        throw e;
      }
      throw new Undefined("gradient check: the function threw " + e + " " + place, e);
    }
  }

  /**
   * Runs the function at other values while a recorded run waits for its sweep, if that is
   * possible: a pullback that reads what the latest run left behind is then found out.
   */
  void disturb(double[][] values);

  /** Returns values near the given ones, nearer to zero, which leaves few domains. */
  static double[][] elsewhere(double[][] values) {
    return Arrays.stream(values)
        .map(block -> Arrays.stream(block).map(x -> x * (1 - 0x1p-10)).toArray())
        .toArray(double[][]::new);
  }

  /**
   * Runs the function near, not at, the given values and forgets the result: whatever it stores on
   * its first call is then wrong for the calls that are checked. Values go towards zero, which
   * leaves few domains; a function that fails there has said nothing about the given values.
   */
  default void runElsewhere(double[][] values) {
    try {
      Tape.scope(
          () -> {
            run(elsewhere(values));
          });
    } catch (RuntimeException outsideTheDomain) {
      return;
    }
  }
}
