package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Attention: means of the values, weighted by the exponentials of scores that a mask changes. */
final class AttentionCases {

  private static final Shape SCALAR = Shape.SCALAR;

  /** Shapes of queries, keys and values, and of masks that go with them. */
  private record Sizes(Shape queries, Shape keys, Shape values, List<Shape> masks) {

    static Sizes of(Shape queries, Shape keys, Shape values, Shape... masks) {
      return new Sizes(queries, keys, values, List.of(masks));
    }

    @Override
    public String toString() {
      return queries + " over " + keys + " to " + values;
    }
  }

  private static final List<Sizes> SIZES =
      List.of(
          Sizes.of(Shape.of(2, 3), Shape.of(4, 3), Shape.of(4, 2), Shape.of(2, 4), Shape.of(4)),
          Sizes.of(Shape.of(1, 1), Shape.of(1, 1), Shape.of(1, 1), SCALAR),
          Sizes.of(
              Shape.of(2, 2, 3),
              Shape.of(2, 3, 3),
              Shape.of(2, 3, 2),
              Shape.of(2, 2, 3),
              Shape.of(2, 1)),
          Sizes.of(
              Shape.of(2, 1, 2, 2), Shape.of(3, 2, 2), Shape.of(1, 2, 1), Shape.of(2, 1, 1, 2)),
          Sizes.of(Shape.of(0, 2), Shape.of(3, 2), Shape.of(3, 2), Shape.of(3)),
          Sizes.of(Shape.of(2, 2), Shape.of(0, 2), Shape.of(0, 3), Shape.of(2, 0)));

  private static final List<Sizes> CAUSAL =
      List.of(
          Sizes.of(Shape.of(3, 2), Shape.of(3, 2), Shape.of(3, 2), Shape.of(3)),
          Sizes.of(Shape.of(2, 2), Shape.of(4, 2), Shape.of(4, 1), Shape.of(2, 4)),
          Sizes.of(Shape.of(2, 2, 2), Shape.of(2, 2, 2), Shape.of(2, 3), Shape.of(2, 1, 2)),
          Sizes.of(Shape.of(0, 1), Shape.of(2, 1), Shape.of(2, 1), SCALAR));

  private AttentionCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "attention" -> SIZES.stream().flatMap(s -> cases(op, s, Grid.of(SCALAR, 0)));
      case "causalAttention" -> CAUSAL.stream().flatMap(s -> cases(op, s, triangle(s)));
      default -> Stream.empty();
    };
  }

  private static Stream<OpCase> cases(OpMethod op, Sizes s, Grid triangle) {
    return op.takes(Tensor.class, Tensor.class)
        ? Stream.of(plain(op, s, triangle))
        : s.masks().stream()
            .flatMap(m -> Stream.of(chosen(op, s, m, triangle), added(op, s, m, triangle)));
  }

  /** The queries are the last of the places. */
  private static Grid triangle(Sizes s) {
    int queries = s.queries().dim(-2);
    int keys = s.keys().dim(-2);
    return Grid.generate(
        Shape.of(queries, keys),
        i -> i[1] - (keys - queries) <= i[0] ? 0 : Double.NEGATIVE_INFINITY);
  }

  private static OpCase plain(OpMethod op, Sizes s, Grid triangle) {
    return new OpCase(
        op, s.toString(), draw(op, s), ts -> op.call(ts.toArray()), xs -> attention(xs, triangle));
  }

  private static OpCase chosen(OpMethod op, Sizes s, Shape mask, Grid triangle) {
    Grid seen = Samples.signed(mask, 3).map(v -> v > 0 ? 1 : 0);
    Grid added = seen.map(v -> v > 0 ? 0 : Double.NEGATIVE_INFINITY);
    return new OpCase(
        op,
        s + " chosen by " + mask,
        draw(op, s),
        ts -> op.call(ts.get(0), ts.get(1), ts.get(2), seen.tensor(DType.BOOL)),
        xs -> attention(xs, added.zip(Double::sum, triangle)));
  }

  private static OpCase added(OpMethod op, Sizes s, Shape mask, Grid triangle) {
    return new OpCase(
        op,
        s + " with an added " + mask,
        draw(op, s, mask),
        ts -> op.call(ts.toArray()),
        xs -> attention(xs, xs.get(3).zip(Double::sum, triangle)));
  }

  private static Grid attention(List<Grid> xs, Grid mask) {
    double root = Math.sqrt(xs.get(0).shape().dim(-1));
    Grid scores =
        LinearAlgebraCases.matmul(xs.get(0), LinearAlgebraCases.swapped(xs.get(1)))
            .zip((score, m) -> score / root + m, mask);
    Grid weights =
        ReductionCases.mapRows(
            scores,
            -1,
            v -> {
              double total = Arrays.stream(v).map(Math::exp).sum();
              return Arrays.stream(v).map(x -> total == 0 ? 0 : Math.exp(x) / total).toArray();
            });
    return LinearAlgebraCases.matmul(weights, xs.get(2));
  }

  private static List<Grid> draw(OpMethod op, Sizes s, Shape... masks) {
    List<Shape> shapes = new ArrayList<>(List.of(s.queries(), s.keys(), s.values()));
    shapes.addAll(List.of(masks));
    return Samples.of(op.domain(), shapes.hashCode()).draw(shapes.toArray(Shape[]::new));
  }
}
