package dev.autograd.catalogue;

import static java.util.Map.entry;

import dev.autograd.LossOptions;
import dev.autograd.Reduction;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Losses of prediction and target element by element; those of classes are in {@link
 * ClassLossCases}.
 */
final class LossCases {

  /** Where the slope of Huber's loss becomes constant. */
  private static final double BORDER = 0.75;

  private static final double MARGIN = 0.02;

  /**
   * A loss before it is weighted and reduced.
   *
   * @param operands how many tensors it takes
   * @param numbers what it takes behind them
   * @param formula the losses of the elements
   * @param kinks how far each element is from a kink
   */
  private record Form(
      int operands,
      List<Object> numbers,
      Function<List<Grid>, Grid> formula,
      Function<List<Grid>, Grid> kinks) {

    static Form pair(DoubleBinaryOperator f) {
      return kinked(f, (p, t) -> 1);
    }

    static Form kinked(DoubleBinaryOperator f, DoubleBinaryOperator kinks, Object... numbers) {
      return new Form(
          2,
          List.of(numbers),
          xs -> xs.get(0).zip(f, xs.get(1)),
          xs -> xs.get(0).zip(kinks, xs.get(1)));
    }

    boolean isSmoothAt(List<Grid> xs) {
      return Arrays.stream(kinks.apply(xs).values()).allMatch(gap -> Math.abs(gap) > MARGIN);
    }
  }

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          entry("mse", Form.pair((p, t) -> (p - t) * (p - t))),
          entry("l1", Form.kinked((p, t) -> Math.abs(p - t), (p, t) -> p - t)),
          entry("huber", Form.kinked((p, t) -> BORDER * smooth(p - t), LossCases::border, BORDER)),
          entry("smoothL1", Form.kinked((p, t) -> smooth(p - t), LossCases::border, BORDER)),
          entry("poissonNll", Form.pair((z, t) -> Math.exp(z) - t * z)),
          entry(
              "gaussianNll",
              new Form(3, List.of(), LossCases::gaussian, xs -> xs.get(0).map(p -> 1))),
          entry("bce", Form.pair((p, t) -> -(t * Math.log(p) + (1 - t) * Math.log(1 - p)))),
          entry(
              "bceWithLogits",
              Form.pair(
                  (z, t) -> t * Math.log1p(Math.exp(-z)) + (1 - t) * Math.log1p(Math.exp(z)))),
          entry("hinge", Form.kinked((p, t) -> Math.max(0, 1 - p * t), (p, t) -> 1 - p * t)),
          entry("klDiv", Form.pair((logP, t) -> t * Math.log(t) - t * logP)));

  private static final List<Shape> SHAPES =
      List.of(Shape.SCALAR, Shape.of(1), Shape.of(5), Shape.of(2, 3), Shape.of(0));

  private static final Shape MATRIX = Shape.of(2, 3);
  private static final Grid WEIGHT = Grid.of(Shape.of(3), 0.5, 2, 1.25);
  private static final Grid POSITIVE = Grid.of(Shape.of(2, 1), 3, 0.75);

  private LossCases() {}

  private static double smooth(double d) {
    double a = Math.abs(d);
    return a < BORDER ? a * a / (2 * BORDER) : a - BORDER / 2;
  }

  private static double border(double p, double t) {
    return Math.abs(p - t) - BORDER;
  }

  private static Grid gaussian(List<Grid> xs) {
    Grid squares = xs.get(0).zip((p, t) -> Math.pow(p - t, 2), xs.get(1));
    return squares.zip((s, v) -> 0.5 * Math.log(v) + s / (2 * v), xs.get(2));
  }

  static Stream<OpCase> of(OpMethod op) {
    Form form = op.isLoss() ? FORMS.get(op.name()) : null;
    if (form == null) {
      return ClassLossCases.of(op);
    }
    if (op.endsWith(LossOptions.class)) {
      return Stream.concat(
          Arrays.stream(Reduction.values()).map(r -> weighted(op, form, r)), special(op));
    }
    if (op.endsWith(Reduction.class)) {
      return Arrays.stream(Reduction.values())
          .flatMap(r -> SHAPES.stream().map(shape -> reduced(op, form, shape, r)));
    }
    return SHAPES.stream().map(shape -> plain(op, form, shape));
  }

  private static OpCase plain(OpMethod op, Form form, Shape shape) {
    return new OpCase(
        op,
        shape.toString(),
        draw(op, form, shape),
        ts -> call(op, form, ts),
        xs -> reduce(Reduction.MEAN, form.formula().apply(xs)));
  }

  private static OpCase reduced(OpMethod op, Form form, Shape shape, Reduction reduction) {
    return new OpCase(
        op,
        shape + " " + reduction,
        draw(op, form, shape),
        ts -> call(op, form, ts, reduction),
        xs -> reduce(reduction, form.formula().apply(xs)));
  }

  private static OpCase weighted(OpMethod op, Form form, Reduction reduction) {
    return new OpCase(
        op,
        MATRIX + " weighted " + reduction,
        draw(op, form, MATRIX),
        ts -> {
          Tensor weight = WEIGHT.tensor(ts.get(0).dtype());
          return call(op, form, ts, LossOptions.of(reduction).weight(weight));
        },
        xs -> reduce(reduction, form.formula().apply(xs).zip((l, w) -> l * w, WEIGHT)));
  }

  /** Options that only one loss has. */
  private static Stream<OpCase> special(OpMethod op) {
    return switch (op.name()) {
      case "bceWithLogits" -> Stream.of(positiveWeighted(op));
      case "klDiv" -> Arrays.stream(Reduction.values()).map(r -> ofLogarithms(op, r));
      default -> Stream.empty();
    };
  }

  private static OpCase positiveWeighted(OpMethod op) {
    DoubleBinaryOperator positive = (z, t) -> t * Math.log1p(Math.exp(-z));
    DoubleBinaryOperator negative = (z, t) -> (1 - t) * Math.log1p(Math.exp(z));
    return new OpCase(
        op,
        MATRIX + " with a weight of the positive part",
        Samples.of(op.domain(), 21).draw(MATRIX, MATRIX),
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

  private static OpCase ofLogarithms(OpMethod op, Reduction reduction) {
    return new OpCase(
        op,
        "of a target of logarithms " + reduction,
        Samples.of(op.domain(), 22).draw(MATRIX, MATRIX),
        ts -> op.call(ts.get(0), ts.get(1), LossOptions.of(reduction).targetInLogarithms()),
        xs -> reduce(reduction, xs.get(0).zip((p, t) -> Math.exp(t) * (t - p), xs.get(1))));
  }

  private static Tensor call(OpMethod op, Form form, List<Tensor> operands, Object... last) {
    List<Object> arguments = new ArrayList<>(operands);
    arguments.addAll(form.numbers());
    arguments.addAll(List.of(last));
    return op.call(arguments.toArray());
  }

  private static List<Grid> draw(OpMethod op, Form form, Shape shape) {
    Shape[] shapes = new Shape[form.operands()];
    Arrays.fill(shapes, shape);
    return Stream.iterate(shape.hashCode(), seed -> seed + 1)
        .map(seed -> Samples.of(op.domain(), seed).draw(shapes))
        .filter(form::isSmoothAt)
        .findFirst()
        .orElseThrow();
  }

  static Grid reduce(Reduction reduction, Grid losses) {
    double sum = Arrays.stream(losses.values()).sum();
    return switch (reduction) {
      case NONE -> losses;
      case SUM -> Grid.of(Shape.SCALAR, sum);
      case MEAN -> Grid.of(Shape.SCALAR, sum / losses.size());
      case BATCH_MEAN ->
          Grid.of(Shape.SCALAR, sum / (losses.shape().rank() == 0 ? 1 : losses.shape().dim(0)));
    };
  }

  /** Returns class indices as the losses take them. */
  static Tensor classes(Shape shape, int... classes) {
    return Grid.of(shape, Arrays.stream(classes).asDoubleStream().toArray()).tensor(DType.I64);
  }
}
