package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.binary;
import static dev.autograd.testkit.GraphOp.fitted;

import java.util.List;

/** Functions of pairs of elements. */
final class PairOps {

  private PairOps() {}

  static List<GraphOp> all() {
    return List.of(
        binary("add", "a.add(b)", (a, b) -> a.add(b)),
        binary("sub", "a.sub(b)", (a, b) -> a.sub(b)),
        binary("mul", "a.mul(b)", (a, b) -> a.mul(b)),
        binary("chain", "a.chain(b)", (a, b) -> a.chain(b)),
        binary("logAddExp", "a.logAddExp(b)", (a, b) -> a.logAddExp(b)),
        binary("div", "a.div(b.square().add(1))", (a, b) -> a.div(b.square().add(1))),
        binary(
            "pow",
            "a.square().add(0.5).pow(b.tanh())",
            (a, b) -> a.square().add(0.5).pow(b.tanh())),
        binary("atan2", "a.atan2(b.square().add(1))", (a, b) -> a.atan2(b.square().add(1))),
        binary("hypot", "a.hypot(b.square().add(1))", (a, b) -> a.hypot(b.square().add(1))),
        fitted("maximum", "a.maximum(b)", Fittings.DISTINCT_PAIR, (a, b) -> a.maximum(b)),
        fitted("minimum", "a.minimum(b)", Fittings.DISTINCT_PAIR, (a, b) -> a.minimum(b)),
        fitted(
            "where",
            "a.where(b.gt(a), b.neg())",
            Fittings.DISTINCT_PAIR,
            (a, b) -> a.where(b.gt(a), b.neg())));
  }
}
