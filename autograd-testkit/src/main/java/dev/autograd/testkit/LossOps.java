package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.fitted;
import static dev.autograd.testkit.GraphOp.numbered;

import dev.autograd.Losses;
import dev.autograd.Reduction;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;

/** Losses, of every family of them. */
final class LossOps {

  private LossOps() {}

  static List<GraphOp> all() {
    return List.of(
        fitted(
            "mse",
            "Losses.mse(a.add(b), b.sin(), Reduction.NONE)",
            Fittings.SAME,
            (a, b) -> Losses.mse(a.add(b), b.sin(), Reduction.NONE)),
        fitted(
                "l1",
                "Losses.l1(a.add(b), b.sin(), Reduction.NONE)",
                Fittings.SAME,
                (a, b) -> Losses.l1(a.add(b), b.sin(), Reduction.NONE))
            .smoothWhere(t -> Fittings.smallest(surplus(t)) > Fitting.MARGIN),
        fitted(
                "huber",
                "Losses.huber(a.add(b), b.sin(), 1, Reduction.SUM)",
                Fittings.SAME,
                (a, b) -> Losses.huber(a.add(b), b.sin(), 1, Reduction.SUM))
            .smoothWhere(t -> Fittings.smallest(surplus(t).abs().sub(1)) > Fitting.MARGIN),
        fitted(
                "smoothL1",
                "Losses.smoothL1(a.add(b), b.sin(), 0.5, Reduction.NONE)",
                Fittings.SAME,
                (a, b) -> Losses.smoothL1(a.add(b), b.sin(), 0.5, Reduction.NONE))
            .smoothWhere(t -> Fittings.smallest(surplus(t).abs().sub(0.5)) > Fitting.MARGIN),
        fitted(
            "gaussianNll",
            "Losses.gaussianNll(a.add(b), b.sin(), b.square().add(0.5), Reduction.NONE)",
            Fittings.SAME,
            (a, b) -> Losses.gaussianNll(a.add(b), b.sin(), b.square().add(0.5), Reduction.NONE)),
        fitted(
            "poissonNll",
            "Losses.poissonNll(a.add(b), b.sin(), Reduction.NONE)",
            Fittings.SAME,
            (a, b) -> Losses.poissonNll(a.add(b), b.sin(), Reduction.NONE)),
        fitted(
            "bce",
            "Losses.bce(a.add(b).sigmoid(), b.sigmoid(), Reduction.NONE)",
            Fittings.SAME,
            (a, b) -> Losses.bce(a.add(b).sigmoid(), b.sigmoid(), Reduction.NONE)),
        fitted(
            "bceWithLogits",
            "Losses.bceWithLogits(a.add(b), b.sigmoid(), Reduction.NONE)",
            Fittings.SAME,
            (a, b) -> Losses.bceWithLogits(a.add(b), b.sigmoid(), Reduction.NONE)),
        fitted(
                "hinge",
                "Losses.hinge(a.add(b), b.sin(), Reduction.NONE)",
                Fittings.SAME,
                (a, b) -> Losses.hinge(a.add(b), b.sin(), Reduction.NONE))
            .smoothWhere(
                t ->
                    Fittings.smallest(t.get(0).add(t.get(1)).mul(t.get(1).sin()).subFrom(1))
                        > Fitting.MARGIN),
        fitted(
            "klDiv",
            "Losses.klDiv(a.add(b).logSigmoid(), b.sigmoid(), Reduction.NONE)",
            Fittings.SAME,
            (a, b) -> Losses.klDiv(a.add(b).logSigmoid(), b.sigmoid(), Reduction.NONE)),
        fitted(
            "crossEntropy",
            "Losses.crossEntropy(a.add(b), b.softmax(1), Reduction.NONE)",
            Fittings.TWIN_MATRICES,
            (a, b) -> Losses.crossEntropy(a.add(b), b.softmax(1), Reduction.NONE)),
        numbered(
            "nll",
            "Losses.nll(a.logSoftmax(1), a.select(1, 0).gt(9).to(DType.I64))",
            Fitting.one(a -> a.rank() == 2),
            (a, n) -> Losses.nll(a.logSoftmax(1), a.select(1, 0).gt(9).to(DType.I64))),
        fitted(
            "cosineDistance",
            "Losses.cosineDistance(a.add(b).square().add(0.5), b.cosh())",
            Fittings.TWINS,
            (a, b) -> Losses.cosineDistance(a.add(b).square().add(0.5), b.cosh())),
        fitted(
            "cosineEmbedding",
            "Losses.cosineEmbedding(a.cosh(), b.cosh(), a.select(-1, 0).eq(a.select(-1, 0)), 0.5)",
            Fittings.TWINS,
            (a, b) ->
                Losses.cosineEmbedding(
                    a.cosh(), b.cosh(), a.select(-1, 0).eq(a.select(-1, 0)), 0.5)),
        fitted(
                "tripletMargin",
                "Losses.tripletMargin(a, a.add(b), b.sin(), 9, Reduction.NONE)",
                Fittings.TWINS,
                (a, b) -> Losses.tripletMargin(a, a.add(b), b.sin(), 9, Reduction.NONE))
            .smoothWhere(t -> apart(t.get(0), t.get(1))));
  }

  /** Returns how far predictions are above targets. */
  private static Tensor surplus(List<Tensor> operands) {
    Tensor b = operands.get(1);
    return operands.get(0).add(b).sub(b.sin());
  }

  /** Returns whether no distance of the triplets is near 0, and none is beyond the margin. */
  private static boolean apart(Tensor a, Tensor b) {
    Tensor near = b.norm(-1);
    Tensor far = a.sub(b.sin()).norm(-1);
    return Fittings.smallest(near) > Fitting.MARGIN
        && Fittings.smallest(far) > Fitting.MARGIN
        && Fittings.smallest(near.sub(far).add(9).relu()) > Fitting.MARGIN;
  }
}
