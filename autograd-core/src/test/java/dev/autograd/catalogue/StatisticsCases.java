package dev.autograd.catalogue;

import dev.autograd.array.Axes;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Variances with a correction, and norms of every order. */
final class StatisticsCases {

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(2, 3, 2),
          Shape.of(5),
          Shape.of(2, 3),
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(2, 0));

  private static final List<Integer> CORRECTIONS = List.of(0, 1, 2, -1);

  private static final List<Double> ORDERS =
      List.of(
          3.0,
          2.0,
          1.0,
          0.0,
          1.5,
          0.5,
          4.0,
          -1.0,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private StatisticsCases() {}

  static Stream<OpCase> of(OpMethod op) {
    if (op.takes(Axes.class, int.class)) {
      return SHAPES.stream().flatMap(shape -> corrected(op, shape));
    }
    if (op.takes(Axes.class, double.class)) {
      return SHAPES.stream().flatMap(shape -> norms(op, shape));
    }
    return Stream.empty();
  }

  private static Stream<OpCase> corrected(OpMethod op, Shape shape) {
    boolean root = op.name().equals("std");
    return ReductionCases.axesOf(shape.rank()).stream()
        .flatMap(
            axes ->
                CORRECTIONS.stream()
                    .filter(correction -> count(shape, axes) > correction)
                    // The root of 0 has a kink.
                    .filter(correction -> !root || count(shape, axes) != 1)
                    .filter(correction -> count(shape, axes) > 0)
                    .map(correction -> corrected(op, shape, axes, correction)));
  }

  private static OpCase corrected(OpMethod op, Shape shape, int[] axes, int correction) {
    ToDoubleFunction<double[]> formula =
        op.name().equals("std")
            ? v -> Math.sqrt(variance(correction, v))
            : v -> variance(correction, v);
    return new OpCase(
        op,
        shape + " over " + Arrays.toString(axes) + " correction " + correction,
        Samples.of(op.domain(), shape.hashCode()).draw(shape),
        ts -> op.call(ts.get(0), Axes.of(axes), correction),
        xs -> ReductionCases.reduce(xs.get(0), axes, false, formula));
  }

  private static Stream<OpCase> norms(OpMethod op, Shape shape) {
    return ReductionCases.axesOf(shape.rank()).stream()
        .flatMap(
            axes ->
                ORDERS.stream()
                    .filter(p -> p >= 0 || count(shape, axes) > 0)
                    .map(p -> norm(op, shape, axes, p)));
  }

  private static OpCase norm(OpMethod op, Shape shape, int[] axes, double p) {
    return new OpCase(
        op,
        shape + " over " + Arrays.toString(axes) + " of order " + p,
        List.of(distinctMagnitudes(op, shape)),
        ts -> op.call(ts.get(0), Axes.of(axes).keep(), p),
        xs -> ReductionCases.reduce(xs.get(0), axes, true, v -> norm(p, v)));
  }

  /** Numbers of both signs no two of which are opposite, as is a kink of the norm of order ∞. */
  private static Grid distinctMagnitudes(OpMethod op, Shape shape) {
    Grid x = Samples.of(op.domain(), shape.hashCode()).draw(shape).get(0);
    return x.map(v -> v < 0 ? (float) (v - 2) : v);
  }

  static int count(Shape shape, int... axes) {
    return shape.rank() == 0 ? 1 : Arrays.stream(axes).map(shape::dim).reduce(1, (a, b) -> a * b);
  }

  static double variance(int correction, double... v) {
    double mean = Arrays.stream(v).sum() / v.length;
    return Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum() / (v.length - correction);
  }

  static double norm(double p, double... v) {
    double[] sizes = Arrays.stream(v).map(Math::abs).toArray();
    if (Double.isInfinite(p)) {
      return p > 0
          ? Arrays.stream(sizes).max().orElse(0)
          : Arrays.stream(sizes).min().orElseThrow();
    }
    return p == 0
        ? Arrays.stream(sizes).filter(x -> x != 0).count()
        : Math.pow(Arrays.stream(sizes).map(x -> Math.pow(x, p)).sum(), 1 / p);
  }
}
