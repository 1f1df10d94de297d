package dev.autograd.testkit;

import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.RightGradient.Trap.BORDER;
import static dev.autograd.testkit.RightGradient.Trap.KINK;
import static dev.autograd.testkit.RightGradients.one;
import static dev.autograd.testkit.RightGradients.two;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Right gradients at kinks, each by one of the conventions in use, and at borders. */
final class RightAtCorners {

  private RightAtCorners() {}

  private static RightGradient kink(
      String name, String reason, UnaryOperator<Tensor> f, double... at) {
    return one(KINK, name, reason, f, Tensor.of(at), 1);
  }

  private static Tensor largest(Tensor x) {
    return indicator(x.eq(x.max()));
  }

  static List<RightGradient> all() {
    return List.of(
        kink(
            "relu at 0, slope 0",
            "takes the slope of the left",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(0)))),
            -1.0,
            0.0,
            2.0),
        kink(
            "relu at 0, slope 1",
            "takes the slope of the right",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.ge(0)))),
            -1.0,
            0.0,
            2.0),
        kink(
            "relu at 0, slope 1/2",
            "takes the mean of both sides",
            op(x -> x.relu(), (g, x) -> g.mul(x.sign().add(1)).mul(0.5)),
            -1.0,
            0.0,
            2.0),
        kink(
            "relu at -0",
            "takes the slope of the left",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(0)))),
            -0.0),
        kink(
            "leaky relu at 0, slope 0.01",
            "takes the slope of the left",
            op(x -> x.leakyRelu(0.01), (g, x) -> g.mul(indicator(x.gt(0)).mul(0.99).add(0.01))),
            -1.0,
            0.0),
        kink(
            "leaky relu at 0, slope 1",
            "takes the slope of the right",
            op(x -> x.leakyRelu(0.01), (g, x) -> g.mul(indicator(x.ge(0)).mul(0.99).add(0.01))),
            -1.0,
            0.0),
        kink(
            "abs at 0, slope 0",
            "takes the mean of both sides",
            op(x -> x.abs(), (g, x) -> g.mul(x.sign())),
            -1.0,
            0.0),
        kink(
            "abs at 0, slope 1",
            "takes the slope of the right",
            op(x -> x.abs(), (g, x) -> g.mul(indicator(x.ge(0)).mul(2).sub(1))),
            -1.0,
            0.0),
        kink(
            "abs at 0, slope -1",
            "takes the slope of the left",
            op(x -> x.abs(), (g, x) -> g.mul(indicator(x.gt(0)).mul(2).sub(1))),
            1.0,
            0.0),
        kink(
            "clamp at its borders, slope 1",
            "takes the slope of the inside",
            op(x -> x.clamp(-1, 1), (g, x) -> g.mul(indicator(x.abs().le(1)))),
            -1.0,
            0.4,
            1.0),
        kink(
            "clamp at its borders, slope 0",
            "takes the slope of the outside",
            op(x -> x.clamp(-1, 1), (g, x) -> g.mul(indicator(x.abs().lt(1)))),
            -1.0,
            0.4,
            1.0),
        kink(
            "clamp at its borders, slope 1/2",
            "takes the mean of both sides",
            op(x -> x.clamp(-1, 1), (g, x) -> g.mul(x.abs().subFrom(1).sign().add(1)).mul(0.5)),
            -1.0,
            0.4,
            1.0),
        kink(
            "relu6 at 6",
            "takes the slope of the outside",
            op(x -> x.relu6(), (g, x) -> g.mul(indicator(x.gt(0))).mul(indicator(x.lt(6)))),
            6.0,
            3.0),
        kink(
            "maximum of equal elements, split",
            "splits the gradient evenly",
            op(x -> x.max(), (g, x) -> g.mul(largest(x)).div(largest(x).sum())),
            2.0,
            1.0,
            2.0),
        kink(
            "maximum of equal elements, the first",
            "gives the first the gradient",
            op(x -> x.max(), (g, x) -> g.mul(Tensor.of(1.0, 0.0, 0.0))),
            2.0,
            1.0,
            2.0),
        kink(
            "maximum of equal elements, the last",
            "gives the last the gradient",
            op(x -> x.max(), (g, x) -> g.mul(Tensor.of(0.0, 0.0, 1.0))),
            2.0,
            1.0,
            2.0),
        kink(
            "norm at 0",
            "takes the subgradient of least length",
            op(x -> x.square().sum().sqrt(), (g, x) -> g.mul(x.mul(0))),
            0.0,
            0.0),
        kink(
            "hinge at its corner",
            "takes the slope of the outside",
            op(x -> x.subFrom(1).relu(), (g, x) -> g.neg().mul(indicator(x.lt(1)))),
            1.0,
            0.5),
        kink(
            "triangle at its top",
            "takes the slope of the left",
            op(x -> x.sub(1).abs().neg(), (g, x) -> g.mul(indicator(x.le(1)).mul(2).sub(1))),
            1.0,
            0.5),
        two(
            KINK,
            "operands that are equal, halves",
            "gives each operand half",
            op(
                (a, b) -> a.maximum(b),
                (g, a, b) -> g.mul(a.sub(b).sign().add(1)).mul(0.5),
                (g, a, b) -> g.mul(b.sub(a).sign().add(1)).mul(0.5)),
            Tensor.of(1.0, 2.0),
            Tensor.of(1.0, 3.0),
            1),
        two(
            KINK,
            "operands that are equal, the first",
            "gives the first operand all",
            op(
                (a, b) -> a.maximum(b),
                (g, a, b) -> g.mul(indicator(a.ge(b))),
                (g, a, b) -> g.mul(indicator(b.gt(a)))),
            Tensor.of(1.0, 2.0),
            Tensor.of(1.0, 3.0),
            1),
        one(
            BORDER,
            "sqrt at 0",
            "is infinite, as the slope of the right is",
            op(x -> x.sqrt(), (g, x) -> g.div(x.sqrt()).mul(0.5)),
            Tensor.of(0.0, 2.0),
            1),
        one(
            BORDER,
            "power 3/2 at 0",
            "is 0, as the slope of the right is",
            op(x -> x.pow(1.5), (g, x) -> g.mul(x.sqrt()).mul(1.5)),
            Tensor.of(0.0, 2.0),
            1),
        one(
            BORDER,
            "asin at 1",
            "is infinite, as the slope of the left is",
            op(x -> x.asin(), (g, x) -> g.div(x.square().subFrom(1).sqrt())),
            Tensor.of(1.0, 0.2),
            1));
  }
}
