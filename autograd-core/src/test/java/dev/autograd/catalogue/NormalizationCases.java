package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Normalisations, by the mean and variance of the numbers that belong together. */
final class NormalizationCases {

  /** So large that two numbers near each other leave the function smooth. */
  private static final double EPS = 0.25;

  private static final List<Shape[]> ROWS =
      List.of(
          shapes(Shape.of(4), Shape.of(4)),
          shapes(Shape.of(2, 3), Shape.of(3)),
          shapes(Shape.of(2, 3), Shape.of(2, 3)),
          shapes(Shape.of(2, 2, 3), Shape.of(3)),
          shapes(Shape.of(2, 2, 2), Shape.of(2, 2)),
          shapes(Shape.of(3, 1), Shape.of(1)),
          shapes(Shape.of(0, 3), Shape.of(3)),
          shapes(Shape.of(2, 0), Shape.of(0)));

  private static final List<Shape> BATCHES =
      List.of(
          Shape.of(4, 2),
          Shape.of(2, 2, 3),
          Shape.of(2, 1, 2, 2),
          Shape.of(3, 3),
          Shape.of(0, 3),
          Shape.of(2, 0));

  private static final List<Shape[]> VECTORS =
      List.of(
          shapes(Shape.of(3), Shape.of(3)),
          shapes(Shape.of(1), Shape.of(1)),
          shapes(Shape.of(2, 3), Shape.of(2, 3)),
          shapes(Shape.of(2, 3), Shape.of(3)),
          shapes(Shape.of(2, 1, 3), Shape.of(2, 3)),
          shapes(Shape.of(0, 2), Shape.of(0, 2)));

