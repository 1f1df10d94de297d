package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.REDUCTIONS;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.positive;

import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bugs in sums, means, extremes, softmax and scans. */
final class ReductionBugs {

  private static final Tensor X = normal(81, 3, 4);
  private static final Tensor SQUARE = normal(82, 3, 3);
  private static final UnaryOperator<Tensor> MEAN =
      op(x -> x.mean(0), (g, x) -> g.div(x.shape().dim(0)).broadcastTo(x.shape()));
  private static final UnaryOperator<Tensor> MAX =
      op(x -> x.max(1), (g, x) -> g.unsqueeze(1).mul(indicator(x.eq(x.max(Axes.of(1).keep())))));
  private static final UnaryOperator<Tensor> LOG_SUM =
      op(x -> x.logSumExp(1), (g, x) -> g.unsqueeze(1).mul(x.softmax(1)));
  private static final UnaryOperator<Tensor> SOFTMAX =
      op(x -> x.softmax(1), (g, x) -> softmax(g, x, 1));
  private static final UnaryOperator<Tensor> VARIANCE =
      op(x -> x.var(Axes.all(), 1), (g, x) -> centred(x).mul(g).mul(2.0 / (x.size() - 1)));

  private ReductionBugs() {}

  private static Tensor softmax(Tensor g, Tensor x, int axis) {
    Tensor y = x.softmax(axis);
    return y.mul(g.sub(g.mul(y).sum(Axes.of(axis).keep())));
  }

  /** Returns the gradient of softmax along axis 1, with the sum taken along an axis. */
  private static Tensor softmaxSumming(Tensor g, Tensor x, int axis) {
    Tensor y = x.softmax(1);
    return y.mul(g.sub(g.mul(y).sum(Axes.of(axis).keep())));
  }

  private static Tensor centred(Tensor x) {
    return x.sub(x.mean());
  }

  private static Tensor backwards(Tensor g) {
    return g.flip(0).cumSum(0).flip(0);
  }

  /** Returns the product of the two other elements of three. */
  private static Tensor others(Tensor x) {
    return x.roll(0, 1).mul(x.roll(0, 2));
  }

