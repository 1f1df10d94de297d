package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Operations over a list of tensors. */
final class JoiningCases {

  private JoiningCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "concat" ->
          Stream.of(
              concat(op, 0, Shape.of(2, 3), Shape.of(1, 3), Shape.of(2, 3)),
              concat(op, -1, Shape.of(2, 1), Shape.of(2, 3)),
              concat(op, 1, Shape.of(2, 2, 2), Shape.of(2, 1, 2)),
              concat(op, 0, Shape.of(3)),
              concat(op, 0, Shape.of(1), Shape.of(0), Shape.of(2)),
              concat(op, 0, Shape.of(0, 2), Shape.of(0, 2)));
      case "stack" ->
          Stream.of(
              stack(op, 0, Shape.of(2, 3), 3),
              stack(op, 1, Shape.of(2, 3), 2),
              stack(op, -1, Shape.of(2), 3),
              stack(op, 0, Shape.SCALAR, 3),
              stack(op, 0, Shape.of(1), 1),
              stack(op, 0, Shape.of(0), 2));
      default -> Stream.empty();
    };
  }

  private static OpCase concat(OpMethod op, int axis, Shape... shapes) {
    int at = Math.floorMod(axis, shapes[0].rank());
    return joining(op, axis, xs -> concat(at, xs), shapes);
  }

  private static OpCase stack(OpMethod op, int axis, Shape shape, int count) {
    Shape[] shapes = new Shape[count];
    Arrays.fill(shapes, shape);
    int at = Math.floorMod(axis, shape.rank() + 1);
    return joining(op, axis, xs -> stack(at, xs), shapes);
  }

  private static OpCase joining(
      OpMethod op,
      int axis,
      java.util.function.Function<List<Grid>, Grid> formula,
      Shape... shapes) {
    return new OpCase(
        op,
        Arrays.toString(shapes) + " along " + axis,
        Samples.of(op.domain(), axis).draw(shapes),
        ts ->
            op.takes(int.class, List.class)
                ? op.call(axis, ts)
                : op.call(axis, ts.toArray(Tensor[]::new)),
        formula);
  }

  static Grid concat(int axis, List<Grid> parts) {
    int[] dims = parts.get(0).shape().toArray();
    dims[axis] = parts.stream().mapToInt(part -> part.shape().dim(axis)).sum();
    return Grid.generate(
        Shape.of(dims),
        index -> {
          int[] own = index.clone();
          int part = 0;
          while (own[axis] >= parts.get(part).shape().dim(axis)) {
            own[axis] -= parts.get(part).shape().dim(axis);
            part++;
          }
          return parts.get(part).at(own);
        });
  }

  static Grid stack(int axis, List<Grid> parts) {
    int[] dims = parts.get(0).shape().toArray();
    int[] wider = new int[dims.length + 1];
    System.arraycopy(dims, 0, wider, 0, axis);
    wider[axis] = parts.size();
    System.arraycopy(dims, axis, wider, axis + 1, dims.length - axis);
    return Grid.generate(
        Shape.of(wider),
        index -> {
          int[] own = new int[dims.length];
          System.arraycopy(index, 0, own, 0, axis);
          System.arraycopy(index, axis + 1, own, axis, dims.length - axis);
          return parts.get(index[axis]).at(own);
        });
  }
}
