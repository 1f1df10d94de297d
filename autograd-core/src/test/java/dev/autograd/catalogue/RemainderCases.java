package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Remainders of numbers that are not close to a multiple of their divisor, where they jump. */
final class RemainderCases {

  private static final double MARGIN = 0.05;

  private static final List<Shape> SHAPES =
      List.of(Shape.SCALAR, Shape.of(1), Shape.of(5), Shape.of(2, 3), Shape.of(0));

  private static final List<Shape[]> PAIRS =
      List.of(
          pair(Shape.SCALAR, Shape.SCALAR),
          pair(Shape.of(5), Shape.SCALAR),
          pair(Shape.SCALAR, Shape.of(5)),
          pair(Shape.of(2, 3), Shape.of(2, 3)),
          pair(Shape.of(2, 1), Shape.of(3)),
          pair(Shape.of(0), Shape.of(1)));

  private static final double[] DIVISORS = {-1.5, 0.5, 2};

  private RemainderCases() {}

  static Stream<OpCase> of(OpMethod op) {
    if (!op.name().equals("remainder")) {
      return Stream.empty();
    }
    return op.takes(Tensor.class)
        ? PAIRS.stream().map(shapes -> binary(op, shapes))
        : SHAPES.stream()
            .flatMap(
                shape ->
                    Arrays.stream(DIVISORS).mapToObj(divisor -> withNumber(op, shape, divisor)));
  }

  private static OpCase binary(OpMethod op, Shape[] shapes) {
    return new OpCase(
        op,
        shapes[0] + " by " + shapes[1],
        operands(op, List.of(), shapes),
        ts -> op.call(ts.get(0), ts.get(1)),
        xs -> xs.get(0).zip(RemainderCases::remainder, xs.get(1)));
  }

  private static OpCase withNumber(OpMethod op, Shape shape, double divisor) {
    return new OpCase(
        op,
        shape + " by " + divisor,
        operands(op, List.of(Grid.of(Shape.SCALAR, divisor)), shape),
        ts -> op.call(ts.get(0), divisor),
        xs -> xs.get(0).map(x -> remainder(x, divisor)));
  }

  private static double remainder(double a, double b) {
    return a - b * Math.floor(a / b);
  }

  /** Returns the first draw whose quotients all keep away from integers. */
  private static List<Grid> operands(OpMethod op, List<Grid> constants, Shape... shapes) {
    return IntStream.range(0, 10_000)
        .mapToObj(seed -> Samples.of(op.domain(), seed).draw(shapes))
        .filter(
            drawn -> {
              Grid divisor = constants.isEmpty() ? drawn.get(1) : constants.get(0);
              return Arrays.stream(drawn.get(0).zip((a, b) -> a / b, divisor).values())
                  .allMatch(quotient -> Math.abs(quotient - Math.rint(quotient)) > MARGIN);
            })
        .findFirst()
        .orElseThrow();
  }

  private static Shape[] pair(Shape left, Shape right) {
    return new Shape[] {left, right};
  }
}