  private NormalizationCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "layerNorm", "rmsNorm" -> ROWS.stream().map(s -> rows(op, s));
      case "batchNorm" ->
          op.takes(Tensor.class, Tensor.class, double.class)
              ? BATCHES.stream().map(x -> batch(op, x))
              : Stream.concat(BATCHES.stream(), Stream.of(Shape.of(1, 3)))
                  .map(x -> withStatistics(op, x));
      case "groupNorm" ->
          Stream.of(
              groups(op, Shape.of(2, 4), 2),
              groups(op, Shape.of(2, 4, 2), 2),
              groups(op, Shape.of(1, 2, 2, 2), 1),
              groups(op, Shape.of(1, 2, 2, 2), 2),
              groups(op, Shape.of(3, 2), 2),
              groups(op, Shape.of(0, 2, 2), 1));
      case "normalize" ->
          Stream.of(Shape.of(3), Shape.of(1), Shape.of(2, 3), Shape.of(2, 3, 2), Shape.of(2, 0))
              .flatMap(x -> units(op, x));
      case "cosineSimilarity" ->
          Stream.concat(
              VECTORS.stream().map(s -> cosines(op, s, -1)),
              Stream.of(
                  cosines(op, shapes(Shape.of(2, 3), Shape.of(2, 3)), 0),
                  cosines(op, shapes(Shape.of(2, 3, 2), Shape.of(2, 3, 2)), 1)));
      default -> Stream.empty();
    };
  }

  private static OpCase rows(OpMethod op, Shape[] s) {
    boolean centered = op.name().equals("layerNorm");
    Shape[] operands = centered ? shapes(s[0], s[1], s[1]) : s;
    int kept = s[0].rank() - s[1].rank();
    return new OpCase(
        op,
        s[0] + " over " + s[1],
        draw(op, operands),
        ts ->
            centered
                ? op.call(ts.get(0), ts.get(1), ts.get(2), EPS)
                : op.call(ts.get(0), ts.get(1), EPS),
        xs -> {
          Grid y =
              standardized(xs.get(0), i -> key(Arrays.copyOf(i, kept)), centered)
                  .zip((v, w) -> v * w, xs.get(1));
          return centered ? y.zip(Double::sum, xs.get(2)) : y;
        });
  }

  private static OpCase batch(OpMethod op, Shape x) {
    Shape channels = Shape.of(x.dim(1));
    return new OpCase(
        op,
        x.toString(),
        draw(op, x, channels, channels),
        ts -> op.call(ts.get(0), ts.get(1), ts.get(2), EPS),
        xs -> affine(standardized(xs.get(0), i -> key(i[1]), true), xs.get(1), xs.get(2)));
  }

  private static OpCase withStatistics(OpMethod op, Shape x) {
    Shape channels = Shape.of(x.dim(1));
    return new OpCase(
        op,
        x + " with statistics",
        draw(op, x, channels, channels, channels, channels),
        ts -> op.call(ts.get(0), ts.get(1), ts.get(2), ts.get(3), ts.get(4), EPS),
        xs ->
            affine(
                Grid.generate(
                    x,
                    i ->
                        (xs.get(0).at(i) - xs.get(1).at(i[1]))
                            / Math.sqrt(xs.get(2).at(i[1]) + EPS)),
                xs.get(3),
                xs.get(4)));
  }

  private static OpCase groups(OpMethod op, Shape x, int groups) {
    Shape channels = Shape.of(x.dim(1));
    int size = x.dim(1) / groups;
    return new OpCase(
        op,
        x + " in " + groups,
        draw(op, x, channels, channels),
        ts -> op.call(ts.get(0), groups, ts.get(1), ts.get(2), EPS),
        xs ->
            affine(
                standardized(xs.get(0), i -> key(i[0], i[1] / size), true), xs.get(1), xs.get(2)));
  }

  private static Stream<OpCase> units(OpMethod op, Shape x) {
    return IntStream.range(-x.rank(), x.rank())
        .mapToObj(
            axis ->
                new OpCase(
                    op,
                    x + " along " + axis,
                    draw(op, x),
                    ts -> op.call(ts.get(0), axis),
                    xs -> ReductionCases.mapRows(xs.get(0), axis, NormalizationCases::unit)));
  }

  private static OpCase cosines(OpMethod op, Shape[] s, int axis) {
    int along = Math.floorMod(axis, s[0].rank());
    return new OpCase(
        op,
        s[0] + " and " + s[1] + " along " + axis,
        draw(op, s),
        ts -> op.call(ts.get(0), axis, ts.get(1)),
        xs -> {
          int back = along - s[0].rank();
          Grid u = ReductionCases.mapRows(xs.get(0), back, NormalizationCases::unit);
          Grid v = ReductionCases.mapRows(xs.get(1), back, NormalizationCases::unit);
          Grid products = u.zip((a, b) -> a * b, v);
          return ReductionCases.reduce(
              products, new int[] {back}, false, row -> Arrays.stream(row).sum());
        });
  }

  static double[] unit(double... v) {
    double length = Math.sqrt(Arrays.stream(v).map(a -> a * a).sum());
    return Arrays.stream(v).map(a -> a / length).toArray();
  }

  /** Returns the numbers, less the mean and divided by the spread of those with the same key. */
  private static Grid standardized(Grid x, Function<int[], List<Integer>> group, boolean centered) {
    return Grid.generate(
        x.shape(),
        i -> {
          double n = total(x, group, group.apply(i), v -> 1);
          double mean = centered ? total(x, group, group.apply(i), v -> v) / n : 0;
          double squares = total(x, group, group.apply(i), v -> (v - mean) * (v - mean));
          return (x.at(i) - mean) / Math.sqrt(squares / n + EPS);
        });
  }

  private static double total(
      Grid x, Function<int[], List<Integer>> group, List<Integer> wanted, DoubleUnaryOperator f) {
    Grid parts =
        Grid.generate(x.shape(), i -> group.apply(i).equals(wanted) ? f.applyAsDouble(x.at(i)) : 0);
    return Arrays.stream(parts.values()).sum();
  }

  private static Grid affine(Grid x, Grid weight, Grid bias) {
    return Grid.generate(x.shape(), i -> weight.at(i[1]) * x.at(i) + bias.at(i[1]));
  }

  private static List<Integer> key(int... index) {
    return Arrays.stream(index).boxed().toList();
  }

  private static List<Grid> draw(OpMethod op, Shape... shapes) {
    return Samples.of(op.domain(), Arrays.hashCode(shapes)).draw(shapes);
  }

  private static Shape[] shapes(Shape... shapes) {
    return shapes;
  }
}
