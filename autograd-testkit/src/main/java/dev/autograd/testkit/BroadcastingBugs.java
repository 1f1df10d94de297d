package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.BROADCASTING;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.opOfList;

import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.BinaryOperator;

/** Bugs where operands are repeated to a common shape, or an axis has size 1 or 0. */
final class BroadcastingBugs {

  private static final Tensor X = normal(51, 3, 4);
  private static final BinaryOperator<Tensor> BIAS =
      op((x, b) -> x.add(b), (g, x, b) -> g, (g, x, b) -> g.sum(0));
  private static final BinaryOperator<Tensor> OUTER_SUM =
      op(
          (a, b) -> a.add(b),
          (g, a, b) -> g.sum(Axes.of(0).keep()),
          (g, a, b) -> g.sum(Axes.of(1).keep()));
  private static final BinaryOperator<Tensor> PENALISED =
      op(
          (x, w) -> x.matmul(w).sum().add(w.square().sum()),
          (g, x, w) -> w.mul(g).broadcastTo(x.shape()),
          (g, x, w) -> x.sum(0).add(w.mul(2)).mul(g));

  private BroadcastingBugs() {}

  private static Tensor soft(Tensor g, Tensor x) {
    Tensor y = x.softmax(1);
    return y.mul(g.sub(g.mul(y).sum(Axes.of(1).keep())));
  }

