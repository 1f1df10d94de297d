package dev.autograd.catalogue;

import dev.autograd.LossOptions;
import dev.autograd.Reduction;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy: with class weights w, a share s spread evenly over C classes, and the
 * distribution q of a row, {@code -Σ_c w_c ((1 - s) q_c + s / C) log softmax(z)_c}; and the
 * negative log-likelihood, which is given the logarithms.
 */
final class ClassLossCases {

  private static final Shape ROWS = Shape.of(3, 4);
  private static final int[] CLASSES = {2, 0, 3};
  private static final int IGNORED = 0;
  private static final double SMOOTHING = 0.2;
  private static final Grid WEIGHT = Grid.of(Shape.of(4), 0.5, 2, 1.25, 0.75);

  private ClassLossCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "crossEntropy" -> Stream.concat(classCases(op), probabilityCases(op));
      case "nll" -> classCases(op);
      default -> Stream.empty();
    };
  }

  private static Stream<OpCase> classCases(OpMethod op) {
    if (op.takes(Tensor.class, int[].class)) {
      return Stream.of(ofClasses(op, ROWS, Shape.of(3), Reduction.MEAN, CLASSES));
    }
    if (op.takes(Tensor.class, int[].class, Reduction.class)) {
      return Arrays.stream(Reduction.values())
          .map(r -> ofClasses(op, ROWS, Shape.of(3), r, CLASSES));
    }
    if (op.takes(Tensor.class, Tensor.class)) {
      return Stream.of(
          ofClasses(op, ROWS, Shape.of(3), Reduction.MEAN, CLASSES),
          ofClasses(op, Shape.of(4), Shape.SCALAR, Reduction.MEAN, 2),
          ofClasses(op, Shape.of(1, 1), Shape.of(1), Reduction.MEAN, 0),
          ofClasses(op, Shape.of(2, 3, 2), Shape.of(2, 2), Reduction.MEAN, 2, 0, 1, 1));
    }
    if (op.takes(Tensor.class, Tensor.class, Reduction.class)) {
      return Arrays.stream(Reduction.values())
          .map(r -> ofClasses(op, ROWS, Shape.of(3), r, CLASSES));
    }
    return Arrays.stream(Reduction.values())
        .flatMap(
            r ->
                Stream.of(
                    optionsOfClasses(op, r, WEIGHT, 0, false),
                    optionsOfClasses(op, r, null, SMOOTHING, false),
                    optionsOfClasses(op, r, WEIGHT, SMOOTHING, true)));
  }

  private static Stream<OpCase> probabilityCases(OpMethod op) {
    if (op.takes(Tensor.class, Tensor.class)) {
      return Stream.of(
          ofProbabilities(op, ROWS, Reduction.MEAN),
          ofProbabilities(op, Shape.of(4), Reduction.MEAN));
    }
    if (op.takes(Tensor.class, Tensor.class, Reduction.class)) {
      return Arrays.stream(Reduction.values()).map(r -> ofProbabilities(op, ROWS, r));
    }
    return op.endsWith(LossOptions.class)
        ? Arrays.stream(Reduction.values())
            .map(r -> optionsOfProbabilities(op, r, WEIGHT, SMOOTHING))
        : Stream.empty();
  }

  private static OpCase ofClasses(
      OpMethod op, Shape logits, Shape rows, Reduction reduction, int... classes) {
    Tensor indices = LossCases.classes(rows, classes);
    return new OpCase(
        op,
        logits + " classes " + reduction,
        Samples.of(op.domain(), logits.hashCode()).draw(logits),
        ts -> call(op, ts.get(0), indices, reduction, classes),
        xs -> {
          Grid coefficients = coefficients(logits, classes, null, 0, false);
          return reduce(reduction, logs(op, xs.get(0)), coefficients, classes.length);
        });
  }

  private static Tensor call(
      OpMethod op, Tensor logits, Tensor indices, Reduction reduction, int... classes) {
    if (op.takes(Tensor.class, int[].class)) {
      return op.call(logits, classes);
    }
    if (op.takes(Tensor.class, int[].class, Reduction.class)) {
      return op.call(logits, classes, reduction);
    }
    return op.takes(Tensor.class, Tensor.class)
        ? op.call(logits, indices)
        : op.call(logits, indices, reduction);
  }

  private static OpCase ofProbabilities(OpMethod op, Shape logits, Reduction reduction) {
    int rows = logits.size() / logits.dim(classAxis(logits));
    return new OpCase(
        op,
        logits + " probabilities " + reduction,
        Samples.of(op.domain(), logits.hashCode()).draw(logits, logits),
        ts ->
            op.takes(Tensor.class, Tensor.class)
                ? op.call(ts.get(0), ts.get(1))
                : op.call(ts.get(0), ts.get(1), reduction),
        xs -> reduce(reduction, logs(op, xs.get(0)), xs.get(1), rows));
  }

  private static OpCase optionsOfClasses(
      OpMethod op, Reduction reduction, @Nullable Grid weight, double smoothing, boolean ignore) {
    Grid coefficients = coefficients(ROWS, CLASSES, weight, smoothing, ignore);
    double divisor = 0;
    for (int c : CLASSES) {
      divisor += ignore && c == IGNORED ? 0 : weight == null ? 1 : weight.at(c);
    }
    double rows = divisor;
    return new OpCase(
        op,
        "classes " + reduction + " smoothed " + smoothing + " weighted " + (weight != null),
        Samples.of(op.domain(), 11).draw(ROWS),
        ts -> {
          LossOptions options = options(reduction, weight, smoothing, ts.get(0).dtype());
          return op.call(
              ts.get(0),
              LossCases.classes(Shape.of(3), CLASSES),
              ignore ? options.ignoreIndex(IGNORED) : options);
        },
        xs -> reduce(reduction, logs(op, xs.get(0)), coefficients, rows));
  }

  private static OpCase optionsOfProbabilities(
      OpMethod op, Reduction reduction, Grid weight, double smoothing) {
    return new OpCase(
        op,
        "probabilities " + reduction + " smoothed and weighted",
        Samples.of(op.domain(), 12).draw(ROWS, ROWS),
        ts ->
            op.call(ts.get(0), ts.get(1), options(reduction, weight, smoothing, ts.get(0).dtype())),
        xs -> {
          Grid smoothed = xs.get(1).map(q -> (1 - smoothing) * q + smoothing / 4);
          return reduce(reduction, logs(op, xs.get(0)), smoothed.zip((q, w) -> q * w, weight), 3);
        });
  }

  private static LossOptions options(
      Reduction reduction, @Nullable Grid weight, double smoothing, DType dtype) {
    LossOptions options = LossOptions.of(reduction).labelSmoothing(smoothing);
    return weight == null ? options : options.weight(weight.tensor(dtype));
  }

  /** Returns what each {@code -log p} is multiplied by. */
  private static Grid coefficients(
      Shape logits, int[] classes, @Nullable Grid weight, double smoothing, boolean ignore) {
    int axis = classAxis(logits);
    int count = logits.dim(axis);
    Shape rows = without(axis, logits);
    Grid chosen = Grid.of(rows, Arrays.stream(classes).asDoubleStream().toArray());
    return Grid.generate(
        logits,
        i -> {
          int c = i[axis];
          double wanted = chosen.at(without(axis, i));
          if (ignore && wanted == IGNORED) {
            return 0;
          }
          double q = (1 - smoothing) * (wanted == c ? 1 : 0) + smoothing / count;
          return q * (weight == null ? 1 : weight.at(c));
        });
  }

  /** Returns the logarithms of probabilities, which only the cross-entropy computes itself. */
  private static Grid logs(OpMethod op, Grid predicted) {
    if (op.name().equals("nll")) {
      return predicted;
    }
    return ReductionCases.mapRows(
        predicted,
        classAxis(predicted.shape()),
        v -> {
          double total = Arrays.stream(v).map(Math::exp).sum();
          return Arrays.stream(v).map(z -> Math.log(Math.exp(z) / total)).toArray();
        });
  }

  private static Grid reduce(Reduction reduction, Grid logP, Grid coefficients, double rows) {
    Grid losses =
        ReductionCases.reduce(
            coefficients.zip((q, l) -> -q * l, logP),
            new int[] {classAxis(logP.shape())},
            false,
            v -> Arrays.stream(v).sum());
    return reduction == Reduction.MEAN
        ? LossCases.reduce(Reduction.SUM, losses).map(sum -> sum / rows)
        : LossCases.reduce(reduction, losses);
  }

  private static int classAxis(Shape logits) {
    return logits.rank() == 1 ? 0 : 1;
  }

  private static Shape without(int axis, Shape shape) {
    return Shape.of(without(axis, shape.toArray()));
  }

  private static int[] without(int axis, int... index) {
    return IntStream.range(0, index.length).filter(a -> a != axis).map(a -> index[a]).toArray();
  }
}
