package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.SATURATION;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.scaled;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bugs where the slope is tiny beside the value. */
final class SaturationBugs {

  private static final UnaryOperator<Tensor> TANH =
      op(x -> x.tanh(), (g, x) -> g.div(x.cosh().square()));

  private static final UnaryOperator<Tensor> SIGMOID =
      op(x -> x.sigmoid(), (g, x) -> g.mul(x.sigmoid()).mul(x.neg().sigmoid()));
  private static final UnaryOperator<Tensor> SOFTPLUS =
      op(x -> x.softplus(), (g, x) -> g.mul(x.sigmoid()));
  private static final UnaryOperator<Tensor> LOG_SIGMOID =
      op(x -> x.logSigmoid(), (g, x) -> g.mul(x.neg().sigmoid()));
  private static final UnaryOperator<Tensor> ERF =
      op(x -> x.erf(), (g, x) -> g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)));
  private static final UnaryOperator<Tensor> BELL =
      op(x -> x.square().neg().exp(), (g, x) -> g.mul(x).mul(x.square().neg().exp()).mul(-2));
  private static final UnaryOperator<Tensor> EXP = op(x -> x.exp(), (g, x) -> g.mul(x.exp()));
  private static final UnaryOperator<Tensor> SOFTMAX =
      op(x -> x.softmax(0), (g, x) -> softmax(g, x));
  private static final UnaryOperator<Tensor> SOFTSIGN =
      op(x -> x.softsign(), (g, x) -> g.div(x.abs().add(1).square()));

  private SaturationBugs() {}

  /** Returns tanh, with the wrong sign of the slope beyond a limit. */
  private static UnaryOperator<Tensor> flipped(double limit) {
    return op(
        x -> x.tanh(),
        (g, x) -> {
          Tensor beyond = limit > 0 ? x.gt(limit) : x.lt(limit);
          return g.div(x.cosh().square()).mul(indicator(beyond).mul(-2).add(1));
        });
  }

  private static Tensor softmax(Tensor g, Tensor x) {
    Tensor y = x.softmax(0);
    return y.mul(g.sub(g.mul(y).sum()));
  }

  static List<PlantedBug> all() {
    return List.of(
        SATURATION.bug(
            "tanh at 8, sign",
            "has the wrong sign beyond 5",
            flipped(5),
            TANH,
            Tensor.of(0.1, 8.0)),
        SATURATION.bug(
            "tanh at 10, sign",
            "has the wrong sign beyond 5",
            flipped(5),
            TANH,
            Tensor.of(0.1, 10.0)),
        SATURATION.bug(
            "tanh at 12, sign",
            "has the wrong sign beyond 5",
            flipped(5),
            TANH,
            Tensor.of(0.1, 12.0)),
        SATURATION.bug(
            "tanh at -9, sign",
            "has the wrong sign below -5",
            flipped(-5),
            TANH,
            Tensor.of(0.1, -9.0)),
        SATURATION.bug(
            "tanh at 8, doubled",
            "is doubled",
            x -> scaled(x.tanh(), 2),
            TANH,
            Tensor.of(-8.0, 8.0)),
        SATURATION.bug(
            "tanh at 8, vanished", "is 0", x -> scaled(x.tanh(), 0), TANH, Tensor.of(-8.0, 8.0)),
        SATURATION.bug(
            "tanh at 8, scale 1.001",
            "multiplies the gradient by 1.001",
            x -> scaled(x.tanh(), 1.001),
            TANH,
            Tensor.of(-8.0, 8.0)),
        SATURATION.bug(
            "tanh at 10, floored",
            "keeps the slope at 1e-6 at least, against vanishing",
            op(x -> x.tanh(), (g, x) -> g.mul(x.tanh().square().subFrom(1).maximum(1e-6))),
            TANH,
            Tensor.of(0.1, 10.0)),
        SATURATION.bug(
            "sigmoid at 15, sign",
            "has the wrong sign",
            x -> scaled(x.sigmoid(), -1),
            SIGMOID,
            Tensor.of(15.0, 18.0)),
        SATURATION.bug(
            "sigmoid at -30, vanished",
            "is 0 where the value nearly is",
            op(
                x -> x.sigmoid(),
                (g, x) -> g.mul(x.sigmoid()).mul(x.neg().sigmoid()).mul(indicator(x.gt(-20)))),
            SIGMOID,
            Tensor.of(-30.0, 0.2)),
        SATURATION.bug(
            "sigmoid at -200, doubled",
            "is doubled",
            x -> scaled(x.sigmoid(), 2),
            SIGMOID,
            Tensor.of(-200.0)),
        SATURATION.bug(
            "softplus at -30, vanished",
            "is 0, since the value nearly is",
            op(x -> x.softplus(), (g, x) -> g.mul(x.sigmoid()).mul(indicator(x.gt(-20)))),
            SOFTPLUS,
            Tensor.of(-30.0, 1.0)),
        SATURATION.bug(
            "softplus at -12, as relu",
            "takes the slope of relu far from 0",
            op(
                x -> x.softplus(),
                (g, x) -> g.mul(x.sigmoid().where(x.abs().lt(10), indicator(x.gt(0))))),
            SOFTPLUS,
            Tensor.of(-12.0, 1.0)),
        SATURATION.bug(
            "log-sigmoid at 20, doubled",
            "is doubled",
            x -> scaled(x.logSigmoid(), 2),
            LOG_SIGMOID,
            Tensor.of(20.0, 25.0)),
        SATURATION.bug(
            "erf at 4, sign",
            "has the wrong sign",
            x -> scaled(x.erf(), -1),
            ERF,
            Tensor.of(4.0, -4.0)),
        SATURATION.bug(
            "bell at 5, without its 2",
            "forgets the factor 2",
            op(x -> x.square().neg().exp(), (g, x) -> g.mul(x).mul(x.square().neg().exp()).neg()),
            BELL,
            Tensor.of(5.0, -6.0)),
        SATURATION.bug(
            "exp at -40, sign",
            "has the wrong sign",
            x -> scaled(x.exp(), -1),
            EXP,
            Tensor.of(-40.0, -35.0)),
        SATURATION.bug(
            "softmax of a clear winner",
            "takes the small probabilities for 0",
            op(x -> x.softmax(0), (g, x) -> softmax(g, x).mul(indicator(x.softmax(0).gt(1e-6)))),
            SOFTMAX,
            Tensor.of(0.0, 16.0, -1.0)),
        SATURATION.bug(
            "softmax of a clear winner, sign",
            "has the wrong sign",
            op(x -> x.softmax(0), (g, x) -> softmax(g, x).neg()),
            SOFTMAX,
            Tensor.of(0.0, 16.0, -1.0)),
        SATURATION.bug(
            "softsign at 1e4, sign",
            "has the wrong sign for large inputs",
            op(
                x -> x.softsign(),
                (g, x) -> g.div(x.abs().add(1).square()).mul(indicator(x.gt(5)).mul(-2).add(1))),
            SOFTSIGN,
            Tensor.of(0.1, 1e4)));
  }
}