  static List<PlantedBug> all() {
    return List.of(
        BROADCASTING.bug(
            "sum over rows forgotten",
            "takes the first row instead of the sum",
            op((x, b) -> x.add(b), (g, x, b) -> g, (g, x, b) -> g.select(0, 0)),
            BIAS,
            X,
            normal(52, 4)),
        BROADCASTING.bug(
            "mean over rows",
            "takes the mean instead of the sum",
            op((x, b) -> x.add(b), (g, x, b) -> g, (g, x, b) -> g.mean(0)),
            BIAS,
            X,
            normal(52, 4)),
        BROADCASTING.bug(
            "sum over the other axis",
            "sums a square gradient over the wrong axis",
            op((x, b) -> x.add(b), (g, x, b) -> g, (g, x, b) -> g.sum(1)),
            BIAS,
            normal(53, 3, 3),
            normal(54, 3)),
        BROADCASTING.bug(
            "one of two sums",
            "sums over one of two repeated axes and takes the first place of the other",
            op((x, b) -> x.add(b), (g, x, b) -> g, (g, x, b) -> g.sum(0).select(0, 0)),
            op((x, b) -> x.add(b), (g, x, b) -> g, (g, x, b) -> g.sum(0, 1)),
            normal(55, 2, 3, 4),
            normal(56, 4)),
        BROADCASTING.bug(
            "scalar factor",
            "takes one element instead of the sum",
            op((x, s) -> x.mul(s), (g, x, s) -> g.mul(s), (g, x, s) -> g.mul(x).at(0, 0)),
            op((x, s) -> x.mul(s), (g, x, s) -> g.mul(s), (g, x, s) -> g.mul(x).sum()),
            X,
            Tensor.scalar(0.7)),
        BROADCASTING.bug(
            "scalar factor without the other",
            "sums the upstream gradient without its factor",
            op((x, s) -> x.mul(s), (g, x, s) -> g.mul(s), (g, x, s) -> g.sum()),
            op((x, s) -> x.mul(s), (g, x, s) -> g.mul(s), (g, x, s) -> g.mul(x).sum()),
            X,
            Tensor.scalar(0.7)),
        BROADCASTING.bug(
            "column",
            "takes the last column instead of the sum",
            op((x, c) -> x.mul(c), (g, x, c) -> g.mul(c), (g, x, c) -> g.mul(x).slice(1, 3, 4)),
            op(
                (x, c) -> x.mul(c),
                (g, x, c) -> g.mul(c),
                (g, x, c) -> g.mul(x).sum(Axes.of(1).keep())),
            X,
            normal(57, 3, 1)),
        BROADCASTING.bug(
            "row plus column",
            "exchanges the axes of the two sums",
            op(
                (a, b) -> a.add(b),
                (g, a, b) -> g.sum(Axes.of(1).keep()).transpose(),
                (g, a, b) -> g.sum(Axes.of(0).keep()).transpose()),
            OUTER_SUM,
            normal(58, 1, 3),
            normal(59, 3, 1)),
        BROADCASTING.bug(
            "subtrahend repeated",
            "sums without the minus",
            op((x, b) -> x.sub(b), (g, x, b) -> g, (g, x, b) -> g.sum(0)),
            op((x, b) -> x.sub(b), (g, x, b) -> g, (g, x, b) -> g.sum(0).neg()),
            X,
            normal(52, 4)),
        BROADCASTING.bug(
            "repeated by hand",
            "takes the first copy",
            op(x -> x.broadcastTo(3, 4), (g, x) -> g.select(0, 0)),
            op(x -> x.broadcastTo(3, 4), (g, x) -> g.sum(0)),
            normal(60, 4)),
        BROADCASTING.bug(
            "doubled at size 1",
            "is wrong when the first axis has size 1 only",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(x.shape().dim(0) == 1 ? 2 : 1)),
            op(x -> x.sin(), (g, x) -> g.mul(x.cos())),
            normal(61, 1, 3)),
        BROADCASTING.bug(
            "size 1 taken for repeated",
            "takes every axis of size 1 for a repeated one and averages over it",
            op(
                (x, b) -> x.mul(b),
                (g, x, b) -> g.mul(b).mean(Axes.of(1).keep()),
                (g, x, b) -> g.mul(x)),
            op(
                (x, b) -> x.mul(b),
                (g, x, b) -> g.mul(b).sum(Axes.of(1).keep()),
                (g, x, b) -> g.mul(x)),
            normal(62, 3, 1),
            normal(63, 3, 4)),
        BROADCASTING.bug(
            "softmax of one",
            "is wrong when the axis has size 1 only: the slope is 1 instead of 0",
            op(x -> x.softmax(1), (g, x) -> x.shape().dim(1) == 1 ? g : soft(g, x)),
            op(x -> x.softmax(1), (g, x) -> soft(g, x)),
            normal(64, 3, 1)),
        BROADCASTING.bug(
            "mean of one",
            "is wrong when the axis has size 1 only: divides by 2 at least",
            op(x -> x.mean(1), (g, x) -> g.unsqueeze(1).div(2)),
            op(x -> x.mean(1), (g, x) -> g.unsqueeze(1).div(x.shape().dim(1))),
            normal(65, 3, 1)),
        BROADCASTING.bug(
            "nothing joined in front",
            "starts one place late when the part before has no elements",
            op(
                (a, b) -> Tensor.concat(0, a, b),
                (g, a, b) -> g.slice(0, 0, a.size()),
                (g, a, b) -> g.roll(0, -Math.max(1, a.size()))),
            op(
                (a, b) -> Tensor.concat(0, a, b),
                (g, a, b) -> g.slice(0, 0, a.size()),
                (g, a, b) -> g.slice(0, a.size(), g.size())),
            Tensor.zeros(DType.F64, 0),
            normal(67, 3)),
        BROADCASTING.bug(
            "sum of nothing",
            "multiplies by the number of rows summed, which is 0",
            op(
                (a, b) -> a.sum(0).add(b),
                (g, a, b) -> g.broadcastTo(a.shape()),
                (g, a, b) -> g.mul(a.shape().dim(0))),
            op((a, b) -> a.sum(0).add(b), (g, a, b) -> g.broadcastTo(a.shape()), (g, a, b) -> g),
            Tensor.zeros(DType.F64, 0, 3),
            normal(68, 3)),
        BROADCASTING.bug(
            "early return for nothing",
            "returns 0 for an empty batch, though a penalty remains",
            op(
                (x, w) -> x.matmul(w).sum().add(w.square().sum()),
                (g, x, w) -> w.mul(g).broadcastTo(x.shape()),
                (g, x, w) -> x.size() == 0 ? w.mul(0) : x.sum(0).add(w.mul(2)).mul(g)),
            PENALISED,
            Tensor.zeros(DType.F64, 0, 3),
            normal(69, 3)),
        BROADCASTING.bug(
            "average over nothing",
            "divides by the size of an empty batch",
            op(
                (x, w) -> x.matmul(w).sum().add(w.square().sum()),
                (g, x, w) -> w.mul(g).broadcastTo(x.shape()),
                (g, x, w) -> x.mean(0).mul(x.shape().dim(0)).add(w.mul(2)).mul(g)),
            PENALISED,
            Tensor.zeros(DType.F64, 0, 3),
            normal(69, 3)),
        BROADCASTING.bug(
            "product over nothing",
            "returns 0 for every operand when the inner size is 0",
            opOfList(
                in -> in.get(0).matmul(in.get(1)).add(in.get(2)),
                (g, in) -> g.matmul(in.get(1).transpose()),
                (g, in) -> in.get(0).transpose().matmul(g),
                (g, in) -> g.sum(0).mul(in.get(0).size() == 0 ? 0 : 1)),
            opOfList(
                in -> in.get(0).matmul(in.get(1)).add(in.get(2)),
                (g, in) -> g.matmul(in.get(1).transpose()),
                (g, in) -> in.get(0).transpose().matmul(g),
                (g, in) -> g.sum(0)),
            List.of(Tensor.zeros(DType.F64, 2, 0), Tensor.zeros(DType.F64, 0, 3), normal(70, 3))));
  }
}
