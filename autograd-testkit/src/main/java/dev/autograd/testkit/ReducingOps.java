package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.numbered;

import dev.autograd.array.Axes;
import java.util.List;

/** Reductions, scans and what works along an axis. */
final class ReducingOps {

  private ReducingOps() {}

  static List<GraphOp> all() {
    return List.of(
        numbered("sum", "a.sum(#)", Fittings.AXES, (a, n) -> a.sum(n)),
        numbered("mean", "a.mean(#)", Fittings.AXES, (a, n) -> a.mean(n)),
        numbered("logSumExp", "a.logSumExp(#)", Fittings.AXES, (a, n) -> a.logSumExp(n)),
        numbered("prod", "a.prod(#)", Fittings.AXES, (a, n) -> a.prod(n)),
        numbered(
            "norm",
            "a.square().add(0.5).norm(#)",
            Fittings.AXES,
            (a, n) -> a.square().add(0.5).norm(n)),
        numbered(
            "cubicNorm",
            "a.square().add(0.5).norm(Axes.of(#), 3)",
            Fittings.AXIS,
            (a, n) -> a.square().add(0.5).norm(Axes.of(n), 3)),
        numbered("var", "a.var(Axes.of(#), 0)", Fittings.AXIS, (a, n) -> a.var(Axes.of(n), 0)),
        numbered("std", "a.std(#)", Fittings.SPREAD_AXIS, (a, n) -> a.std(n)),
        numbered("max", "a.max(#)", Fittings.DISTINCT_AXES, (a, n) -> a.max(n)),
        numbered("min", "a.min(#)", Fittings.DISTINCT_AXES, (a, n) -> a.min(n)),
        numbered(
            "maxSelect", "a.maxSelect(#)", Fittings.DISTINCT_AXIS, (a, n) -> a.maxSelect(n[0])),
        numbered(
            "minSelect", "a.minSelect(#)", Fittings.DISTINCT_AXIS, (a, n) -> a.minSelect(n[0])),
        numbered("cumSum", "a.cumSum(#)", Fittings.AXIS, (a, n) -> a.cumSum(n[0])),
        numbered("cumProd", "a.cumProd(#)", Fittings.AXIS, (a, n) -> a.cumProd(n[0])),
        numbered("softmax", "a.softmax(#)", Fittings.AXIS, (a, n) -> a.softmax(n[0])),
        numbered("logSoftmax", "a.logSoftmax(#)", Fittings.AXIS, (a, n) -> a.logSoftmax(n[0])),
        numbered(
            "center",
            "a.sub(a.mean(Axes.of(#).keep()))",
            Fittings.AXIS,
            (a, n) -> a.sub(a.mean(Axes.of(n).keep()))));
  }
}
