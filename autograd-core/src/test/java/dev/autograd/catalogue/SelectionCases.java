package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Choice by a mask or by limits, and conversion between element types. */
final class SelectionCases {

  private static final List<Shape[]> SHAPES =
      List.of(
          shapes(Shape.SCALAR, Shape.SCALAR, Shape.SCALAR),
          shapes(Shape.of(5), Shape.of(5), Shape.of(5)),
          shapes(Shape.of(2, 3), Shape.SCALAR, Shape.of(3)),
          shapes(Shape.of(2, 1), Shape.of(3), Shape.of(2, 3)),
          shapes(Shape.SCALAR, Shape.of(2, 1), Shape.of(1, 3)),
          shapes(Shape.of(1), Shape.of(1, 1), Shape.SCALAR),
          shapes(Shape.of(2, 2, 2), Shape.of(2), Shape.of(2, 1)),
          shapes(Shape.of(0), Shape.of(1), Shape.of(0)));

  private SelectionCases() {}

  static Stream<OpCase> of(OpMethod op) {
    if (op.name().equals("where") && op.takes(Tensor.class, Tensor.class)) {
      return SHAPES.stream().map(s -> where(op, s));
    }
    if (op.name().equals("where") && op.takes(Tensor.class, double.class)) {
      return SHAPES.stream().map(s -> whereNumber(op, s));
    }
    if (op.name().equals("clamp") && op.takes(Tensor.class, Tensor.class)) {
      return SHAPES.stream().map(s -> clamp(op, s));
    }
    if (op.name().equals("to")) {
      return Stream.of(Shape.SCALAR, Shape.of(2, 3), Shape.of(0))
          .flatMap(shape -> Stream.of(DType.F64, DType.F32).map(target -> to(op, shape, target)));
    }
    return Stream.empty();
  }

  private static OpCase where(OpMethod op, Shape[] shapes) {
    Grid mask = mask(shapes[2]);
    return new OpCase(
        op,
        shapes[0] + " if " + shapes[2] + " else " + shapes[1],
        Samples.of(op.domain(), 1).draw(shapes[0], shapes[1]),
        ts -> op.call(ts.get(0), mask.tensor(DType.BOOL), ts.get(1)),
        xs -> choose(mask, xs.get(0), xs.get(1)));
  }

  private static OpCase whereNumber(OpMethod op, Shape[] shapes) {
    Grid mask = mask(shapes[2]);
    return new OpCase(
        op,
        shapes[0] + " if " + shapes[2] + " else a number",
        Samples.of(op.domain(), 2).draw(shapes[0]),
        ts -> op.call(ts.get(0), mask.tensor(DType.BOOL), 0.75),
        xs -> choose(mask, xs.get(0), Grid.of(Shape.SCALAR, 0.75)));
  }

  /** The limits cross at some places. */
  private static OpCase clamp(OpMethod op, Shape[] shapes) {
    return new OpCase(
        op,
        shapes[0] + " to " + shapes[1] + ", " + shapes[2],
        Samples.of(op.domain(), 4).draw(shapes),
        ts -> op.call(ts.get(0), ts.get(1), ts.get(2)),
        xs -> xs.get(0).zip(Math::max, xs.get(1)).zip(Math::min, xs.get(2)));
  }

  /** To F32 and back to F64 nothing changes but digits that the samples do not have. */
  private static OpCase to(OpMethod op, Shape shape, DType target) {
    return new OpCase(
        op,
        shape + " to " + target,
        Samples.of(op.domain(), 3).draw(shape),
        ts -> op.call(ts.get(0), target),
        xs -> xs.get(0));
  }

  private static Grid choose(Grid mask, Grid a, Grid b) {
    Shape shape = Grid.common(mask.shape(), Grid.common(a.shape(), b.shape()));
    return Grid.generate(shape, i -> mask.repeatedAt(i) != 0 ? a.repeatedAt(i) : b.repeatedAt(i));
  }

  private static Grid mask(Shape shape) {
    return Samples.signed(shape, 7).map(v -> v > 0 ? 1 : 0);
  }

  private static Shape[] shapes(Shape... shapes) {
    return shapes;
  }
}
