package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.KINKS;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.op;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bugs at kinks: gradients outside of what the slopes of both sides allow. */
final class KinkBugs {

  private static final Tensor AT_ZERO = Tensor.of(-1.0, 0.0, 2.0);
  private static final UnaryOperator<Tensor> RELU =
      op(x -> x.relu(), (g, x) -> g.mul(x.sign().add(1)).mul(0.5));
  private static final UnaryOperator<Tensor> ABS = op(x -> x.abs(), (g, x) -> g.mul(x.sign()));

  private KinkBugs() {}

  private static Tensor leaky(Tensor x) {
    return x.sign().mul(0.45).add(0.55);
  }

  static List<PlantedBug> all() {
    return List.of(
        KINKS.bug(
            "relu at 0, slope 2",
            "has a slope beyond that of either side",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(0)).add(indicator(x.eq(0)).mul(2)))),
            RELU,
            AT_ZERO),
        KINKS.bug(
            "relu at 0, slope -1",
            "has a slope below that of either side",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(0)).sub(indicator(x.eq(0))))),
            RELU,
            AT_ZERO),
        KINKS.bug(
            "abs at 0, slope 1.5",
            "has a slope beyond that of either side",
            op(x -> x.abs(), (g, x) -> g.mul(x.sign().add(indicator(x.eq(0)).mul(1.5)))),
            ABS,
            AT_ZERO),
        KINKS.bug(
            "abs at 0, by division",
            "divides 0 by 0",
            op(x -> x.abs(), (g, x) -> g.mul(x.div(x.abs()))),
            ABS,
            AT_ZERO),
        KINKS.bug(
            "leaky relu at 0, sign of the leak",
            "has the leak's sign wrong at 0 alone",
            op(x -> x.leakyRelu(0.1), (g, x) -> g.mul(leaky(x).sub(indicator(x.eq(0)).mul(0.65)))),
            op(x -> x.leakyRelu(0.1), (g, x) -> g.mul(leaky(x))),
            AT_ZERO),
        KINKS.bug(
            "clamp at its border, twice",
            "counts the border to both sides",
            op(
                x -> x.clamp(-1, 1),
                (g, x) -> g.mul(indicator(x.abs().le(1)).add(indicator(x.abs().eq(1))))),
            op(x -> x.clamp(-1, 1), (g, x) -> g.mul(x.abs().subFrom(1).sign().add(1)).mul(0.5)),
            Tensor.of(-1.0, 0.4, 1.0)),
        KINKS.bug(
            "maximum of equal elements, all to each",
            "gives each of two equal elements the whole gradient",
            op(x -> x.max(), (g, x) -> g.mul(indicator(x.eq(x.max())))),
            op(
                x -> x.max(),
                (g, x) -> g.mul(indicator(x.eq(x.max()))).div(indicator(x.eq(x.max())).sum())),
            Tensor.of(2.0, 1.0, 2.0)),
        KINKS.bug(
            "maximum of equal operands, all to each",
            "gives each of two equal operands the whole gradient",
            op(
                (a, b) -> a.maximum(b),
                (g, a, b) -> g.mul(indicator(a.ge(b))),
                (g, a, b) -> g.mul(indicator(b.ge(a)))),
            op(
                (a, b) -> a.maximum(b),
                (g, a, b) -> g.mul(a.sub(b).sign().add(1)).mul(0.5),
                (g, a, b) -> g.mul(b.sub(a).sign().add(1)).mul(0.5)),
            Tensor.of(1.0, 2.0),
            Tensor.of(1.0, 3.0)),
        KINKS.bug(
            "wrong beside a kink",
            "is doubled where the kink is not",
            op(
                x -> x.relu(),
                (g, x) -> g.mul(x.sign().add(1)).mul(indicator(x.gt(0)).mul(0.5).add(0.5))),
            RELU,
            AT_ZERO));
  }
}
