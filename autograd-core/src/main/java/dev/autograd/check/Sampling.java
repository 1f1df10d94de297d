package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the samples of a contract come from; immutable. */
final class Sampling {

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(5),
          Shape.of(2, 3),
          Shape.of(2, 3, 2),
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(1, 4, 1),
          Shape.of(0),
          Shape.of(2, 0, 3));

  private static final List<List<Shape>> PAIRS =
      List.of(
          List.of(Shape.of(5), Shape.of(1)),
          List.of(Shape.of(1), Shape.of(5)),
          List.of(Shape.of(3, 1), Shape.of(3)),
          List.of(Shape.of(4, 3), Shape.of(3)),
          List.of(Shape.of(3), Shape.of(4, 3)),
          List.of(Shape.of(2, 3, 2), Shape.of(3, 1)),
          List.of(Shape.of(2, 1, 3), Shape.of(1, 2, 3)),
          List.of(Shape.of(5), Shape.SCALAR),
          List.of(Shape.SCALAR, Shape.of(2, 3)),
          List.of(Shape.of(4, 0), Shape.of(4, 1)),
          List.of(Shape.of(0, 1, 3), Shape.of(0, 2, 3)));

  private final Interval domain;
  private final Map<Integer, Interval> domains;
  private final List<Function<Random, Sample>> chosen;

  private Sampling(
      Interval domain, Map<Integer, Interval> domains, List<Function<Random, Sample>> chosen) {
    this.domain = domain;
    this.domains = domains;
    this.chosen = chosen;
  }

  static Sampling byDefault() {
    return new Sampling(Interval.DEFAULT, Map.of(), List.of());
  }

  /** Returns this over another domain, that of operands without one of their own. */
  Sampling over(Interval interval) {
    return new Sampling(interval, domains, chosen);
  }

  /** Returns this with excepted points in every domain. */
  Sampling except(double... points) {
    Map<Integer, Interval> changed = new TreeMap<>(domains);
    changed.replaceAll((operand, interval) -> interval.except(points));
    return new Sampling(domain.except(points), Map.copyOf(changed), chosen);
  }

  /** Returns this with a domain of its own for an operand. */
  Sampling over(int operand, Interval interval) {
    Map<Integer, Interval> changed = new TreeMap<>(domains);
    changed.put(operand, interval);
    return new Sampling(domain, Map.copyOf(changed), chosen);
  }

  Interval domain(int operand) {
    return domains.getOrDefault(operand, domain);
  }

  /** Returns this with one more sample of chosen shapes, drawn from the domains. */
  Sampling with(List<Shape> shapes) {
    return and(Stream.of(shapesDrawn(shapes)));
  }

  /** Returns this with one more sample, whose numbers are taken as they are now. */
  Sampling with(Sample sample) {
    return and(Stream.of(random -> sample));
  }

  /** Returns this with more samples, made by the user. */
  Sampling with(int count, Function<RandomGenerator, List<Tensor>> generator) {
    return and(
        IntStream.range(0, count).mapToObj(i -> random -> new Sample(generator.apply(random))));
  }

  private Sampling and(Stream<Function<Random, Sample>> more) {
    List<Function<Random, Sample>> all =
        Stream.concat(chosen.stream(), more).collect(Collectors.toUnmodifiableList());
    return new Sampling(domain, domains, all);
  }

  private Function<Random, Sample> shapesDrawn(List<Shape> shapes) {
    return random -> draw(random, shapes);
  }

  /**
   * Returns the samples of a seed: those that were chosen, or those of the usual shapes.
   *
   * @param operands how many operands the usual shapes are for
   * @param broadcasts whether there are samples whose operands differ in shape among them
   */
  List<Sample> samples(long seed, int operands, boolean broadcasts) {
    List<Function<Random, Sample>> sources =
        chosen.isEmpty() ? usual(operands, broadcasts) : chosen;
    Random seeds = new Random(seed);
    return sources.stream().map(source -> source.apply(new Random(seeds.nextLong()))).toList();
  }

  private List<Function<Random, Sample>> usual(int operands, boolean broadcasts) {
    if (operands == 0) {
      throw new IllegalArgumentException(
          "contract: of how many operands, and of which shapes, is not known for ofList; say so with"
              + " shapes(...), sample(...) or samples(...)");
    }
    Stream<List<Shape>> equal = SHAPES.stream().map(shape -> Collections.nCopies(operands, shape));
    Stream<List<Shape>> mixed = broadcasts ? PAIRS.stream() : Stream.empty();
    return Stream.concat(equal, mixed).map(this::shapesDrawn).toList();
  }

  /** Returns operands that are inside their domains and all different. */
  private Sample draw(Random random, List<Shape> shapes) {
    Map<Interval, Deque<Double>> pools = new HashMap<>();
    for (Interval interval : IntStream.range(0, shapes.size()).mapToObj(this::domain).toList()) {
      int demand =
          IntStream.range(0, shapes.size())
              .filter(k -> domain(k).equals(interval))
              .map(k -> shapes.get(k).size())
              .sum();
      pools.computeIfAbsent(interval, key -> pool(random, key, demand));
    }
    List<Tensor> operands = new ArrayList<>();
    for (int k = 0; k < shapes.size(); k++) {
      Deque<Double> pool = pools.getOrDefault(domain(k), new ArrayDeque<>());
      double[] numbers = new double[shapes.get(k).size()];
      Arrays.setAll(numbers, i -> pool.remove());
      operands.add(Tensor.wrap(shapes.get(k), numbers));
    }
    return new Sample(operands);
  }

  private static Deque<Double> pool(Random random, Interval interval, int count) {
    double[] numbers = interval.spread(random.doubles(count).toArray());
    List<Double> pool = new ArrayList<>(Arrays.stream(numbers).boxed().toList());
    Collections.shuffle(pool, random);
    return new ArrayDeque<>(pool);
  }

  /**
   * Returns a sample of the places where slopes may be infinite: for two operands, each with each.
   */
  Sample edges(int operands) {
    double[] first = domain(0).edges();
    double[] last = operands == 1 ? new double[] {0} : domain(1).edges();
    double[] slow = new double[first.length * last.length];
    double[] fast = new double[slow.length];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = first[i / last.length];
      fast[i] = last[i % last.length];
    }
    List<Tensor> edges = List.of(Tensor.of(slow), Tensor.of(fast));
    return new Sample(edges.subList(0, operands));
  }
}
