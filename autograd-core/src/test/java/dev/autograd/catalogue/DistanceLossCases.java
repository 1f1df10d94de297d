package dev.autograd.catalogue;

import dev.autograd.LossOptions;
import dev.autograd.Reduction;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Losses of embeddings, whose vectors lie along the last axis. */
final class DistanceLossCases {

  private static final double MARGIN = 0.25;

  /** How far from a kink, and how long a vector, so that all is smooth around. */
  private static final double CLEAR = 0.3;

  private static final List<Shape> SHAPES =
      List.of(Shape.of(3), Shape.of(2, 3), Shape.of(2, 2, 2), Shape.of(0, 3));

  private static final Grid WEIGHT = Grid.of(Shape.of(2), 0.5, 2);

  /**
   * A loss before it is weighted and reduced.
   *
   * @param vectors how many blocks of vectors it takes
   * @param others what it takes behind them, given the shape of the rows
   * @param formula the losses of the rows
   * @param kinks what must not be near 0
   */
  private record Form(
      int vectors,
      Function<Shape, List<Object>> others,
      Function<List<Grid>, Grid> formula,
      Function<List<Grid>, List<Grid>> kinks) {

    boolean isSmoothAt(List<Grid> xs) {
      return kinks.apply(xs).stream()
          .flatMapToDouble(gaps -> Arrays.stream(gaps.values()))
          .allMatch(gap -> Math.abs(gap) > CLEAR);
    }
  }

  private static final Map<String, Form> FORMS =
      Map.of(
          "cosineDistance",
          new Form(2, rows -> List.of(), xs -> cosines(xs).map(c -> 1 - c), xs -> List.of()),
          "cosineEmbedding",
          new Form(
              2,
              rows -> List.of(alike(rows).tensor(dev.autograd.array.DType.F64), MARGIN),
              DistanceLossCases::embedding,
              xs -> List.of(cosines(xs).map(c -> c - MARGIN))),
          "tripletMargin",
          new Form(
              3,
              rows -> List.of(MARGIN),
              xs -> surplus(xs).map(s -> Math.max(0, s)),
              xs -> List.of(surplus(xs), distances(xs, 1), distances(xs, 2))));

  private DistanceLossCases() {}

  static Stream<OpCase> of(OpMethod op) {
    Form form = op.isLoss() ? FORMS.get(op.name()) : null;
    if (form == null) {
      return Stream.empty();
    }
    if (op.endsWith(LossOptions.class)) {
      return Arrays.stream(Reduction.values()).map(r -> weighted(op, form, r));
    }
    if (op.endsWith(Reduction.class)) {
      return Arrays.stream(Reduction.values())
          .flatMap(r -> SHAPES.stream().map(shape -> reduced(op, form, shape, r, r)));
    }
    return SHAPES.stream().map(shape -> reduced(op, form, shape, Reduction.MEAN));
  }

  private static OpCase reduced(
      OpMethod op, Form form, Shape shape, Reduction reduction, Object... last) {
    return new OpCase(
        op,
        shape + " " + reduction,
        draw(op, form, shape),
        ts -> call(op, form, ts, last),
        xs -> LossCases.reduce(reduction, form.formula().apply(xs)));
  }

  private static OpCase weighted(OpMethod op, Form form, Reduction reduction) {
    return new OpCase(
        op,
        "weighted " + reduction,
        draw(op, form, Shape.of(2, 3)),
        ts -> {
          Tensor weight = WEIGHT.tensor(ts.get(0).dtype());
          return call(op, form, ts, LossOptions.of(reduction).weight(weight));
        },
        xs -> LossCases.reduce(reduction, form.formula().apply(xs).zip((l, w) -> l * w, WEIGHT)));
  }

  private static Tensor call(OpMethod op, Form form, List<Tensor> vectors, Object... last) {
    List<Object> arguments = new ArrayList<>(vectors);
    arguments.addAll(form.others().apply(rows(vectors.get(0).shape())));
    arguments.addAll(List.of(last));
    return op.call(arguments.toArray());
  }

  private static List<Grid> draw(OpMethod op, Form form, Shape shape) {
    Shape[] shapes = new Shape[form.vectors()];
    Arrays.fill(shapes, shape);
    return Stream.iterate(shape.hashCode(), seed -> seed + 1)
        .map(seed -> Samples.of(op.domain(), seed).draw(shapes))
        .filter(form::isSmoothAt)
        .findFirst()
        .orElseThrow();
  }

  private static Shape rows(Shape vectors) {
    return Shape.of(Arrays.copyOf(vectors.toArray(), vectors.rank() - 1));
  }

  /** Returns labels of 1 and -1 in turn. */
  private static Grid alike(Shape rows) {
    return Grid.generate(rows, i -> Arrays.stream(i).sum() % 2 == 0 ? 1 : -1);
  }

  private static Grid embedding(List<Grid> xs) {
    Grid cosines = cosines(xs);
    return cosines.zip((c, y) -> y > 0 ? 1 - c : Math.max(0, c - MARGIN), alike(cosines.shape()));
  }

  private static Grid cosines(List<Grid> xs) {
    Grid left = ReductionCases.mapRows(xs.get(0), -1, NormalizationCases::unit);
    Grid right = ReductionCases.mapRows(xs.get(1), -1, NormalizationCases::unit);
    return overRows(left.zip((a, b) -> a * b, right));
  }

  private static Grid surplus(List<Grid> xs) {
    return distances(xs, 1).zip((near, far) -> near - far + MARGIN, distances(xs, 2));
  }

  private static Grid distances(List<Grid> xs, int other) {
    return overRows(xs.get(0).zip((a, b) -> (a - b) * (a - b), xs.get(other))).map(Math::sqrt);
  }

  private static Grid overRows(Grid x) {
    return ReductionCases.reduce(x, new int[] {-1}, false, v -> Arrays.stream(v).sum());
  }
}
