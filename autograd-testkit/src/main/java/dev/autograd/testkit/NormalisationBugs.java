package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.NORMALISATION;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.opOfList;
import static dev.autograd.testkit.Formula.positive;

import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Bugs where means and variances are taken out of the input. */
final class NormalisationBugs {

  private static final double EPS = 1e-3;
  private static final Tensor X = normal(101, 4, 3);
  private static final UnaryOperator<Tensor> BATCH =
      op(x -> standard(x, 0), (g, x) -> standardGrad(g, x, 0));
  private static final UnaryOperator<Tensor> LAYER =
      op(x -> standard(x, 1), (g, x) -> standardGrad(g, x, 1));
  private static final UnaryOperator<Tensor> CENTRE =
      op(x -> x.sub(x.mean(0)), (g, x) -> g.sub(g.mean(0)));
  private static final UnaryOperator<Tensor> RMS =
      op(
          x -> x.div(rms(x)),
          (g, x) -> g.div(rms(x)).sub(x.mul(mean(g.mul(x), 1)).div(rms(x).pow(3))));
  private static final UnaryOperator<Tensor> UNIT =
      op(x -> x.div(length(x)), (g, x) -> g.sub(unit(x).mul(g.mul(unit(x)).sum())).div(length(x)));
  private static final UnaryOperator<Tensor> RUNNING =
      op(x -> x.sub(running(x)), (g, x) -> g.sub(g.mean(0).mul(0.1)));
  private static final Function<List<Tensor>, Tensor> AFFINE =
      opOfList(
          in -> standard(in.get(0), 0).mul(in.get(1)).add(in.get(2)),
          (g, in) -> standardGrad(g.mul(in.get(1)), in.get(0), 0),
          (g, in) -> g.mul(standard(in.get(0), 0)).sum(0),
          (g, in) -> g.sum(0));
  private static final List<Tensor> AFFINE_AT = List.of(X, positive(102, 3), normal(103, 3));

  private NormalisationBugs() {}

  private static Tensor mean(Tensor x, int axis) {
    return x.mean(Axes.of(axis).keep());
  }

  private static Tensor deviation(Tensor x, int axis) {
    return x.var(Axes.of(axis).keep(), 0).add(EPS).sqrt();
  }

  private static Tensor standard(Tensor x, int axis) {
    return x.sub(mean(x, axis)).div(deviation(x, axis));
  }

  private static Tensor standardGrad(Tensor g, Tensor x, int axis) {
    Tensor y = standard(x, axis);
    return g.sub(mean(g, axis)).sub(y.mul(mean(g.mul(y), axis))).div(deviation(x, axis));
  }

  private static Tensor rms(Tensor x) {
    return mean(x.square(), 1).add(EPS).sqrt();
  }

  private static Tensor length(Tensor x) {
    return x.square().sum().sqrt();
  }

  private static Tensor unit(Tensor x) {
    return x.div(length(x));
  }

  /** Returns a mean over batches: 0.9 of the past, which is 0.3, and 0.1 of this batch. */
  private static Tensor running(Tensor x) {
    return x.mean(0).mul(0.1).add(0.9 * 0.3);
  }

