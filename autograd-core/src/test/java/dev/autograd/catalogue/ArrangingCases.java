package dev.autograd.catalogue;

import static dev.autograd.catalogue.ShapingCases.reading;

import dev.autograd.PadMode;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operations that turn round, move, repeat, border and deal out. */
final class ArrangingCases {

  private static final Shape S234 = Shape.of(2, 3, 4);

  private ArrangingCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "flip" -> flips(op);
      case "roll" -> rolls(op);
      case "tile" -> tiles(op);
      case "repeat" -> repeats(op);
      case "pad" ->
          op.takes(int.class, int.class, int.class)
              ? zeroBorders(op)
              : op.takes(double.class, int[][].class) ? numberBorders(op) : ownBorders(op);
      case "split" -> op.takes(int.class, int.class) ? equalParts(op) : givenParts(op);
      default -> Stream.empty();
    };
  }

  private static Stream<OpCase> flips(OpMethod op) {
    return Stream.of(
        reading(op, S234, S234, (x, i) -> x.at(i[0], 2 - i[1], i[2]), ints(1)),
        reading(op, S234, S234, (x, i) -> x.at(1 - i[0], i[1], 3 - i[2]), ints(-1, 0)),
        reading(op, S234, S234, (x, i) -> x.at(1 - i[0], 2 - i[1], 3 - i[2]), ints()),
        reading(op, Shape.of(5), Shape.of(5), (x, i) -> x.at(4 - i[0]), ints(0)),
        reading(op, Shape.of(1), Shape.of(1), (x, i) -> x.at(i), ints(0)),
        reading(op, Shape.SCALAR, Shape.SCALAR, (x, i) -> x.at(i), ints()),
        reading(op, Shape.of(2, 0), Shape.of(2, 0), (x, i) -> 0, ints(0, 1)));
  }

  private static Stream<OpCase> rolls(OpMethod op) {
    return Stream.of(
        reading(op, S234, S234, (x, i) -> x.at(i[0], (i[1] + 2) % 3, i[2]), 1, 1),
        reading(op, S234, S234, (x, i) -> x.at(i[0], i[1], (i[2] + 3) % 4), -1, -3),
        reading(op, S234, S234, (x, i) -> x.at(1 - i[0], i[1], i[2]), 0, 5),
        reading(op, Shape.of(5), Shape.of(5), (x, i) -> x.at((i[0] + 2) % 5), 0, -7),
        reading(op, Shape.of(3), Shape.of(3), (x, i) -> x.at(i), 0, 0),
        reading(op, Shape.of(1), Shape.of(1), (x, i) -> x.at(i), 0, 1),
        reading(op, Shape.of(2, 0), Shape.of(2, 0), (x, i) -> 0, 1, 3));
  }

  private static Stream<OpCase> tiles(OpMethod op) {
    return Stream.of(
        reading(op, Shape.of(2, 3), Shape.of(4, 3), (x, i) -> x.at(i[0] % 2, i[1]), ints(2, 1)),
        reading(op, Shape.of(2, 3), Shape.of(2, 6), (x, i) -> x.at(i[0], i[1] % 3), ints(2)),
        reading(op, Shape.of(2, 1), Shape.of(3, 4, 2), (x, i) -> x.at(i[1] % 2, 0), ints(3, 2, 2)),
        reading(op, Shape.of(3), Shape.of(3), (x, i) -> x.at(i), ints()),
        reading(op, Shape.of(1), Shape.of(1), (x, i) -> x.at(i), ints(1)),
        reading(op, Shape.SCALAR, Shape.of(2, 2), (x, i) -> x.at(), ints(2, 2)),
        reading(op, Shape.SCALAR, Shape.SCALAR, (x, i) -> x.at(), ints()),
        reading(op, Shape.of(2), Shape.of(0), (x, i) -> 0, ints(0)),
        reading(op, Shape.of(0, 2), Shape.of(0, 4), (x, i) -> 0, ints(3, 2)));
  }

  private static Stream<OpCase> repeats(OpMethod op) {
    return Stream.of(
        reading(op, S234, Shape.of(2, 6, 4), (x, i) -> x.at(i[0], i[1] / 2, i[2]), 1, 2),
        reading(op, Shape.of(2, 3), Shape.of(2, 9), (x, i) -> x.at(i[0], i[1] / 3), -1, 3),
        reading(op, Shape.of(3), Shape.of(6), (x, i) -> x.at(i[0] / 2), 0, 2),
        reading(op, Shape.of(1), Shape.of(4), (x, i) -> x.at(0), 0, 4),
        reading(op, Shape.of(2), Shape.of(2), (x, i) -> x.at(i), 0, 1),
        reading(op, Shape.of(2), Shape.of(0), (x, i) -> 0, 0, 0),
        reading(op, Shape.of(0, 2), Shape.of(0, 6), (x, i) -> 0, 1, 3));
  }

  private static Stream<OpCase> zeroBorders(OpMethod op) {
    return Stream.of(
        border(op, Shape.of(2, 3), 0, new int[][] {{0, 0}, {1, 2}}, 1, 1, 2),
        border(op, Shape.of(2, 3), 0, new int[][] {{2, 0}, {0, 0}}, -2, 2, 0),
        border(op, Shape.of(3), 0, new int[][] {{0, 0}}, 0, 0, 0),
        border(op, Shape.of(1), 0, new int[][] {{1, 1}}, 0, 1, 1),
        border(op, Shape.of(0, 2), 0, new int[][] {{1, 1}, {0, 0}}, 0, 1, 1));
  }

  private static Stream<OpCase> numberBorders(OpMethod op) {
    return Stream.of(
            new Object[] {Shape.of(2, 3), new int[][] {{1, 0}, {0, 2}}},
            new Object[] {S234, new int[][] {{0, 1}, {0, 0}, {2, 1}}},
            new Object[] {Shape.of(3), new int[][] {{2, 2}}},
            new Object[] {Shape.SCALAR, new int[][] {}},
            new Object[] {Shape.of(0), new int[][] {{1, 2}}})
        .map(c -> border(op, (Shape) c[0], -1.5, (int[][]) c[1], -1.5, c[1]));
  }

  private static OpCase border(
      OpMethod op, Shape from, double value, int[][] widths, Object... arguments) {
    return reading(
        op,
        from,
        bordered(from, widths),
        (x, i) -> {
          int[] own = inside(i, widths);
          boolean holds =
              IntStream.range(0, own.length).allMatch(k -> own[k] >= 0 && own[k] < from.dim(k));
          return holds ? x.at(own) : value;
        },
        arguments);
  }

  private static Stream<OpCase> ownBorders(OpMethod op) {
    return Stream.of(
        continued(op, PadMode.REFLECT, Shape.of(4), new int[][] {{3, 2}}),
        continued(op, PadMode.REFLECT, Shape.of(2, 3), new int[][] {{1, 0}, {2, 1}}),
        continued(op, PadMode.REFLECT, S234, new int[][] {{0, 0}, {1, 1}, {0, 3}}),
        continued(op, PadMode.REFLECT, Shape.of(1, 2), new int[][] {{0, 0}, {1, 1}}),
        continued(op, PadMode.REPLICATE, Shape.of(3), new int[][] {{2, 4}}),
        continued(op, PadMode.REPLICATE, Shape.of(2, 3), new int[][] {{1, 2}, {0, 1}}),
        continued(op, PadMode.REPLICATE, Shape.of(1), new int[][] {{2, 0}}),
        continued(op, PadMode.REPLICATE, Shape.of(2, 0), new int[][] {{1, 1}, {0, 0}}),
        continued(op, PadMode.REFLECT, Shape.SCALAR, new int[][] {}));
  }

  private static OpCase continued(OpMethod op, PadMode mode, Shape from, int[][] widths) {
    return reading(
        op,
        from,
        bordered(from, widths),
        (x, i) -> {
          int[] own = inside(i, widths);
          for (int k = 0; k < own.length; k++) {
            // Walks in from the border one step at a time, at the ends either back or on the spot.
            int last = from.dim(k) - 1;
            if (mode == PadMode.REFLECT) {
              own[k] = own[k] < 0 ? -own[k] : own[k] > last ? last - (own[k] - last) : own[k];
            } else {
              own[k] = own[k] < 0 ? 0 : Math.min(own[k], last);
            }
          }
          return x.at(own);
        },
        mode,
        widths);
  }

  private static Shape bordered(Shape from, int[][] widths) {
    int[] dims = from.toArray();
    Arrays.setAll(dims, k -> dims[k] + widths[k][0] + widths[k][1]);
    return Shape.of(dims);
  }

  private static int[] inside(int[] index, int[][] widths) {
    int[] own = index.clone();
    Arrays.setAll(own, k -> index[k] - widths[k][0]);
    return own;
  }

  private static Stream<OpCase> equalParts(OpMethod op) {
    return Stream.of(
        part(op, Shape.of(5, 2), 0, 0, 2, 0, 2),
        part(op, Shape.of(5, 2), 0, 4, 5, 2, 2),
        part(op, Shape.of(2, 4), -1, 2, 4, 1, 2),
        part(op, Shape.of(3), 0, 0, 3, 0, 7),
        part(op, Shape.of(1), 0, 0, 1, 0, 1),
        part(op, Shape.of(0, 2), 0, 0, 0, 0, 1));
  }

  private static Stream<OpCase> givenParts(OpMethod op) {
    return Stream.of(
        part(op, Shape.of(5, 2), 0, 1, 4, 1, ints(1, 3, 1)),
        part(op, Shape.of(2, 4), 1, 3, 3, 1, ints(3, 0, 1)),
        part(op, Shape.of(3), -1, 0, 3, 0, ints(3)),
        part(op, Shape.of(0), 0, 0, 0, 0, ints(0)));
  }

  /** Returns a case whose result is one of the parts, that from one index to another. */
  private static OpCase part(
      OpMethod op, Shape shape, int axis, int from, int to, int part, Object sizes) {
    int at = Math.floorMod(axis, shape.rank());
    return new OpCase(
        op,
        shape
            + " along "
            + axis
            + " by "
            + Arrays.deepToString(new Object[] {sizes})
            + ", part "
            + part,
        Samples.of(op.domain(), 11).draw(shape),
        ts -> (Tensor) op.callForList(ts.get(0), axis, sizes).get(part),
        xs -> GraphFormula.part(xs.get(0), at, from, to, 1));
  }

  private static int[] ints(int... values) {
    return values;
  }
}
