package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operations that move elements: for each index of the result, the index it is read from. */
final class ShapingCases {

  private ShapingCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "reshape" -> op.takes(int[].class) ? reshapes(op) : reshapesToShape(op);
      case "squeeze" -> squeezes(op);
      case "unsqueeze" -> unsqueezes(op);
      case "permute" -> permutations(op);
      case "transpose" -> op.takes(int.class, int.class) ? exchanges(op) : Stream.empty();
      case "broadcastTo" -> op.takes(int[].class) ? repeats(op) : repeatsToShape(op);
      case "slice" -> op.takes(Slice[].class) ? slices(op) : ranges(op);
      case "select" -> selections(op);
      case "at" -> elements(op);
      case "unstack" -> parts(op);
      default -> Stream.empty();
    };
  }

  /** Returns a case whose result has the same elements in the same order. */
  private static OpCase sameOrder(OpMethod op, Shape from, Shape to, Object... arguments) {
    return new OpCase(
        op,
        from + " by " + Arrays.deepToString(arguments),
        Samples.of(op.domain(), from.hashCode()).draw(from),
        ts -> call(op, ts.get(0), arguments),
        xs -> Grid.of(to, xs.get(0).values()));
  }

  /** Returns a case that reads each element of the result from some index of the operand. */
  static OpCase reading(
      OpMethod op,
      Shape from,
      Shape to,
      ToDoubleBiFunction<Grid, int[]> element,
      Object... arguments) {
    return new OpCase(
        op,
        from + " by " + Arrays.deepToString(arguments),
        Samples.of(op.domain(), from.hashCode()).draw(from),
        ts -> call(op, ts.get(0), arguments),
        xs -> Grid.generate(to, i -> element.applyAsDouble(xs.get(0), i)));
  }

  private static Tensor call(OpMethod op, Tensor receiver, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = receiver;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return op.call(all);
  }

  private static Stream<OpCase> reshapes(OpMethod op) {
    return Stream.of(
        sameOrder(op, Shape.of(2, 3), Shape.of(3, 2), ints(3, 2)),
        sameOrder(op, Shape.of(2, 3), Shape.of(6), ints(-1)),
        sameOrder(op, Shape.of(2, 6), Shape.of(2, 3, 2), ints(2, -1, 2)),
        sameOrder(op, Shape.of(2, 3), Shape.of(2, 3), ints(2, 3)),
        sameOrder(op, Shape.SCALAR, Shape.of(1, 1), ints(1, 1)),
        sameOrder(op, Shape.of(1), Shape.SCALAR, ints()),
        sameOrder(op, Shape.of(0, 2), Shape.of(3, 0), ints(3, 0)));
  }

  private static Stream<OpCase> reshapesToShape(OpMethod op) {
    return Stream.of(
        sameOrder(op, Shape.of(2, 3), Shape.of(6), Shape.of(6)),
        sameOrder(op, Shape.of(1), Shape.SCALAR, Shape.SCALAR),
        sameOrder(op, Shape.of(0), Shape.of(0, 4), Shape.of(0, 4)));
  }

  private static Stream<OpCase> squeezes(OpMethod op) {
    return Stream.of(
        sameOrder(op, Shape.of(1, 3, 1), Shape.of(3), ints()),
        sameOrder(op, Shape.of(1, 3, 1), Shape.of(3, 1), ints(0)),
        sameOrder(op, Shape.of(1, 3, 1), Shape.of(1, 3), ints(-1)),
        sameOrder(op, Shape.of(1, 1), Shape.SCALAR, ints(0, 1)),
        sameOrder(op, Shape.SCALAR, Shape.SCALAR, ints()),
        sameOrder(op, Shape.of(1, 0), Shape.of(0), ints(0)));
  }

  private static Stream<OpCase> unsqueezes(OpMethod op) {
    return Stream.of(
        sameOrder(op, Shape.of(2, 3), Shape.of(1, 2, 3), 0),
        sameOrder(op, Shape.of(2, 3), Shape.of(2, 1, 3), 1),
        sameOrder(op, Shape.of(2, 3), Shape.of(2, 3, 1), -1),
        sameOrder(op, Shape.SCALAR, Shape.of(1), 0),
        sameOrder(op, Shape.of(0), Shape.of(0, 1), 1));
  }

  private static Stream<OpCase> permutations(OpMethod op) {
    return Stream.of(
        reading(
            op,
            Shape.of(2, 3, 4),
            Shape.of(4, 2, 3),
            (x, i) -> x.at(i[1], i[2], i[0]),
            ints(2, 0, 1)),
        reading(
            op,
            Shape.of(2, 3, 4),
            Shape.of(2, 4, 3),
            (x, i) -> x.at(i[0], i[2], i[1]),
            ints(0, -1, -2)),
        reading(op, Shape.of(2, 3), Shape.of(2, 3), (x, i) -> x.at(i), ints(0, 1)),
        reading(op, Shape.of(2, 0), Shape.of(0, 2), (x, i) -> x.at(i[1], i[0]), ints(1, 0)),
        reading(op, Shape.of(1), Shape.of(1), (x, i) -> x.at(i), ints(0)),
        reading(op, Shape.SCALAR, Shape.SCALAR, (x, i) -> x.at(i), ints()));
  }

  private static Stream<OpCase> exchanges(OpMethod op) {
    return Stream.of(
        reading(op, Shape.of(2, 3, 4), Shape.of(4, 3, 2), (x, i) -> x.at(i[2], i[1], i[0]), 0, -1),
        reading(op, Shape.of(2, 3), Shape.of(3, 2), (x, i) -> x.at(i[1], i[0]), 1, 0),
        reading(op, Shape.of(2, 3), Shape.of(2, 3), (x, i) -> x.at(i), 1, 1),
        reading(op, Shape.of(1), Shape.of(1), (x, i) -> x.at(i), 0, 0),
        reading(op, Shape.of(0, 2), Shape.of(2, 0), (x, i) -> x.at(i[1], i[0]), 0, 1));
  }

  private static Stream<OpCase> repeats(OpMethod op) {
    return targets().map(s -> reading(op, s[0], s[1], Grid::repeatedAt, s[1].toArray()));
  }

  private static Stream<OpCase> repeatsToShape(OpMethod op) {
    return targets().map(s -> reading(op, s[0], s[1], Grid::repeatedAt, s[1]));
  }

  private static Stream<Shape[]> targets() {
    return Stream.of(
        new Shape[] {Shape.of(3, 1), Shape.of(2, 3, 2)},
        new Shape[] {Shape.SCALAR, Shape.of(2, 2)},
        new Shape[] {Shape.of(2), Shape.of(2)},
        new Shape[] {Shape.of(1), Shape.of(4)},
        new Shape[] {Shape.of(1, 2), Shape.of(0, 2)},
        new Shape[] {Shape.SCALAR, Shape.SCALAR});
  }

  private static Stream<OpCase> slices(OpMethod op) {
    return Stream.of(
        reading(
            op,
            Shape.of(3, 4),
            Shape.of(2, 2),
            (x, i) -> x.at(i[0] + 1, 2 * i[1]),
            (Object) slices(Slice.from(1), Slice.all().step(2))),
        reading(
            op,
            Shape.of(3, 4),
            Shape.of(4),
            (x, i) -> x.at(2, i[0]),
            (Object) slices(Slice.at(-1))),
        reading(
            op,
            Shape.of(2, 3, 2),
            Shape.of(2, 2),
            (x, i) -> x.at(i[0], i[1], 1),
            (Object) slices(Slice.all(), Slice.to(2), Slice.at(1))),
        reading(
            op,
            Shape.of(5),
            Shape.of(2),
            (x, i) -> x.at(1 + 2 * i[0]),
            (Object) slices(Slice.range(1, -1).step(2))),
        reading(op, Shape.of(2, 2), Shape.of(2, 2), (x, i) -> x.at(i), (Object) slices()),
        reading(op, Shape.of(3), Shape.of(0), (x, i) -> 0, (Object) slices(Slice.range(2, 2))),
        reading(op, Shape.of(1), Shape.SCALAR, (x, i) -> x.at(0), (Object) slices(Slice.at(0))),
        reading(op, Shape.SCALAR, Shape.SCALAR, (x, i) -> x.at(i), (Object) slices()),
        reading(
            op,
            Shape.of(0, 2),
            Shape.of(0, 1),
            (x, i) -> 0,
            (Object) slices(Slice.all(), Slice.from(1))));
  }

  private static Stream<OpCase> ranges(OpMethod op) {
    return Stream.of(
        reading(op, Shape.of(4, 2), Shape.of(2, 2), (x, i) -> x.at(i[0] + 1, i[1]), 0, 1, 3),
        reading(op, Shape.of(2, 4), Shape.of(2, 2), (x, i) -> x.at(i[0], i[1] + 2), -1, -2, 4),
        reading(op, Shape.of(2, 4), Shape.of(2, 0), (x, i) -> 0, 1, 4, 4),
        reading(op, Shape.of(1), Shape.of(1), (x, i) -> x.at(i), 0, 0, 1));
  }

  private static Stream<OpCase> selections(OpMethod op) {
    return Stream.of(
        reading(op, Shape.of(2, 3, 2), Shape.of(2, 2), (x, i) -> x.at(i[0], 2, i[1]), 1, -1),
        reading(op, Shape.of(3), Shape.SCALAR, (x, i) -> x.at(1), 0, 1),
        reading(op, Shape.of(1, 2), Shape.of(2), (x, i) -> x.at(0, i[0]), -2, 0),
        reading(op, Shape.of(2, 0), Shape.of(0), (x, i) -> 0, 0, 1));
  }

  private static Stream<OpCase> elements(OpMethod op) {
    return Stream.of(
        reading(op, Shape.of(2, 3), Shape.SCALAR, (x, i) -> x.at(1, 2), ints(1, -1)),
        reading(op, Shape.of(2, 3), Shape.of(3), (x, i) -> x.at(1, i[0]), ints(1)),
        reading(op, Shape.of(1), Shape.SCALAR, (x, i) -> x.at(0), ints(0)),
        reading(op, Shape.SCALAR, Shape.SCALAR, (x, i) -> x.at(i), ints()));
  }

  /** Each part is a case of its own: the others are then unused outputs. */
  private static Stream<OpCase> parts(OpMethod op) {
    Shape shape = Shape.of(2, 3);
    Stream<OpCase> columns =
        IntStream.range(0, 3)
            .mapToObj(part -> part(op, shape, Shape.of(2), 1, part, (x, i) -> x.at(i[0], part)));
    return Stream.concat(
        columns,
        Stream.of(
            part(op, shape, Shape.of(3), -2, 1, (x, i) -> x.at(1, i[0])),
            part(op, Shape.of(1), Shape.SCALAR, 0, 0, (x, i) -> x.at(0)),
            part(op, Shape.of(2, 0), Shape.of(0), 0, 1, (x, i) -> 0)));
  }

  private static OpCase part(
      OpMethod op,
      Shape from,
      Shape to,
      int axis,
      int part,
      ToDoubleBiFunction<Grid, int[]> element) {
    return new OpCase(
        op,
        from + " along " + axis + ", part " + part,
        Samples.of(op.domain(), 9).draw(from),
        ts -> (Tensor) op.callForList(ts.get(0), axis).get(part),
        xs -> Grid.generate(to, i -> element.applyAsDouble(xs.get(0), i)));
  }

  private static int[] ints(int... values) {
    return values;
  }

  private static Slice[] slices(Slice... slices) {
    return slices;
  }
}
