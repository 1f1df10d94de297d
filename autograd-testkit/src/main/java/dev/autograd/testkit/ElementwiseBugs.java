package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.ELEMENTWISE;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.opOfList;
import static dev.autograd.testkit.Formula.positive;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Bugs in functions of each element by itself. */
final class ElementwiseBugs {

  private static final Tensor X = normal(1, 3, 4);
  private static final Tensor POSITIVE = positive(2, 2, 3);
  private static final UnaryOperator<Tensor> SIN = op(x -> x.sin(), (g, x) -> g.mul(x.cos()));
  private static final UnaryOperator<Tensor> RELU =
      op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(0))));
  private static final BinaryOperator<Tensor> MUL =
      op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(a));

  private ElementwiseBugs() {}

  /** Returns ones, with one of them off. */
  private static Tensor unevenness(int at, double by, int size) {
    double[] factors = new double[size];
    Arrays.fill(factors, 1);
    factors[at] += by;
    return Tensor.wrap(Shape.of(size), factors);
  }

  private static Tensor cumulative(Tensor x) {
    return x.div(Math.sqrt(2)).erf().add(1).mul(0.5);
  }

  private static Tensor density(Tensor x) {
    return x.square().mul(-0.5).exp().div(Math.sqrt(2 * Math.PI));
  }

  static List<PlantedBug> all() {
    return List.of(
        ELEMENTWISE.bug(
            "scale 1.001",
            "multiplies the gradient by 1.001",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(1.001)),
            SIN,
            X),
        ELEMENTWISE.bug(
            "scale 1 + 1e-6",
            "multiplies the gradient by 1 + 1e-6",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(1 + 1e-6)),
            SIN,
            X),
        ELEMENTWISE.bug(
            "scale 1 + 1e-7",
            "multiplies the gradient by 1 + 1e-7",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(1 + 1e-7)),
            SIN,
            X),
        ELEMENTWISE.bug(
            "offset 1e-6",
            "adds 1e-6 to the gradient",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).add(1e-6)),
            SIN,
            X),
        ELEMENTWISE.bug(
            "offset 1e-6 in one element",
            "adds 1e-6 to the gradient of one element",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).add(Tensor.of(0, 1e-6, 0, 0))),
            SIN,
            normal(3, 4)),
        ELEMENTWISE.bug(
            "one element of a hundred",
            "is off by 1e-4 of itself in one element of a hundred",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(unevenness(37, 1e-4, 100))),
            SIN,
            normal(4, 100)),
        ELEMENTWISE.bug(
            "errors that cancel",
            "moves gradient from an element to its neighbour, so that the sum is right",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).add(Tensor.of(0, 1e-3, -1e-3, 0))),
            SIN,
            normal(5, 4)),
        ELEMENTWISE.bug(
            "sign",
            "has the wrong sign",
            op(x -> x.cos(), (g, x) -> g.mul(x.sin())),
            op(x -> x.cos(), (g, x) -> g.mul(x.sin()).neg()),
            X),
        ELEMENTWISE.bug(
            "square without its 2",
            "forgets the factor 2",
            op(x -> x.square(), (g, x) -> g.mul(x)),
            op(x -> x.square(), (g, x) -> g.mul(x).mul(2)),
            X),
        ELEMENTWISE.bug(
            "sqrt without its half",
            "forgets the factor 1/2",
            op(x -> x.sqrt(), (g, x) -> g.div(x.sqrt())),
            op(x -> x.sqrt(), (g, x) -> g.div(x.sqrt()).mul(0.5)),
            POSITIVE),
        ELEMENTWISE.bug(
            "rsqrt to the wrong power",
            "takes the power -1/2 instead of -3/2",
            op(x -> x.rsqrt(), (g, x) -> g.mul(x.rsqrt()).mul(-0.5)),
            op(x -> x.rsqrt(), (g, x) -> g.mul(x.rsqrt()).div(x).mul(-0.5)),
            POSITIVE),
        ELEMENTWISE.bug(
            "negative exponent",
            "takes the exponent's absolute value as the factor",
            op(x -> x.pow(-3), (g, x) -> g.mul(x.pow(-4)).mul(3)),
            op(x -> x.pow(-3), (g, x) -> g.mul(x.pow(-4)).mul(-3)),
            POSITIVE),
        ELEMENTWISE.bug(
            "exponent not lowered",
            "keeps the exponent",
            op(x -> x.pow(3), (g, x) -> g.mul(x.pow(3)).mul(3)),
            op(x -> x.pow(3), (g, x) -> g.mul(x.square()).mul(3)),
            X),
        ELEMENTWISE.bug(
            "logarithm of the base",
            "takes the logarithm to base 10 in the gradient of the exponent",
            op(
                (a, b) -> a.pow(b),
                (g, a, b) -> g.mul(b).mul(a.pow(b.sub(1))),
                (g, a, b) -> g.mul(a.pow(b)).mul(a.log10())),
            op(
                (a, b) -> a.pow(b),
                (g, a, b) -> g.mul(b).mul(a.pow(b.sub(1))),
                (g, a, b) -> g.mul(a.pow(b)).mul(a.log())),
            POSITIVE,
            normal(6, 2, 3)),
        ELEMENTWISE.bug(
            "log2 without ln 2",
            "forgets the factor 1 / ln 2",
            op(x -> x.log2(), (g, x) -> g.div(x)),
            op(x -> x.log2(), (g, x) -> g.div(x).div(Math.log(2))),
            POSITIVE),
        ELEMENTWISE.bug(
            "log1p as log",
            "divides by x instead of 1 + x",
            op(x -> x.log1p(), (g, x) -> g.div(x)),
            op(x -> x.log1p(), (g, x) -> g.div(x.add(1))),
            POSITIVE),
        ELEMENTWISE.bug(
            "reciprocal without its sign",
            "forgets the minus",
            op(x -> x.reciprocal(), (g, x) -> g.div(x.square())),
            op(x -> x.reciprocal(), (g, x) -> g.div(x.square()).neg()),
            POSITIVE),
        ELEMENTWISE.bug(
            "denominator not squared",
            "divides by b instead of its square in the gradient of the denominator",
            op((a, b) -> a.div(b), (g, a, b) -> g.div(b), (g, a, b) -> g.mul(a).div(b).neg()),
            op(
                (a, b) -> a.div(b),
                (g, a, b) -> g.div(b),
                (g, a, b) -> g.mul(a).div(b.square()).neg()),
            normal(7, 2, 3),
            POSITIVE),
        ELEMENTWISE.bug(
            "degrees",
            "forgets the factor between degrees and radians",
            op(x -> x.mul(Math.PI / 180).sin(), (g, x) -> g.mul(x.mul(Math.PI / 180).cos())),
            op(
                x -> x.mul(Math.PI / 180).sin(),
                (g, x) -> g.mul(x.mul(Math.PI / 180).cos()).mul(Math.PI / 180)),
            X),
        ELEMENTWISE.bug(
            "absolute value",
            "is wrong for negative inputs only: the slope is 1 there too",
            op(x -> x.abs(), (g, x) -> g),
            op(x -> x.abs(), (g, x) -> g.mul(x.sign())),
            X),
        ELEMENTWISE.bug(
            "elu without alpha",
            "is wrong for negative inputs only: forgets the factor alpha",
            op(x -> x.elu(0.5), (g, x) -> g.where(x.gt(0), g.mul(x.exp()))),
            op(x -> x.elu(0.5), (g, x) -> g.where(x.gt(0), g.mul(x.exp()).mul(0.5))),
            X),
        ELEMENTWISE.bug(
            "leaky relu that does not leak",
            "is wrong for negative inputs only: the slope is 0",
            op(x -> x.leakyRelu(0.01), (g, x) -> g.mul(indicator(x.gt(0)))),
            op(x -> x.leakyRelu(0.01), (g, x) -> g.mul(indicator(x.gt(0)).mul(0.99).add(0.01))),
            X),
        ELEMENTWISE.bug(
            "cube root of negative numbers",
            "is NaN for negative inputs, from a fractional power",
            op(x -> x.map(Math::cbrt), (g, x) -> g.mul(x.pow(-2.0 / 3)).div(3)),
            x -> Tensor.custom("planted", x.map(Math::cbrt), x, (g, y) -> g.div(y.square().mul(3))),
            Tensor.of(1.5, -0.8, 0.3)),
        ELEMENTWISE.bug(
            "tanh from y, not its square",
            "takes 1 - y instead of 1 - y²",
            x -> Tensor.custom("planted", x.map(Math::tanh), x, (g, y) -> g.mul(y.subFrom(1))),
            x ->
                Tensor.custom(
                    "planted", x.map(Math::tanh), x, (g, y) -> g.mul(y.square().subFrom(1))),
            X),
        ELEMENTWISE.bug(
            "sigmoid from its input",
            "takes x(1 - x) instead of y(1 - y)",
            op(x -> x.sigmoid(), (g, x) -> g.mul(x).mul(x.subFrom(1))),
            op(x -> x.sigmoid(), (g, x) -> g.mul(x.sigmoid()).mul(x.sigmoid().subFrom(1))),
            X),
        ELEMENTWISE.bug(
            "gelu without its density",
            "forgets the term of the product rule",
            op(x -> x.gelu(), (g, x) -> g.mul(cumulative(x))),
            op(x -> x.gelu(), (g, x) -> g.mul(cumulative(x).add(x.mul(density(x))))),
            X),
        ELEMENTWISE.bug(
            "softplus of the other side",
            "takes the slope at -x",
            op(x -> x.softplus(), (g, x) -> g.mul(x.neg().sigmoid())),
            op(x -> x.softplus(), (g, x) -> g.mul(x.sigmoid())),
            X),
        ELEMENTWISE.bug(
            "atan2 with its operands exchanged",
            "gives each operand the gradient of the other",
            op(
                (a, b) -> a.atan2(b),
                (g, a, b) -> g.mul(a).neg().div(a.square().add(b.square())),
                (g, a, b) -> g.mul(b).div(a.square().add(b.square()))),
            op(
                (a, b) -> a.atan2(b),
                (g, a, b) -> g.mul(b).div(a.square().add(b.square())),
                (g, a, b) -> g.mul(a).neg().div(a.square().add(b.square()))),
            normal(8, 2, 3),
            POSITIVE),
        ELEMENTWISE.bug(
            "maximum of both",
            "gives both operands the gradient",
            op((a, b) -> a.maximum(b), (g, a, b) -> g, (g, a, b) -> g),
            op(
                (a, b) -> a.maximum(b),
                (g, a, b) -> g.mul(indicator(a.gt(b))),
                (g, a, b) -> g.mul(indicator(b.gt(a)))),
            X,
            normal(9, 3, 4)),
        ELEMENTWISE.bug(
            "second operand",
            "is wrong in the second operand only",
            op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(b)),
            MUL,
            X,
            normal(10, 3, 4)),
        ELEMENTWISE.bug(
            "no gradient for the second operand",
            "takes the second operand for a constant",
            op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(0)),
            MUL,
            X,
            normal(11, 3, 4)),
        ELEMENTWISE.bug(
            "clamp above",
            "lets the gradient through above the upper limit",
            op(x -> x.clamp(-0.5, 0.5), (g, x) -> g.mul(indicator(x.gt(-0.5)))),
            op(x -> x.clamp(-0.5, 0.5), (g, x) -> g.mul(indicator(x.abs().lt(0.5)))),
            X),
        ELEMENTWISE.bug(
            "clamp with another border",
            "stops the gradient before the border",
            op(x -> x.clamp(-1, 1), (g, x) -> g.mul(indicator(x.abs().lt(0.9)))),
            op(x -> x.clamp(-1, 1), (g, x) -> g.mul(indicator(x.abs().lt(1)))),
            Tensor.of(-2.0, 0.3, 0.95)),
        ELEMENTWISE.bug(
            "where leaks",
            "gives gradient to the branch not taken",
            opOfList(
                in -> in.get(0).where(in.get(0).gt(0), in.get(1)),
                (g, in) -> g,
                (g, in) -> g.mul(indicator(in.get(0).le(0)))),
            opOfList(
                in -> in.get(0).where(in.get(0).gt(0), in.get(1)),
                (g, in) -> g.mul(indicator(in.get(0).gt(0))),
                (g, in) -> g.mul(indicator(in.get(0).le(0)))),
            List.of(X, normal(12, 3, 4))),
        ELEMENTWISE.bug(
            "relu with a threshold",
            "is 0 up to 1e-6, though the kink is at 0",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(1e-6)))),
            RELU,
            Tensor.of(1e-7, -1e-7, 0.5)),
        ELEMENTWISE.bug(
            "relu beside its kink",
            "has slope 1 just below 0",
            op(x -> x.relu(), (g, x) -> g.mul(indicator(x.gt(-1e-6)))),
            RELU,
            Tensor.of(1e-7, -1e-7, 0.5)),
        ELEMENTWISE.bug(
            "one value",
            "is doubled where the input exceeds 1",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(indicator(x.gt(1)).add(1))),
            SIN,
            Tensor.of(0.3, -2.0, 0.9, 1.1)));
  }
}
