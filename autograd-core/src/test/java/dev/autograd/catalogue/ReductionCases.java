package dev.autograd.catalogue;

import static java.util.Map.entry;

import dev.autograd.array.Axes;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operations over axes: a formula of the numbers that are reduced, or of a row. */
final class ReductionCases {

  private static final List<Shape> SHAPES =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(5),
          Shape.of(2, 3),
          Shape.of(3, 1, 2),
          Shape.of(2, 3, 2),
          Shape.of(0),
          Shape.of(2, 0));

  private static final Map<String, ToDoubleFunction<double[]>> TO_NUMBER =
      Map.ofEntries(
          entry("sum", v -> Arrays.stream(v).sum()),
          entry("mean", v -> Arrays.stream(v).sum() / v.length),
          entry("max", v -> Arrays.stream(v).max().orElseThrow()),
          entry("min", v -> Arrays.stream(v).min().orElseThrow()),
          entry("prod", v -> Arrays.stream(v).reduce(1, (a, b) -> a * b)),
          entry("var", v -> StatisticsCases.variance(1, v)),
          entry("std", v -> Math.sqrt(StatisticsCases.variance(1, v))),
          entry("norm", v -> StatisticsCases.norm(2, v)),
          entry("logSumExp", v -> Math.log(Arrays.stream(v).map(Math::exp).sum())),
          entry("maxSelect", v -> Arrays.stream(v).max().orElseThrow()),
          entry("minSelect", v -> Arrays.stream(v).min().orElseThrow()),
          entry("argMax", ReductionCases::argMax),
          entry("argMin", v -> argMax(Arrays.stream(v).map(x -> -x).toArray())));

  private static final Map<String, UnaryOperator<double[]>> TO_ROW =
      Map.of(
          "cumSum",
          ReductionCases::runningSums,
          "cumProd",
          ReductionCases::runningProducts,
          "softmax",
          v -> Arrays.stream(v).map(x -> Math.exp(x) / sumOfExp(v)).toArray(),
          "logSoftmax",
          v -> Arrays.stream(v).map(x -> x - Math.log(sumOfExp(v))).toArray());

  private static final Set<String> NEED_ELEMENTS =
      Set.of("max", "min", "maxSelect", "minSelect", "argMax", "argMin");

  private ReductionCases() {}

  static Stream<OpCase> of(OpMethod op) {
    ToDoubleFunction<double[]> number = TO_NUMBER.get(op.name());
    if (op.takes(int[].class) && number != null) {
      return SHAPES.stream().flatMap(shape -> overNumbers(op, shape, number));
    }
    if (op.takes(Axes.class) && number != null) {
      return SHAPES.stream().flatMap(shape -> overAxes(op, shape, number));
    }
    if (op.takes(int.class) && number != null) {
      return SHAPES.stream().flatMap(shape -> overOne(op, shape, number));
    }
    if (op.takes(int.class) && TO_ROW.containsKey(op.name())) {
      UnaryOperator<double[]> row = Objects.requireNonNull(TO_ROW.get(op.name()));
      return SHAPES.stream().flatMap(shape -> rows(op, shape, row));
    }
    return Stream.empty();
  }

  private static Stream<OpCase> overNumbers(
      OpMethod op, Shape shape, ToDoubleFunction<double[]> f) {
    return axesOf(shape.rank()).stream()
        .filter(axes -> isDefined(op, shape, axes.length == 0 ? every(shape) : axes))
        .map(
            axes ->
                new OpCase(
                    op,
                    shape + " over " + Arrays.toString(axes),
                    draw(op, shape),
                    ts -> op.call(ts.get(0), axes),
                    xs -> reduce(xs.get(0), axes.length == 0 ? every(shape) : axes, false, f)));
  }

  private static Stream<OpCase> overAxes(OpMethod op, Shape shape, ToDoubleFunction<double[]> f) {
    List<OpCase> cases = new ArrayList<>();
    for (boolean keep : new boolean[] {false, true}) {
      for (int[] axes : axesOf(shape.rank())) {
        cases.add(withAxes(op, shape, Axes.of(axes), axes, keep, f));
      }
      cases.add(withAxes(op, shape, Axes.all(), every(shape), keep, f));
    }
    return cases.stream().filter(c -> !c.label().contains("undefined"));
  }

  private static OpCase withAxes(
      OpMethod op, Shape shape, Axes axes, int[] over, boolean keep, ToDoubleFunction<double[]> f) {
    Axes asked = keep ? axes.keep() : axes;
    return new OpCase(
        op,
        shape + " over " + asked + (isDefined(op, shape, over) ? "" : " undefined"),
        draw(op, shape),
        ts -> op.call(ts.get(0), asked),
        xs -> reduce(xs.get(0), over, keep, f));
  }

  private static Stream<OpCase> overOne(OpMethod op, Shape shape, ToDoubleFunction<double[]> f) {
    return IntStream.range(-shape.rank(), shape.rank())
        .filter(axis -> isDefined(op, shape, axis))
        .mapToObj(
            axis ->
                new OpCase(
                    op,
                    shape + " over " + axis,
                    draw(op, shape),
                    ts -> op.call(ts.get(0), axis),
                    xs -> reduce(xs.get(0), new int[] {axis}, false, f)));
  }

  private static Stream<OpCase> rows(OpMethod op, Shape shape, UnaryOperator<double[]> f) {
    IntStream axes =
        shape.rank() == 0 ? IntStream.of(0, -1) : IntStream.range(-shape.rank(), shape.rank());
    return axes.mapToObj(
        axis ->
            new OpCase(
                op,
                shape + " along " + axis,
                draw(op, shape),
                ts -> op.call(ts.get(0), axis),
                xs -> mapRows(xs.get(0), axis, f)));
  }

  private static List<Grid> draw(OpMethod op, Shape shape) {
    return Samples.of(op.domain(), shape.hashCode()).draw(shape);
  }

  /** Some of the ways to name axes: none, one, the last, two in either order. */
  static List<int[]> axesOf(int rank) {
    List<int[]> choices = new ArrayList<>(List.of(new int[0], new int[] {0}, new int[] {-1}));
    if (rank > 1) {
      choices.add(new int[] {1});
      choices.add(new int[] {-1, 0});
    }
    if (rank > 2) {
      choices.add(new int[] {0, 1});
      choices.add(new int[] {1, -1});
    }
    return choices;
  }

  private static int[] every(Shape shape) {
    return IntStream.range(0, shape.rank()).toArray();
  }

  /** There is no largest element of nothing, and no variance of a sample of one. */
  private static boolean isDefined(OpMethod op, Shape shape, int... over) {
    if (op.name().equals("var") || op.name().equals("std")) {
      return StatisticsCases.count(shape, over) > 1;
    }
    boolean needsElements = NEED_ELEMENTS.contains(op.name());
    return !needsElements
        || Arrays.stream(over).allMatch(axis -> shape.rank() == 0 || shape.dim(axis) > 0);
  }

  static Grid reduce(Grid x, int[] axes, boolean keep, ToDoubleFunction<double[]> f) {
    boolean[] gone = new boolean[x.shape().rank()];
    for (int axis : axes) {
      if (gone.length > 0) {
        gone[Math.floorMod(axis, gone.length)] = true;
      }
    }
    int[] kept = x.shape().toArray();
    Arrays.setAll(kept, axis -> gone[axis] ? 1 : x.shape().dim(axis));
    Grid full = Grid.generate(Shape.of(kept), i -> f.applyAsDouble(collect(x, i, gone)));
    int[] rest = IntStream.range(0, gone.length).filter(a -> !gone[a]).map(a -> kept[a]).toArray();
    return keep ? full : Grid.of(Shape.of(rest), full.values());
  }

  /** Returns the elements that agree with an index on all axes but those that are gone. */
  private static double[] collect(Grid x, int[] at, boolean[] gone) {
    List<Double> found = new ArrayList<>();
    Grid.generate(
        x.shape(),
        i -> {
          boolean agrees = IntStream.range(0, i.length).allMatch(a -> gone[a] || i[a] == at[a]);
          if (agrees) {
            found.add(x.at(i));
          }
          return 0;
        });
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static Grid mapRows(Grid x, int axis, UnaryOperator<double[]> f) {
    int rank = x.shape().rank();
    if (rank == 0) {
      return Grid.of(Shape.SCALAR, f.apply(x.values()));
    }
    int along = Math.floorMod(axis, rank);
    boolean[] gone = new boolean[rank];
    gone[along] = true;
    return Grid.generate(x.shape(), i -> f.apply(collect(x, i, gone))[i[along]]);
  }

  private static double sumOfExp(double[] v) {
    return Arrays.stream(v).map(Math::exp).sum();
  }

  static double[] runningSums(double... v) {
    double[] sums = v.clone();
    Arrays.setAll(sums, i -> Arrays.stream(v, 0, i + 1).sum());
    return sums;
  }

  static double[] runningProducts(double... v) {
    double[] products = v.clone();
    Arrays.setAll(products, i -> Arrays.stream(v, 0, i + 1).reduce(1, (a, b) -> a * b));
    return products;
  }

  private static double argMax(double[] v) {
    int best = 0;
    for (int i = 1; i < v.length; i++) {
      best = v[i] > v[best] ? i : best;
    }
    return best;
  }
}
