package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Operations that choose elements by indices or masks. */
final class IndexingCases {

  private static final Shape S234 = Shape.of(2, 3, 4);

  private IndexingCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "gather" -> places().map(p -> one(op, p, x -> gathered(x, p.axis, p.index)));
      case "scatterAdd" -> places().map(p -> two(op, p, p.index.shape(), (x, s) -> added(x, p, s)));
      case "scatter" -> places().map(p -> two(op, p, p.index.shape(), (x, s) -> written(x, p, s)));
      case "indexSelect" -> rows().map(p -> one(op, p, x -> selected(x, p.axis, p.index)));
      case "indexAdd" ->
          rows()
              .map(
                  p -> {
                    Shape part = selectedShape(p.shape, p.axis, p.index.shape());
                    return two(op, p, part, (x, s) -> addedRows(x, p, s));
                  });
      case "embedding" -> op.takes(Tensor.class) ? embeddings(op) : paddedEmbeddings(op);
      case "maskedFill" -> masks().map(m -> filled(op, m[0], m[1]));
      case "maskedSelect" -> masks().map(m -> kept(op, m[0], m[1]));
      case "oneHot" -> indicators(op);
      default -> Stream.empty();
    };
  }

  /** A tensor's shape, and where along one of its axes the indices, of some type, point. */
  private record Places(Shape shape, int axis, Grid index, DType type) {

    Tensor tensor() {
      return index.tensor(type);
    }

    int at() {
      return Math.floorMod(axis, shape.rank());
    }

    String label() {
      return shape + " along " + axis + " by " + type + " " + index;
    }
  }

  private static Places at(Shape shape, int axis, DType type, Shape index, double... values) {
    return new Places(shape, axis, Grid.of(index, values), type);
  }

  /** Indices of the tensor's rank: repeating, fewer along other axes, none. */
  private static Stream<Places> places() {
    return Stream.of(
        at(Shape.of(4), 0, DType.I64, Shape.of(3), 0, 2, 2),
        at(Shape.of(2, 3), 1, DType.I32, Shape.of(2, 4), 0, 0, 1, 2, 2, 2, 2, 0),
        at(Shape.of(2, 3), -2, DType.I64, Shape.of(3, 3), 0, 1, 0, 1, 1, 0, 1, 0, 0),
        at(Shape.of(2, 3), -1, DType.I32, Shape.of(1, 2), 2, 1),
        at(S234, 1, DType.I32, Shape.of(2, 2, 3), 2, 0, 1, 1, 1, 1, 0, 0, 2, 0, 0, 2),
        at(Shape.of(1), 0, DType.I32, Shape.of(1), 0),
        at(Shape.of(3), 0, DType.I64, Shape.of(0)),
        at(Shape.of(2, 0), 0, DType.I32, Shape.of(3, 0)));
  }

  private static Stream<Places> rows() {
    return Stream.of(
        at(Shape.of(4), 0, DType.I64, Shape.of(3), 1, 1, 3),
        at(Shape.of(2, 3), 1, DType.I32, Shape.of(2), 0, 0),
        at(S234, 1, DType.I32, Shape.of(4), 2, 0, 2, 1),
        at(S234, -3, DType.I64, Shape.of(3), 1, 0, 1),
        at(S234, 1, DType.I64, Shape.of(2, 2), 0, 2, 2, 2),
        at(S234, 2, DType.I32, Shape.SCALAR, 3),
        at(Shape.of(1), 0, DType.I32, Shape.of(1), 0),
        at(Shape.of(3), 0, DType.I32, Shape.of(0)),
        at(Shape.of(2, 0), 0, DType.I32, Shape.of(3), 1, 1, 0));
  }

  private static OpCase one(OpMethod op, Places p, UnaryOperator<Grid> formula) {
    return new OpCase(
        op,
        p.label(),
        Samples.of(op.domain(), 5).draw(p.shape),
        ts -> op.call(ts.get(0), p.axis, p.tensor()),
        xs -> formula.apply(xs.get(0)));
  }

  private static OpCase two(OpMethod op, Places p, Shape source, BinaryOperator<Grid> formula) {
    return new OpCase(
        op,
        p.label(),
        Samples.of(op.domain(), 6).draw(p.shape, source),
        ts -> op.call(ts.get(0), p.axis, p.tensor(), ts.get(1)),
        xs -> formula.apply(xs.get(0), xs.get(1)));
  }

  static Grid gathered(Grid x, int axis, Grid index) {
    int at = Math.floorMod(axis, x.shape().rank());
    return Grid.generate(index.shape(), i -> x.at(pointed(i, at, index)));
  }

  private static int[] pointed(int[] i, int axis, Grid index) {
    int[] place = i.clone();
    place[axis] = (int) index.at(i);
    return place;
  }

  /** Returns every index of a shape, in row-major order. */
  private static List<int[]> all(Shape shape) {
    List<int[]> all = new ArrayList<>();
    Grid.generate(
        shape,
        i -> {
          all.add(i);
          return 0;
        });
    return all;
  }

  private static Grid added(Grid x, Places p, Grid source) {
    return scatterAdded(x, p.at(), p.index, source);
  }

  static Grid scatterAdded(Grid x, int axis, Grid index, Grid source) {
    List<int[]> readers = all(index.shape());
    return Grid.generate(
        x.shape(),
        place ->
            x.at(place)
                + readers.stream()
                    .filter(i -> Arrays.equals(pointed(i, axis, index), place))
                    .mapToDouble(source::at)
                    .sum());
  }

  private static Grid written(Grid x, Places p, Grid source) {
    List<int[]> writers = all(p.index.shape());
    return Grid.generate(
        x.shape(),
        place ->
            writers.stream()
                .filter(i -> Arrays.equals(pointed(i, p.at(), p.index), place))
                .mapToDouble(source::at)
                .reduce(x.at(place), (before, written) -> written));
  }

  private static Shape selectedShape(Shape shape, int axis, Shape index) {
    int at = Math.floorMod(axis, shape.rank());
    List<Integer> dims = new ArrayList<>();
    for (int k = 0; k < shape.rank(); k++) {
      if (k == at) {
        Arrays.stream(index.toArray()).forEach(dims::add);
      } else {
        dims.add(shape.dim(k));
      }
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  static Grid selected(Grid x, int axis, Grid index) {
    int at = Math.floorMod(axis, x.shape().rank());
    Shape shape = selectedShape(x.shape(), axis, index.shape());
    return Grid.generate(shape, i -> x.at(row(i, at, index)));
  }

  /** Returns the place that an index of the selection stands for. */
  private static int[] row(int[] i, int axis, Grid index) {
    int rank = index.shape().rank();
    int[] place = new int[i.length - rank + 1];
    System.arraycopy(i, 0, place, 0, axis);
    place[axis] = (int) index.at(Arrays.copyOfRange(i, axis, axis + rank));
    System.arraycopy(i, axis + rank, place, axis + 1, place.length - axis - 1);
    return place;
  }

  private static Grid addedRows(Grid x, Places p, Grid source) {
    List<int[]> readers = all(source.shape());
    return Grid.generate(
        x.shape(),
        place ->
            x.at(place)
                + readers.stream()
                    .filter(i -> Arrays.equals(row(i, p.at(), p.index), place))
                    .mapToDouble(source::at)
                    .sum());
  }

  private static Stream<OpCase> embeddings(OpMethod op) {
    return Stream.of(
            at(Shape.of(4, 3), 0, DType.I64, Shape.of(2), 0, 3),
            at(Shape.of(3, 2), 0, DType.I32, Shape.of(2, 2), 0, 2, 2, 1),
            at(Shape.of(1, 1), 0, DType.I32, Shape.of(1), 0),
            at(Shape.of(5, 2), 0, DType.I32, Shape.SCALAR, 4),
            at(Shape.of(3, 2), 0, DType.I64, Shape.of(0)))
        .map(
            p ->
                new OpCase(
                    op,
                    p.label(),
                    Samples.of(op.domain(), 7).draw(p.shape),
                    ts -> op.call(ts.get(0), p.tensor()),
                    xs -> selected(xs.get(0), 0, p.index)));
  }

  /** Without the padding among the indices, whose gradient is no slope of the value. */
  private static Stream<OpCase> paddedEmbeddings(OpMethod op) {
    return Stream.of(
            at(Shape.of(4, 3), 0, DType.I64, Shape.of(3), 0, 3, 3),
            at(Shape.of(3, 2), 0, DType.I32, Shape.SCALAR, 2),
            at(Shape.of(2, 1), 0, DType.I64, Shape.of(0)))
        .map(
            p ->
                new OpCase(
                    op,
                    p.label(),
                    Samples.of(op.domain(), 7).draw(p.shape),
                    ts -> op.call(ts.get(0), p.tensor(), 1),
                    xs -> selected(xs.get(0), 0, p.index)));
  }

  private static Stream<Shape[]> masks() {
    return Stream.of(
        shapes(Shape.of(5), Shape.of(5)),
        shapes(Shape.of(2, 3), Shape.of(3)),
        shapes(Shape.of(2, 1), Shape.of(1, 3)),
        shapes(Shape.of(3), Shape.of(2, 3)),
        shapes(S234, Shape.SCALAR),
        shapes(Shape.of(1), Shape.of(1)),
        shapes(Shape.SCALAR, Shape.SCALAR),
        shapes(Shape.SCALAR, Shape.of(3)),
        shapes(Shape.of(0), Shape.of(1)));
  }

  private static Shape[] shapes(Shape... shapes) {
    return shapes;
  }

  private static Grid mask(Shape shape) {
    return Samples.signed(shape, 3).map(v -> v > 0 ? 1 : 0);
  }

  private static OpCase filled(OpMethod op, Shape shape, Shape by) {
    Grid mask = mask(by);
    return new OpCase(
        op,
        shape + " by " + mask,
        Samples.of(op.domain(), 8).draw(shape),
        ts -> op.call(ts.get(0), mask.tensor(DType.BOOL), 0.25),
        xs -> xs.get(0).zip((x, m) -> m != 0 ? 0.25 : x, mask));
  }

  private static OpCase kept(OpMethod op, Shape shape, Shape by) {
    Grid mask = mask(by);
    List<int[]> chosen =
        all(Grid.common(shape, by)).stream().filter(i -> mask.repeatedAt(i) != 0).toList();
    return new OpCase(
        op,
        shape + " by " + mask,
        Samples.of(op.domain(), 8).draw(shape),
        ts -> op.call(ts.get(0), mask.tensor(DType.BOOL)),
        xs -> Grid.generate(Shape.of(chosen.size()), i -> xs.get(0).repeatedAt(chosen.get(i[0]))));
  }

  private static Stream<OpCase> indicators(OpMethod op) {
    return Stream.of(DType.values())
        .flatMap(
            dtype ->
                Stream.of(
                    indicator(op, dtype, 4, Grid.of(Shape.of(2, 3), 0, 3, 1, 2, 2, 0)),
                    indicator(op, dtype, 2, Grid.of(Shape.SCALAR, 1)),
                    indicator(op, dtype, 1, Grid.of(Shape.of(1), 0)),
                    indicator(op, dtype, 0, Grid.of(Shape.of(0)))));
  }

  private static OpCase indicator(OpMethod op, DType dtype, int classes, Grid index) {
    int[] dims = Arrays.copyOf(index.shape().toArray(), index.shape().rank() + 1);
    dims[dims.length - 1] = classes;
    return new OpCase(
        op,
        index + " in " + dtype,
        List.of(index),
        ts -> op.call(ts.get(0).to(DType.I32), dtype, classes),
        xs ->
            Grid.generate(
                Shape.of(dims),
                i -> xs.get(0).at(Arrays.copyOf(i, i.length - 1)) == i[i.length - 1] ? 1 : 0));
  }

  static DType typeOfOneHot(OpCase c) {
    return DType.valueOf(c.label().substring(c.label().lastIndexOf(' ') + 1));
  }
}
