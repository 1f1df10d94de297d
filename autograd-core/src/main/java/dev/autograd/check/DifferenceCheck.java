package dev.autograd.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The check of one derivative: every input against differences, by elements or directions. */
final class DifferenceCheck {

  private static final int SHOWN = 3;

  private static final int SAMPLE = 64;

  private final Derivative function;
  private final int order;
  private final Settings settings;
  private final Random random;
  private final double[][] given;
  private final double[] value;
  private final List<Projected> projections;
  private final double size;

  DifferenceCheck(Derivative function, int order, Settings settings) {
    this.function = function;
    this.order = order;
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.given = Block.valuesOf(function.blocks());
    this.value = function.value(given, Place.GIVEN);
    requireSame(value, function.value(given, Place.GIVEN), "two runs");
    double[] noise = RoundingNoise.around(function, value, random);
    RandomRounding rounding = new RandomRounding(function, value, settings.seed());
    this.projections =
        Around.groups(
                value,
                noise,
                function.naturalValues(value.length),
                function.valuePrecision(),
                random)
            .stream()
            .map(around -> new Projected(function, around, settings.tolerance(), rounding, random))
            .toList();
    this.size = projections.stream().mapToDouble(Projected::size).max().orElse(0);
  }

  /** Returns what is found per input. */
  List<CheckedInput> run() {
    List<CheckedInput> checked = inputs();
    requireSame(value, function.value(given, Place.GIVEN), "the first and the last run");
    return checked;
  }

  /** Returns the magnitudes that the derivatives naturally have, those of all inputs in a row. */
  double[] natural() {
    return function.blocks().stream()
        .flatMapToDouble(
            block ->
                IntStream.range(0, block.values().length)
                    .mapToDouble(i -> size / Steps.scale(block, i)))
        .toArray();
  }

  private List<CheckedInput> inputs() {
    List<List<CheckedElement>> elements = new ArrayList<>();
    List<Moves.Move> kinks = new ArrayList<>();
    for (int k = 0; k < function.blocks().size(); k++) {
      Block block = function.blocks().get(k);
      List<Direction> directions = new ArrayList<>(directions(block));
      List<CheckedElement> own = new ArrayList<>();
      for (int n = 0; n < directions.size(); n++) {
        Moves.Move move = new Moves.Move(k, directions.get(n));
        CheckedElement element = judged(List.of(move));
        own.add(element);
        boolean kink = element.verdict() == Verdict.KINK;
        if (kink && element.direction() < 0) {
          kinks.add(move);
        } else if (kink && directions.size() == settings.directionsFor(block)) {
          directions.addAll(someElements(block));
        }
      }
      elements.add(own);
    }
    List<CheckedInput> inputs = new ArrayList<>();
    for (int k = 0; k < elements.size(); k++) {
      inputs.add(input(k, elements.get(k)));
    }
    inputs.addAll(new Ties(kinks, this::judged).wrong(order, function.blocks()));
    return inputs;
  }

  /** Returns elements to look at one by one, where directions meet kinks and tell little. */
  private List<Direction> someElements(Block block) {
    return random
        .ints(SAMPLE, 0, block.values().length)
        .distinct()
        .mapToObj(i -> Direction.ofElement(block, i))
        .toList();
  }

  /**
   * Returns what is found along a line. A sum of kinks along a random direction may have any slopes
   * on both sides, between which a right derivative need not lie.
   */
  private CheckedElement judged(List<Moves.Move> moves) {
    CheckedElement element = gravest(moves);
    boolean kinks = element.direction() >= 0 && !element.smooth();
    return kinks && element.verdict() == Verdict.WRONG ? element.with(Verdict.KINK) : element;
  }

  private CheckedElement gravest(List<Moves.Move> moves) {
    Moves line = new Moves(function, given, moves);
    return projections.stream()
        .map(projection -> projection.judged(line, moves, size))
        .max(
            Comparator.comparing(CheckedElement::verdict, Verdict.GRAVITY)
                .thenComparing(element -> !element.smooth())
                .thenComparingDouble(CheckedElement::severity))
        .orElseThrow();
  }

  private CheckedInput input(int k, List<CheckedElement> elements) {
    Block block = function.blocks().get(k);
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
        projections.stream().anyMatch(projection -> projection.reached(k)),
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

  private void requireSame(double[] first, double[] second, String runs) {
    for (int j = 0; j < first.length; j++) {
      if (Double.compare(first[j], second[j]) != 0) {
        throw notRepeatable(function.valueLabel(j), runs, first[j], second[j]);
      }
    }
  }

  static IllegalArgumentException notRepeatable(
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
