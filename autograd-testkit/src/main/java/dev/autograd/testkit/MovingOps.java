package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.numbered;
import static dev.autograd.testkit.GraphOp.unary;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Slice;
import java.util.Arrays;
import java.util.List;

/** What moves, chooses and joins elements. */
final class MovingOps {

  private MovingOps() {}

  static List<GraphOp> all() {
    return List.of(
        unary("flatten", "a.reshape(-1)", a -> a.reshape(-1)),
        unary("squeeze", "a.squeeze()", a -> a.squeeze()),
        numbered("unsqueeze", "a.unsqueeze(#)", Fittings.NEW_AXIS, (a, n) -> a.unsqueeze(n[0])),
        numbered("permute", "a.permute(#)", Fittings.ORDER, (a, n) -> a.permute(n)),
        numbered("select", "a.select(#)", Fittings.INDEX, (a, n) -> a.select(n[0], n[1])),
        numbered("slice", "a.slice(#)", Fittings.RANGE, (a, n) -> a.slice(n[0], n[1], n[2])),
        numbered(
            "everySecond",
            "a.slice(Slice.all().step(2))",
            Fittings.AXIS,
            (a, n) -> a.slice(Slice.all().step(2))),
        numbered(
            "broadcastTo", "a.broadcastTo(#)", Fittings.LARGER_SHAPE, (a, n) -> a.broadcastTo(n)),
        GraphOp.of(
            "concat",
            "Tensor.concat(#, a, b, a)",
            Fittings.ALIKE,
            (t, n) -> Tensor.concat(n[0], t.get(0), t.get(1), t.get(0))),
        GraphOp.of(
            "stack", "Tensor.stack(#, a, b)", Fittings.ALIKE, (t, n) -> Tensor.stack(n[0], t)),
        numbered("flip", "a.flip(#)", Fittings.AXES, (a, n) -> a.flip(n)),
        numbered("roll", "a.roll(#)", Fittings.INDEX, (a, n) -> a.roll(n[0], n[1])),
        numbered("pad", "a.pad(#, 1, 1)", Fittings.GROWING_AXIS, (a, n) -> a.pad(n[0], 1, 1)),
        numbered("repeat", "a.repeat(#, 2)", Fittings.GROWING_AXIS, (a, n) -> a.repeat(n[0], 2)),
        numbered(
            "tile",
            "a.tile(2)",
            Fitting.one(a -> a.rank() == 1 && 3 * a.size() <= Fitting.LARGEST),
            (a, n) -> a.tile(2)),
        numbered("split", "a.split(#, 1).get(0)", Fittings.AXIS, (a, n) -> a.split(n[0], 1).get(0)),
        numbered(
            "restack",
            "Tensor.stack(-1, a.unstack(#))",
            Fittings.AXIS,
            (a, n) -> Tensor.stack(-1, a.unstack(n[0]))),
        numbered(
            "indexSelect",
            "a.indexSelect(#, Tensor.indices(0, 0))",
            Fittings.GROWING_AXIS,
            (a, n) -> a.indexSelect(n[0], Tensor.indices(0, 0))),
        numbered(
            "gather",
            "a.gather(#, a.ne(a).to(DType.I32))",
            Fittings.AXIS,
            (a, n) -> a.gather(n[0], a.ne(a).to(DType.I32))),
        GraphOp.of(
            "scatterAdd",
            "a.scatterAdd(#, a.ne(a).to(DType.I32), b)",
            Fittings.ALIKE,
            (t, n) -> t.get(0).scatterAdd(n[0], zeros(t.get(0)), t.get(1))),
        GraphOp.of(
            "scatter",
            "a.scatter(0, a.ne(a).to(DType.I32).slice(0, 0, 1), b.slice(0, 0, 1))",
            Fittings.TWINS,
            (t, n) -> t.get(0).scatter(0, zeros(t.get(0)).slice(0, 0, 1), t.get(1).slice(0, 0, 1))),
        GraphOp.of(
            "indexAdd",
            "a.indexAdd(0, Tensor.arange(DType.I64, a.shape().dim(0)), b)",
            Fittings.TWINS,
            (t, n) ->
                t.get(0).indexAdd(0, Tensor.arange(DType.I64, t.get(0).shape().dim(0)), t.get(1))),
        numbered(
            "embedding",
            "a.embedding(Tensor.indices(0, 0, 1))",
            Fitting.one(
                a -> a.rank() == 2 && a.shape().dim(0) > 1 && 3 * a.size() <= Fitting.LARGEST),
            (a, n) -> a.embedding(Tensor.indices(0, 0, 1))),
        unary("maskedFill", "a.maskedFill(a.gt(0), 0.5)", a -> a.maskedFill(a.gt(0), 0.5))
            .kinkedAt(0),
        numbered(
                "maskedSelect",
                "a.maskedSelect(a.gt(0))",
                Fitting.one(a -> Arrays.stream(a.toDoubleArray()).anyMatch(x -> x > 0)),
                (a, n) -> a.maskedSelect(a.gt(0)))
            .kinkedAt(0));
  }

  /** Returns an index 0 per element. */
  private static Tensor zeros(Tensor a) {
    return a.ne(a).to(DType.I32);
  }
}
