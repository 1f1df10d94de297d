package dev.autograd.catalogue;

import static java.util.Map.entry;

import dev.autograd.LossOptions;
import dev.autograd.Reduction;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/**
 * Losses of prediction and target element by element; those of classes are in {@link
 * ClassLossCases}.
 */
final class LossCases {

  private static final Map<String, DoubleBinaryOperator> FORMULAS =
      Map.ofEntries(
          entry("mse", (p, t) -> (p - t) * (p - t)),
          entry("bce", (p, t) -> -(t * Math.log(p) + (1 - t) * Math.log(1 - p))),
          entry(
              "bceWithLogits",
              (z, t) -> t * Math.log1p(Math.exp(-z)) + (1 - t) * Math.log1p(Math.exp(z))));

  private static final List<Shape> SHAPES =
      List.of(Shape.SCALAR, Shape.of(1), Shape.of(5), Shape.of(2, 3), Shape.of(0));

  private static final Shape MATRIX = Shape.of(2, 3);
  private static final Grid WEIGHT = Grid.of(Shape.of(3), 0.5, 2, 1.25);
  private static final Grid POSITIVE = Grid.of(Shape.of(2, 1), 3, 0.75);

  private LossCases() {}

  static Stream<OpCase> of(OpMethod op) {
    if (!FORMULAS.containsKey(op.name())) {
      return ClassLossCases.of(op);
    }
    DoubleBinaryOperator f = Objects.requireNonNull(FORMULAS.get(op.name()));
    if (op.takes(Tensor.class, Tensor.class)) {
      return SHAPES.stream().map(shape -> plain(op, shape, f));
    }
    if (op.takes(Tensor.class, Tensor.class, Reduction.class)) {
      return Arrays.stream(Reduction.values())
          .flatMap(reduction -> SHAPES.stream().map(shape -> reduced(op, shape, reduction, f)));
    }
    if (op.takes(Tensor.class, Tensor.class, LossOptions.class)) {
      Stream<OpCase> weighted = Arrays.stream(Reduction.values()).map(r -> weighted(op, r, f));
      return op.name().equals("bceWithLogits")
          ? Stream.concat(weighted, Stream.of(positiveWeighted(op)))
          : weighted;
    }
    return Stream.empty();
  }

  private static OpCase plain(OpMethod op, Shape shape, DoubleBinaryOperator f) {
    return new OpCase(
        op,
        shape.toString(),
        draw(op, shape),
        ts -> op.call(ts.get(0), ts.get(1)),
        xs -> reduce(Reduction.MEAN, xs.get(0).zip(f, xs.get(1))));
  }

  private static OpCase reduced(
      OpMethod op, Shape shape, Reduction reduction, DoubleBinaryOperator f) {
    return new OpCase(
        op,
        shape + " " + reduction,
        draw(op, shape),
        ts -> op.call(ts.get(0), ts.get(1), reduction),
        xs -> reduce(reduction, xs.get(0).zip(f, xs.get(1))));
  }

  private static OpCase weighted(OpMethod op, Reduction reduction, DoubleBinaryOperator f) {
    return new OpCase(
        op,
        MATRIX + " weighted " + reduction,
        draw(op, MATRIX),
        ts -> {
          Tensor weight = WEIGHT.tensor(ts.get(0).dtype());
          return op.call(ts.get(0), ts.get(1), LossOptions.of(reduction).weight(weight));
        },
        xs -> reduce(reduction, xs.get(0).zip(f, xs.get(1)).zip((l, w) -> l * w, WEIGHT)));
  }

  private static OpCase positiveWeighted(OpMethod op) {
    DoubleBinaryOperator positive = (z, t) -> t * Math.log1p(Math.exp(-z));
    DoubleBinaryOperator negative = (z, t) -> (1 - t) * Math.log1p(Math.exp(z));
    return new OpCase(
        op,
        MATRIX + " with a weight of the positive part",
        draw(op, MATRIX),
        ts -> {
          Tensor factor = POSITIVE.tensor(ts.get(0).dtype());
          return op.call(ts.get(0), ts.get(1), LossOptions.none().positiveWeight(factor));
        },
        xs ->
            xs.get(0)
                .zip(positive, xs.get(1))
                .zip((l, q) -> l * q, POSITIVE)
                .plus(1, xs.get(0).zip(negative, xs.get(1))));
  }

  private static List<Grid> draw(OpMethod op, Shape shape) {
    return Samples.of(op.domain(), shape.hashCode()).draw(shape, shape);
  }

  static Grid reduce(Reduction reduction, Grid losses) {
    double sum = Arrays.stream(losses.values()).sum();
    return switch (reduction) {
      case NONE -> losses;
      case SUM -> Grid.of(Shape.SCALAR, sum);
      case MEAN -> Grid.of(Shape.SCALAR, sum / losses.size());
    };
  }

  /** Returns class indices as the losses take them. */
  static Tensor classes(Shape shape, int... classes) {
    return Grid.of(shape, Arrays.stream(classes).asDoubleStream().toArray()).tensor(DType.I64);
  }
}
