package dev.autograd.check;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The check of one derivative: every input against differences, by elements or directions. */
final class DifferenceCheck {

  private static final int SHOWN = 3;

  /** How many sweeps at inputs that are off by rounding tell what rounding does to a claim. */
  private static final int NEIGHBOURS = 3;

  /** What rounding may do to a claim, as a multiple of what a change of inputs by rounding does. */
  private static final double CLAIM_SAFETY = 8;

  /** What is left in a claim of the rounding of large parts that cancel, in last places of them. */
  private static final double REST = 4;

  private final Derivative function;
  private final int order;
  private final Settings settings;
  private final Random random;
  private final Around around;
  private final Claim claim;
  private final double[][] claimAccuracy;
  private final double size;
  private @Nullable Claim throughStops;
  private boolean stopsKnown;

  private DifferenceCheck(Derivative function, int order, Settings settings) {
    this.function = function;
    this.order = order;
    this.settings = settings;
    this.random = new Random(settings.seed());
    double[][] given = Block.valuesOf(function.blocks());
    double[] value = function.value(given, Place.GIVEN);
    requireSame(value, function.value(given, Place.GIVEN), "two runs");
    double[] noise = RoundingNoise.around(function, value, random);
    this.around = new Around(given, value, noise, function.valuePrecision(), random);
    this.claim = function.claim(given, around.weights());
    requireSameGradient(claim, function.claim(given, around.weights()));
    this.claimAccuracy = claimAccuracy();
    this.size = size();
  }

  /** Returns what was found per input. */
  static List<CheckedInput> run(Derivative function, int order, Settings settings) {
    DifferenceCheck check = new DifferenceCheck(function, order, settings);
    List<CheckedInput> checked =
        IntStream.range(0, function.blocks().size()).mapToObj(check::input).toList();
    double[] last = function.value(check.around.given(), Place.GIVEN);
    check.requireSame(check.around.value(), last, "the first and the last run");
    return checked;
  }

  /**
   * Returns how far rounding may have moved each claim: next to nothing in double precision; in
   * single, a multiple of what moving the inputs by their rounding does to it.
   */
  private double[][] claimAccuracy() {
    double[][] given = around.given();
    double[][] accuracy = new double[given.length][];
    for (int k = 0; k < given.length; k++) {
      accuracy[k] = new double[given[k].length];
    }
    double epsilon = Precision.SINGLE.epsilon();
    for (int n = 0; n < NEIGHBOURS && function.claimPrecision() == Precision.SINGLE; n++) {
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
    return accuracy;
  }

  /** Returns how much the most important element has to do with the function. */
  private double size() {
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

  private CheckedInput input(int k) {
    Block block = function.blocks().get(k);
    List<CheckedElement> elements =
        directions(block).stream().map(direction -> element(k, direction)).toList();
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    elements.forEach(element -> verdicts.merge(element.verdict(), 1, Integer::sum));
    Comparator<CheckedElement> worstFirst =
        Comparator.comparing((CheckedElement element) -> !failing(element))
            .thenComparing(element -> element.verdict() == Verdict.CORRECT)
            .thenComparing(Comparator.comparingDouble(CheckedElement::severity).reversed());
    return new CheckedInput(
        order,
        block.label(),
        block.shape(),
        claim.reached(k),
        settings.directionsFor(block),
        elements.size(),
        (int) elements.stream().filter(this::failing).count(),
        verdicts,
        elements.stream().sorted(worstFirst).limit(SHOWN).toList());
  }

  private boolean failing(CheckedElement element) {
    return settings.failing().contains(element.verdict());
  }

  private List<Direction> directions(Block block) {
    int count = settings.directionsFor(block);
    int size = block.values().length;
    if (count > 0 && size > 0) {
      return IntStream.range(0, count)
          .mapToObj(number -> Direction.random(block, number, random))
          .toList();
    }
    return IntStream.range(0, size).mapToObj(i -> Direction.ofElement(block, i)).toList();
  }

  private CheckedElement element(int k, Direction direction) {
    CheckedElement element = judged(k, direction, claim);
    if (element.verdict() == Verdict.WRONG) {
      Claim through = throughStops();
      // An input that no gradient reaches at all is more likely an oversight than a stop.
      if (through != null && claim.reached(k)) {
        Verdict without = judged(k, direction, through).verdict();
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

  private CheckedElement judged(int k, Direction direction, Claim claimed) {
    double unit = function.unit(around.weights());
    double natural = size / direction.scale();
    return new Judge(
            new InputLine(function, around, k, direction),
            function.valuePrecision(),
            function.claimPrecision(),
            settings.tolerance(),
            direction.along(claimed.part(k)),
            direction.accuracy(claimAccuracy[k])
                + REST * function.claimPrecision().epsilon() * natural,
            natural)
        .verdict()
        .dividedBy(unit);
  }

  private void requireSame(double[] first, double[] second, String runs) {
    for (int j = 0; j < first.length; j++) {
      if (Double.compare(first[j], second[j]) != 0) {
        throw notRepeatable(function.valueLabel(j), runs, first[j], second[j]);
      }
    }
  }

  private void requireSameGradient(Claim first, Claim second) {
    for (int k = 0; k < function.blocks().size(); k++) {
      Block block = function.blocks().get(k);
      double[] one = first.part(k);
      double[] two = second.part(k);
      for (int i = 0; i < one.length; i++) {
        if (Double.compare(one[i], two[i]) != 0) {
          String what = "the gradient of " + block.label() + " at " + Block.index(block.shape(), i);
          throw notRepeatable(what, "two sweeps", one[i], two[i]);
        }
      }
    }
  }

  private static IllegalArgumentException notRepeatable(
      String what, String runs, double first, double second) {
    return new IllegalArgumentException(
        "gradient check: the function is not repeatable: "
            + what
            + " was "
            + first
            + " and "
            + second
            + " in "
            + runs
            + " at the same inputs; it must use no random numbers, or start their generator anew"
            + " each time, or draw their seed through Replay.draw, and must not change what it"
            + " reads");
  }
}
