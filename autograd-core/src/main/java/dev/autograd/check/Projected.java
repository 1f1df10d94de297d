package dev.autograd.check;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One projection of a function, with the gradient that is claimed for it. */
final class Projected {

  /** How many sweeps at inputs that are off by rounding tell what rounding does to a claim. */
  private static final int NEIGHBOURS = 3;

  /** What rounding may do to a claim, as a multiple of what a change of inputs by rounding does. */
  private static final double CLAIM_SAFETY = 8;

  /** What is left in a claim of the rounding of large parts that cancel, in last places of them. */
  private static final double REST = 4;

  private final Derivative function;
  private final Around around;
  private final Tolerance tolerance;
  private final RandomRounding rounding;
  private final Claim claim;
  private final double[][] claimAccuracy;
  private final double size;
  private @Nullable Claim throughStops;
  private boolean stopsKnown;

  Projected(
      Derivative function,
      Around around,
      Tolerance tolerance,
      RandomRounding rounding,
      Random random) {
    this.function = function;
    this.around = around;
    this.tolerance = tolerance;
    this.rounding = rounding;
    double[][] given = Block.valuesOf(function.blocks());
    sweepElsewhere(given);
    this.claim = function.claim(given, around.weights());
    requireSame(claim, function.claim(given, around.weights()));
    this.claimAccuracy = claimAccuracy(given, random);
    this.size = sizeOf(claim);
  }

  /** Returns how much the most important element has to do with the projection. */
  double size() {
    return size;
  }

  boolean reached(int block) {
    return claim.reached(block);
  }

  /**
   * Sweeps at other inputs, so that what a pullback stores in its first call is wrong for the calls
   * that are checked. A function that fails there has said nothing about the given inputs.
   */
  private void sweepElsewhere(double[][] given) {
    try {
      function.claim(Subject.elsewhere(given), around.weights());
    } catch (RuntimeException outsideTheDomain) {
      return;
    }
  }

  /**
   * Returns how far rounding may have moved each claim: next to nothing in double precision; in
   * single, a multiple of what moving the inputs by their rounding does to it.
   */
  private double[][] claimAccuracy(double[][] given, Random random) {
    double[][] accuracy = new double[given.length][];
    for (int k = 0; k < given.length; k++) {
      accuracy[k] = new double[given[k].length];
    }
    if (function.claimPrecision() == Precision.SINGLE) {
      for (int n = 0; n < NEIGHBOURS; n++) {
        addNeighbour(accuracy, given, random);
      }
    }
    return accuracy;
  }

  private void addNeighbour(double[][] accuracy, double[][] given, Random random) {
    double epsilon = Precision.SINGLE.epsilon();
    double[][] near = given.clone();
    for (int k = 0; k < near.length; k++) {
      double[] moved = near[k].clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] = (float) (moved[i] * (1 + (random.nextBoolean() ? epsilon : -epsilon)));
      }
      near[k] = moved;
    }
    Claim other = function.claim(near, around.weights());
    for (int k = 0; k < near.length; k++) {
      for (int i = 0; i < near[k].length; i++) {
        double own = Math.abs(claim.part(k)[i]);
        double moved = Math.abs(other.part(k)[i] - claim.part(k)[i]);
        double bound = CLAIM_SAFETY * (moved + 2 * epsilon * own);
        accuracy[k][i] = Math.max(accuracy[k][i], bound);
      }
    }
  }

  /** Returns how much the most important element has to do with the function. */
  private double sizeOf(Claim claim) {
    double most = 0;
    for (int k = 0; k < function.blocks().size(); k++) {
      Block block = function.blocks().get(k);
      for (int i = 0; i < block.values().length; i++) {
        double part = Math.abs(claim.part(k)[i]) * Steps.scale(block, i);
        most = Double.isFinite(part) ? Math.max(most, part) : most;
      }
    }
    if (most <= Judge.ZERO * function.claimPrecision().epsilon() * around.magnitude()) {
      // All claims are zeros, but for what rounding left of them.
      most = around.magnitude();
    }
    // Of a function that is nothing but zeros, rounding is taken to be that of numbers around 1.
    return most > 0 ? most : 1;
  }

  /**
   * Returns what is found along a line.
   *
   * @param largest the size of the projection of the largest outputs
   */
  CheckedElement judged(Moves line, List<Moves.Move> moves, double largest) {
    CheckedElement element = judged(line, moves, largest, claim, around);
    if (element.verdict() == Verdict.WRONG) {
      CheckedElement noisier =
          judged(line, moves, largest, claim, around.noisier(rounding.noise()));
      if (noisier.verdict() == Verdict.CORRECT || noisier.verdict() == Verdict.TOO_NOISY) {
        return noisier;
      }
      Claim through = throughStops();
      // An input that no gradient reaches at all is more likely an oversight than a stop.
      boolean reached =
          function.order() > 1 || moves.stream().allMatch(move -> claim.reached(move.block()));
      if (through != null && reached) {
        Verdict without = judged(line, moves, largest, through, around).verdict();
        if (without == Verdict.CORRECT || without == Verdict.KINK) {
          return element.with(Verdict.STOPPED);
        }
      }
    }
    return element;
  }

  private @Nullable Claim throughStops() {
    if (!stopsKnown) {
      stopsKnown = true;
      throughStops = function.claimThroughStops(around.weights());
    }
    return throughStops;
  }

  private CheckedElement judged(
      Moves line, List<Moves.Move> moves, double largest, Claim claimed, Around noise) {
    Line projected = line.project(noise);
    Importance importance =
        new Importance(
            size / projected.scale(), size / longest(projected), largest / projected.scale());
    double analytic = 0;
    double accuracy = REST * function.claimPrecision().epsilon() * importance.least();
    for (Moves.Move move : moves) {
      analytic += move.direction().along(claimed.part(move.block()));
      accuracy += move.direction().accuracy(claimAccuracy[move.block()]);
    }
    CheckedElement element = judged(projected, analytic, accuracy, importance);
    if (Double.isNaN(analytic) && around.partial()) {
      // The upstream gradient of other outputs is 0 here, and 0 / 0 may be all that is wrong.
      CheckedElement without = judged(projected, 0, accuracy, importance);
      element = without.verdict() == Verdict.CORRECT ? without : element;
    }
    return element.dividedBy(function.unit(around.weights()));
  }

  private CheckedElement judged(
      Line projected, double analytic, double accuracy, Importance importance) {
    return new Judge(
            projected,
            function.valuePrecision(),
            function.claimPrecision(),
            tolerance,
            analytic,
            accuracy,
            importance)
        .verdict();
  }

  private static double longest(Line line) {
    List<Double> longer = line.longer();
    return longer.isEmpty() ? line.scale() : longer.get(longer.size() - 1);
  }

  private void requireSame(Claim first, Claim second) {
    for (int k = 0; k < function.blocks().size(); k++) {
      Block block = function.blocks().get(k);
      double[] one = first.part(k);
      double[] two = second.part(k);
      for (int i = 0; i < one.length; i++) {
        if (Double.compare(one[i], two[i]) != 0) {
          String what = "the gradient of " + block.label() + " at " + Block.index(block.shape(), i);
          throw DifferenceCheck.notRepeatable(what, "two sweeps", one[i], two[i]);
        }
      }
    }
  }
}