  static List<PlantedBug> all() {
    return List.of(
        REDUCTIONS.bug(
            "mean without 1/n",
            "forgets to divide by n",
            op(x -> x.mean(0), (g, x) -> g.broadcastTo(x.shape())),
            MEAN,
            X),
        REDUCTIONS.bug(
            "mean by the wrong axis",
            "divides by the size of another axis",
            op(x -> x.mean(0), (g, x) -> g.div(x.shape().dim(1)).broadcastTo(x.shape())),
            MEAN,
            X),
        REDUCTIONS.bug(
            "mean by all elements",
            "divides by the number of all elements",
            op(x -> x.mean(0), (g, x) -> g.div(x.size()).broadcastTo(x.shape())),
            MEAN,
            X),
        REDUCTIONS.bug(
            "sum along the wrong axis",
            "repeats the gradient of a square along the wrong axis",
            op(x -> x.sum(1), (g, x) -> g.broadcastTo(x.shape())),
            op(x -> x.sum(1), (g, x) -> g.unsqueeze(1).broadcastTo(x.shape())),
            SQUARE),
        REDUCTIONS.bug(
            "maximum to all",
            "gives every element the gradient",
            op(x -> x.max(1), (g, x) -> g.unsqueeze(1).broadcastTo(x.shape())),
            MAX,
            X),
        REDUCTIONS.bug(
            "maximum to the smallest",
            "gives the smallest element the gradient",
            op(
                x -> x.max(1),
                (g, x) -> g.unsqueeze(1).mul(indicator(x.eq(x.min(Axes.of(1).keep()))))),
            MAX,
            X),
        REDUCTIONS.bug(
            "maximum of all",
            "gives the largest element of all the gradient, instead of each row's",
            op(x -> x.max(1), (g, x) -> g.unsqueeze(1).mul(indicator(x.eq(x.max())))),
            MAX,
            X),
        REDUCTIONS.bug(
            "log-sum-exp without softmax",
            "forgets the factor softmax",
            op(x -> x.logSumExp(1), (g, x) -> g.unsqueeze(1).broadcastTo(x.shape())),
            LOG_SUM,
            X),
        REDUCTIONS.bug(
            "log-sum-exp as a sum",
            "takes the exponentials without dividing by their sum",
            op(x -> x.logSumExp(1), (g, x) -> g.unsqueeze(1).mul(x.exp())),
            LOG_SUM,
            X),
        REDUCTIONS.bug(
            "softmax, its diagonal alone",
            "takes y(1 - y), as if outputs did not depend on each other",
            op(x -> x.softmax(1), (g, x) -> g.mul(x.softmax(1)).mul(x.softmax(1).subFrom(1))),
            SOFTMAX,
            X),
        REDUCTIONS.bug(
            "softmax without its sum",
            "forgets the term that the normalisation brings",
            op(x -> x.softmax(1), (g, x) -> g.mul(x.softmax(1))),
            SOFTMAX,
            X),
        REDUCTIONS.bug(
            "softmax along the wrong axis",
            "sums along the other axis of a square",
            op(x -> x.softmax(1), (g, x) -> softmaxSumming(g, x, 0)),
            SOFTMAX,
            SQUARE),
        REDUCTIONS.bug(
            "log-softmax without its sum",
            "returns the upstream gradient",
            op(x -> x.logSoftmax(1), (g, x) -> g),
            op(x -> x.logSoftmax(1), (g, x) -> g.sub(x.softmax(1).mul(g.sum(Axes.of(1).keep())))),
            X),
        REDUCTIONS.bug(
            "log-softmax for one class",
            "subtracts softmax once, as if a single class had a gradient of 1",
            op(x -> x.logSoftmax(1), (g, x) -> g.sub(x.softmax(1))),
            op(x -> x.logSoftmax(1), (g, x) -> g.sub(x.softmax(1).mul(g.sum(Axes.of(1).keep())))),
            X),
        REDUCTIONS.bug(
            "product as a sum",
            "forgets the other factors",
            op(x -> x.prod(), (g, x) -> g.broadcastTo(x.shape())),
            op(x -> x.prod(), (g, x) -> x.prod().div(x).mul(g)),
            positive(83, 4)),
        REDUCTIONS.bug(
            "product with a zero",
            "divides the product by an element that is 0",
            op(x -> x.prod(), (g, x) -> x.prod().div(x).mul(g)),
            op(x -> x.prod(), (g, x) -> others(x).mul(g)),
            Tensor.of(0.8, 0.0, -1.3)),
        REDUCTIONS.bug(
            "variance by n",
            "divides by n instead of n - 1",
            op(x -> x.var(Axes.all(), 1), (g, x) -> centred(x).mul(g).mul(2.0 / x.size())),
            VARIANCE,
            X),
        REDUCTIONS.bug(
            "variance not centred",
            "forgets to subtract the mean",
            op(x -> x.var(Axes.all(), 1), (g, x) -> x.mul(g).mul(2.0 / (x.size() - 1))),
            VARIANCE,
            X),
        REDUCTIONS.bug(
            "standard deviation as variance",
            "forgets to divide by twice the deviation",
            op(x -> x.std(Axes.all(), 0), (g, x) -> centred(x).mul(g).mul(2.0 / x.size())),
            op(
                x -> x.std(Axes.all(), 0),
                (g, x) -> centred(x).mul(g).div(x.std(Axes.all(), 0)).div(x.size())),
            X),
        REDUCTIONS.bug(
            "mean of squares without its 2",
            "forgets the factor 2",
            op(x -> x.square().mean(), (g, x) -> x.mul(g).div(x.size())),
            op(x -> x.square().mean(), (g, x) -> x.mul(g).mul(2.0 / x.size())),
            X),
        REDUCTIONS.bug(
            "weights of an average",
            "forgets that the weights also divide",
            op(
                (x, w) -> x.mul(w).sum().div(w.sum()),
                (g, x, w) -> w.div(w.sum()).mul(g),
                (g, x, w) -> x.div(w.sum()).mul(g)),
            op(
                (x, w) -> x.mul(w).sum().div(w.sum()),
                (g, x, w) -> w.div(w.sum()).mul(g),
                (g, x, w) -> x.sub(x.mul(w).sum().div(w.sum())).div(w.sum()).mul(g)),
            normal(84, 4),
            positive(85, 4)),
        REDUCTIONS.bug(
            "cumulative sum forwards",
            "sums in the direction of the values",
            op(x -> x.cumSum(0), (g, x) -> g.cumSum(0)),
            op(x -> x.cumSum(0), (g, x) -> backwards(g)),
            normal(86, 4)),
        REDUCTIONS.bug(
            "cumulative sum without itself",
            "leaves out the element's own place",
            op(x -> x.cumSum(0), (g, x) -> backwards(g).sub(g)),
            op(x -> x.cumSum(0), (g, x) -> backwards(g)),
            normal(86, 4)),
        REDUCTIONS.bug(
            "cumulative sum not at all",
            "returns the upstream gradient",
            op(x -> x.cumSum(0), (g, x) -> g),
            op(x -> x.cumSum(0), (g, x) -> backwards(g)),
            normal(86, 4)),
        REDUCTIONS.bug(
            "norm of order 3",
            "forgets the sign of the elements",
            op(
                x -> x.norm(Axes.all(), 3),
                (g, x) -> x.square().div(x.norm(Axes.all(), 3).square()).mul(g)),
            op(
                x -> x.norm(Axes.all(), 3),
                (g, x) -> x.mul(x.abs()).div(x.norm(Axes.all(), 3).square()).mul(g)),
            normal(87, 4)));
  }
}
