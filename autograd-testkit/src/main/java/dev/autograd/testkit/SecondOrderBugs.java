package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.SECOND_ORDER;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.positive;
import static dev.autograd.testkit.Formula.scaled;

import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Right gradients whose own derivatives are wrong. */
final class SecondOrderBugs {

  private static final Tensor X = normal(131, 2, 3);
  private static final Tensor Y = normal(132, 2, 3);
  private static final Tensor POSITIVE = positive(133, 2, 3);
  private static final UnaryOperator<Tensor> SIN = op(x -> x.sin(), (g, x) -> g.mul(x.cos()));
  private static final BinaryOperator<Tensor> MUL =
      op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(a));
  private static final BinaryOperator<Tensor> DIV =
      op((a, b) -> a.div(b), (g, a, b) -> g.div(b), (g, a, b) -> g.mul(a).div(b.square()).neg());
  private static final BinaryOperator<Tensor> PRODUCT =
      op(
          (a, b) -> a.matmul(b),
          (g, a, b) -> g.matmul(b.transpose()),
          (g, a, b) -> a.transpose().matmul(g));
  private static final UnaryOperator<Tensor> RELU_SQUARED =
      op(x -> x.relu().square(), (g, x) -> g.mul(x.relu()).mul(2));

  private SecondOrderBugs() {}

  private static Tensor tanh(Tensor x) {
    return Tensor.custom("planted", x.map(Math::tanh), x, (g, y) -> g.mul(y.square().subFrom(1)));
  }

  private static Tensor exp(Tensor x) {
    return Tensor.custom("planted", x.map(Math::exp), x, (g, y) -> g.mul(y));
  }

  private static Tensor softmax(Tensor g, Tensor y, Tensor inSum) {
    return y.mul(g.sub(g.mul(inSum).sum(Axes.of(1).keep())));
  }

  private static Tensor centred(Tensor x) {
    return x.sub(x.mean());
  }

  private static Tensor deviation(Tensor x) {
    return x.var(Axes.all(), 0).sqrt();
  }

  private static Tensor standardGrad(Tensor g, Tensor x, Tensor deviation) {
    Tensor y = centred(x).div(deviation);
    return g.sub(g.mean()).sub(y.mul(g.mul(y).mean())).div(deviation);
  }

  /** Returns its argument, with gradients that are off in one element. */
  private static Tensor uneven(Tensor y) {
    Tensor factors = Tensor.of(new double[][] {{1, 1, 1}, {1, 1.001, 1}});
    return Tensor.custom("planted", y.detach(), y, g -> g.mul(factors));
  }

  static List<PlantedBug> all() {
    return List.of(
        SECOND_ORDER
            .bug(
                "detached slope",
                "detaches the slope",
                op(x -> x.sin(), (g, x) -> g.mul(x.detach().cos())),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "slope computed on numbers",
                "computes the slope outside the graph",
                op(x -> x.sin(), (g, x) -> g.mul(x.map(Math::cos))),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "second derivative times 1.001",
                "multiplies the second derivative by 1.001",
                op(x -> x.sin(), (g, x) -> g.mul(scaled(x.cos(), 1.001))),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "second derivative times 1 + 1e-6",
                "multiplies the second derivative by 1 + 1e-6",
                op(x -> x.sin(), (g, x) -> g.mul(scaled(x.cos(), 1 + 1e-6))),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "second derivative without its sign",
                "has the wrong sign in the slope's own gradient",
                op(x -> x.sin(), (g, x) -> g.mul(scaled(x.cos(), -1))),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "detached upstream",
                "detaches the upstream gradient",
                op(x -> x.sin(), (g, x) -> g.detach().mul(x.cos())),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "upstream times 1.001",
                "multiplies what flows back to the upstream gradient by 1.001",
                op(x -> x.sin(), (g, x) -> scaled(g, 1.001).mul(x.cos())),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "mixed terms missing",
                "detaches the other factor",
                op(
                    (a, b) -> a.mul(b),
                    (g, a, b) -> g.mul(b.detach()),
                    (g, a, b) -> g.mul(a.detach())),
                MUL,
                X,
                Y)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "one mixed term missing",
                "detaches the other factor in the second gradient",
                op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(a.detach())),
                MUL,
                X,
                Y)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "output taken for a constant",
                "detaches the output that the slope is made of",
                x ->
                    Tensor.custom(
                        "planted",
                        x.map(Math::tanh),
                        x,
                        (g, y) -> g.mul(y.detach().square().subFrom(1))),
                SecondOrderBugs::tanh,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "exponential taken for a constant",
                "detaches the output, which is the slope",
                x -> Tensor.custom("planted", x.map(Math::exp), x, (g, y) -> g.mul(y.detach())),
                SecondOrderBugs::exp,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "numerator detached",
                "detaches the numerator in the gradient of the denominator",
                op(
                    (a, b) -> a.div(b),
                    (g, a, b) -> g.div(b),
                    (g, a, b) -> g.mul(a.detach()).div(b.square()).neg()),
                DIV,
                X,
                POSITIVE)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "denominator half detached",
                "detaches one of two factors of the squared denominator",
                op(
                    (a, b) -> a.div(b),
                    (g, a, b) -> g.div(b),
                    (g, a, b) -> g.mul(a).div(b).div(b.detach()).neg()),
                DIV,
                X,
                POSITIVE)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "matrix detached",
                "detaches the right factor in the gradient of the left",
                op(
                    (a, b) -> a.matmul(b),
                    (g, a, b) -> g.matmul(b.detach().transpose()),
                    (g, a, b) -> a.transpose().matmul(g)),
                PRODUCT,
                normal(134, 2, 2),
                normal(135, 2, 2))
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "softmax half detached",
                "detaches the output in the sum alone",
                op(x -> x.softmax(1), (g, x) -> softmax(g, x.softmax(1), x.detach().softmax(1))),
                op(x -> x.softmax(1), (g, x) -> softmax(g, x.softmax(1), x.softmax(1))),
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "log-sum-exp with constant weights",
                "detaches softmax",
                op(x -> x.logSumExp(1), (g, x) -> g.unsqueeze(1).mul(x.detach().softmax(1))),
                op(x -> x.logSumExp(1), (g, x) -> g.unsqueeze(1).mul(x.softmax(1))),
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "length detached",
                "detaches the length that the gradient of a norm divides by",
                op(
                    x -> x.square().sum().sqrt(),
                    (g, x) -> x.mul(g).div(x.detach().square().sum().sqrt())),
                op(x -> x.square().sum().sqrt(), (g, x) -> x.mul(g).div(x.square().sum().sqrt())),
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "deviation detached",
                "detaches the deviation in the gradient of a normalisation",
                op(
                    x -> centred(x).div(deviation(x)),
                    (g, x) -> standardGrad(g, x, deviation(x.detach()))),
                op(x -> centred(x).div(deviation(x)), (g, x) -> standardGrad(g, x, deviation(x))),
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "product with a detached total",
                "detaches the product of all elements",
                op(x -> x.prod(), (g, x) -> x.detach().prod().div(x).mul(g)),
                op(x -> x.prod(), (g, x) -> x.prod().div(x).mul(g)),
                positive(136, 4))
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "curved relu without its curve",
                "takes the slope of a squared relu for a constant",
                op(x -> x.relu().square(), (g, x) -> g.mul(x.detach().relu()).mul(2)),
                RELU_SQUARED,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "second derivative of negative inputs",
                "is wrong for negative inputs only",
                op(x -> x.sin(), (g, x) -> g.mul(x.cos().where(x.gt(0), x.detach().cos()))),
                SIN,
                X)
            .ofOrder(2),
        SECOND_ORDER
            .bug(
                "one element of the second derivative",
                "is off by 1e-3 of itself in one element",
                op(x -> x.sin(), (g, x) -> g.mul(uneven(x.cos()))),
                SIN,
                X)
            .ofOrder(2));
  }
}