  static List<PlantedBug> all() {
    return List.of(
        NORMALISATION.bug(
            "batch norm, statistics constant",
            "takes mean and variance for constants",
            op(x -> standard(x, 0), (g, x) -> g.div(deviation(x, 0))),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm, mean constant",
            "forgets the term through the mean",
            op(
                x -> standard(x, 0),
                (g, x) ->
                    g.sub(standard(x, 0).mul(mean(g.mul(standard(x, 0)), 0))).div(deviation(x, 0))),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm, variance constant",
            "forgets the term through the variance",
            op(x -> standard(x, 0), (g, x) -> g.sub(mean(g, 0)).div(deviation(x, 0))),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm without eps",
            "divides by the deviation without eps",
            op(
                x -> standard(x, 0),
                (g, x) ->
                    standardGrad(g, x, 0)
                        .mul(deviation(x, 0))
                        .div(x.var(Axes.of(0).keep(), 0).sqrt())),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm, eps outside",
            "adds eps to the deviation instead of the variance",
            op(
                x -> standard(x, 0),
                (g, x) ->
                    standardGrad(g, x, 0)
                        .mul(deviation(x, 0))
                        .div(x.var(Axes.of(0).keep(), 0).sqrt().add(EPS))),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm by n - 1",
            "takes the unbiased variance in the gradient alone",
            op(x -> standard(x, 0), (g, x) -> standardGrad(g, x, 0).mul(Math.sqrt(0.75))),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm, sums not means",
            "forgets 1/n in the terms through the statistics",
            op(
                x -> standard(x, 0),
                (g, x) ->
                    g.sub(mean(g, 0).mul(4))
                        .sub(standard(x, 0).mul(mean(g.mul(standard(x, 0)), 0)).mul(4))
                        .div(deviation(x, 0))),
            BATCH,
            X),
        NORMALISATION.bug(
            "batch norm, sign of a term",
            "adds the term through the variance",
            op(
                x -> standard(x, 0),
                (g, x) ->
                    g.sub(mean(g, 0))
                        .add(standard(x, 0).mul(mean(g.mul(standard(x, 0)), 0)))
                        .div(deviation(x, 0))),
            BATCH,
            X),
        NORMALISATION.bug(
            "layer norm along the wrong axis",
            "uses the statistics of columns of a square",
            op(x -> standard(x, 1), (g, x) -> standardGrad(g, x, 0)),
            LAYER,
            normal(104, 3, 3)),
        NORMALISATION.bug(
            "layer norm, means of all",
            "takes the means over the batch too",
            op(
                x -> standard(x, 1),
                (g, x) ->
                    g.sub(g.mean())
                        .sub(standard(x, 1).mul(g.mul(standard(x, 1)).mean()))
                        .div(deviation(x, 1))),
            LAYER,
            X),
        NORMALISATION.bug(
            "scale without the input",
            "gives the scale the gradient of the shift",
            opOfList(
                in -> standard(in.get(0), 0).mul(in.get(1)).add(in.get(2)),
                (g, in) -> standardGrad(g.mul(in.get(1)), in.get(0), 0),
                (g, in) -> g.sum(0),
                (g, in) -> g.sum(0)),
            AFFINE,
            AFFINE_AT),
        NORMALISATION.bug(
            "input without the scale",
            "forgets the scale in the gradient of the input",
            opOfList(
                in -> standard(in.get(0), 0).mul(in.get(1)).add(in.get(2)),
                (g, in) -> standardGrad(g, in.get(0), 0),
                (g, in) -> g.mul(standard(in.get(0), 0)).sum(0),
                (g, in) -> g.sum(0)),
            AFFINE,
            AFFINE_AT),
        NORMALISATION.bug(
            "scale by the raw input",
            "multiplies by the input before it is normalised",
            opOfList(
                in -> standard(in.get(0), 0).mul(in.get(1)).add(in.get(2)),
                (g, in) -> standardGrad(g.mul(in.get(1)), in.get(0), 0),
                (g, in) -> g.mul(in.get(0)).sum(0),
                (g, in) -> g.sum(0)),
            AFFINE,
            AFFINE_AT),
        NORMALISATION.bug(
            "shift averaged",
            "averages the gradient of the shift over the batch",
            opOfList(
                in -> standard(in.get(0), 0).mul(in.get(1)).add(in.get(2)),
                (g, in) -> standardGrad(g.mul(in.get(1)), in.get(0), 0),
                (g, in) -> g.mul(standard(in.get(0), 0)).sum(0),
                (g, in) -> g.mean(0)),
            AFFINE,
            AFFINE_AT),
        NORMALISATION.bug(
            "mean taken for a constant",
            "returns the upstream gradient",
            op(x -> x.sub(x.mean(0)), (g, x) -> g),
            CENTRE,
            X),
        NORMALISATION.bug(
            "running mean, momentum for its rest",
            "multiplies by 0.9, the share of the past, instead of 0.1",
            op(x -> x.sub(running(x)), (g, x) -> g.sub(g.mean(0).mul(0.9))),
            RUNNING,
            X),
        NORMALISATION.bug(
            "running mean without momentum",
            "forgets the share of this batch in the running mean",
            op(x -> x.sub(running(x)), (g, x) -> g.sub(g.mean(0))),
            RUNNING,
            X),
        NORMALISATION.bug(
            "root mean square constant",
            "takes the root mean square for a constant",
            op(x -> x.div(rms(x)), (g, x) -> g.div(rms(x))),
            RMS,
            X),
        NORMALISATION.bug(
            "root mean square centred",
            "subtracts the mean of the gradient, as layer norm does",
            op(
                x -> x.div(rms(x)),
                (g, x) ->
                    g.sub(mean(g, 1)).div(rms(x)).sub(x.mul(mean(g.mul(x), 1)).div(rms(x).pow(3)))),
            RMS,
            X),
        NORMALISATION.bug(
            "unit vector not projected",
            "divides by the length alone",
            op(x -> x.div(length(x)), (g, x) -> g.div(length(x))),
            UNIT,
            normal(105, 4)),
        NORMALISATION.bug(
            "unit vector not divided",
            "projects and forgets the length",
            op(x -> x.div(length(x)), (g, x) -> g.sub(unit(x).mul(g.mul(unit(x)).sum()))),
            UNIT,
            normal(105, 4)));
  }
}
