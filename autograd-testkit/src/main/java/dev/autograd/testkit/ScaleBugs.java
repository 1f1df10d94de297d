package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.SCALES;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.positive;
import static dev.autograd.testkit.Formula.scaled;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Bugs at inputs from 1e-150 to 1e150. */
final class ScaleBugs {

  private static final Tensor TINY = normal(141, 2, 2).mul(1e-150);
  private static final Tensor HUGE = normal(142, 2, 2).mul(1e150);
  private static final Tensor MIXED = Tensor.of(3e-8, 2e8, -4e-8, -1e8);
  private static final UnaryOperator<Tensor> SQUARE =
      op(x -> x.square(), (g, x) -> g.mul(x).mul(2));
  private static final UnaryOperator<Tensor> SUM_OF_SQUARES =
      op(x -> x.square().sum(), (g, x) -> x.mul(2).mul(g));
  private static final UnaryOperator<Tensor> LINEAR = op(x -> x.mul(3), (g, x) -> g.mul(3));
  private static final UnaryOperator<Tensor> SQRT =
      op(x -> x.sqrt(), (g, x) -> g.div(x.sqrt()).mul(0.5));
  private static final UnaryOperator<Tensor> LOG = op(x -> x.log(), (g, x) -> g.div(x));
  private static final UnaryOperator<Tensor> RECIPROCAL =
      op(x -> x.reciprocal(), (g, x) -> g.div(x).div(x).neg());
  private static final UnaryOperator<Tensor> EXP = op(x -> x.exp(), (g, x) -> g.mul(x.exp()));
  private static final UnaryOperator<Tensor> SIN = op(x -> x.sin(), (g, x) -> g.mul(x.cos()));
  private static final UnaryOperator<Tensor> NORM =
      op(x -> x.norm(), (g, x) -> x.div(x.norm()).mul(g));
  private static final UnaryOperator<Tensor> MEAN =
      op(x -> x.mean(), (g, x) -> g.div(x.size()).broadcastTo(x.shape()));
  private static final UnaryOperator<Tensor> SINH = op(x -> x.sinh(), (g, x) -> g.mul(x.cosh()));
  private static final BinaryOperator<Tensor> PRODUCT =
      op(
          (a, b) -> a.matmul(b),
          (g, a, b) -> g.matmul(b.transpose()),
          (g, a, b) -> a.transpose().matmul(g));
  private static final BinaryOperator<Tensor> MUL =
      op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(a));
  private static final BinaryOperator<Tensor> DIV =
      op((a, b) -> a.div(b), (g, a, b) -> g.div(b), (g, a, b) -> g.mul(a).div(b).div(b).neg());

  private ScaleBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        SCALES.bug(
            "square at 1e-150, sign",
            "has the wrong sign",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(-2)),
            SQUARE,
            TINY),
        SCALES.bug(
            "square at 1e-150, scale 1.001",
            "multiplies the gradient by 1.001",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(2.002)),
            SQUARE,
            TINY),
        SCALES.bug(
            "square at 1e-150, vanished",
            "is 0",
            op(x -> x.square(), (g, x) -> g.mul(0)),
            SQUARE,
            TINY),
        SCALES.bug(
            "square at 1e150, sign",
            "has the wrong sign",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(-2)),
            SQUARE,
            HUGE),
        SCALES.bug(
            "square at 1e150, scale 1.001",
            "multiplies the gradient by 1.001",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(2.002)),
            SQUARE,
            HUGE),
        SCALES.bug(
            "threefold at 1e-150",
            "forgets the factor 3",
            op(x -> x.mul(3), (g, x) -> g),
            LINEAR,
            TINY),
        SCALES.bug(
            "threefold at 1e150",
            "forgets the factor 3",
            op(x -> x.mul(3), (g, x) -> g),
            LINEAR,
            HUGE),
        SCALES.bug(
            "square, small beside large",
            "is wrong where the input is small",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(indicator(x.abs().lt(1)).add(2))),
            SQUARE,
            MIXED),
        SCALES.bug(
            "square, small beside large, sign",
            "has the wrong sign where the input is small",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(indicator(x.abs().lt(1)).mul(-4).add(2))),
            SQUARE,
            MIXED),
        SCALES.bug(
            "square, large beside small",
            "is wrong where the input is large",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(indicator(x.abs().gt(1)).mul(0.002).add(2))),
            SQUARE,
            MIXED),
        SCALES.bug(
            "threefold, small beside large",
            "forgets the factor 3 where the input is small",
            op(x -> x.mul(3), (g, x) -> g.mul(indicator(x.abs().gt(1)).mul(2).add(1))),
            LINEAR,
            MIXED),
        SCALES.bug(
            "sum of squares, large beside small",
            "forgets the factor 2 where the input is large",
            op(x -> x.square().sum(), (g, x) -> x.mul(indicator(x.abs().lt(1)).add(1)).mul(g)),
            SUM_OF_SQUARES,
            MIXED),
        SCALES.bug(
            "sqrt at 1e-150",
            "adds 1e-12 to the denominator",
            op(x -> x.sqrt(), (g, x) -> g.div(x.sqrt().add(1e-12)).mul(0.5)),
            SQRT,
            Tensor.of(2e-150, 5e-150)),
        SCALES.bug(
            "sqrt at 1e150",
            "forgets the factor 1/2",
            op(x -> x.sqrt(), (g, x) -> g.div(x.sqrt())),
            SQRT,
            Tensor.of(2e150, 5e150)),
        SCALES.bug(
            "log at 1e-100",
            "adds 1e-12 to the denominator",
            op(x -> x.log(), (g, x) -> g.div(x.add(1e-12))),
            LOG,
            Tensor.of(2e-100, 5e-100)),
        SCALES.bug(
            "log at 1e150",
            "has the wrong sign",
            op(x -> x.log(), (g, x) -> g.div(x).neg()),
            LOG,
            Tensor.of(2e150, 5e150)),
        SCALES.bug(
            "reciprocal at 1e-60",
            "limits the slope to 1e30",
            op(x -> x.reciprocal(), (g, x) -> g.mul(x.square().reciprocal().clamp(0, 1e30)).neg()),
            RECIPROCAL,
            Tensor.of(2e-60, -5e-60)),
        SCALES.bug(
            "reciprocal at 1e60",
            "forgets the minus",
            op(x -> x.reciprocal(), (g, x) -> g.div(x).div(x)),
            RECIPROCAL,
            Tensor.of(2e60, -5e60)),
        SCALES.bug(
            "exp at 300", "is doubled", x -> scaled(x.exp(), 2), EXP, Tensor.of(300.0, 299.0)),
        SCALES.bug("exp at -300", "is 0", x -> scaled(x.exp(), 0), EXP, Tensor.of(-300.0, -299.0)),
        SCALES.bug(
            "exp at 20 beside -20",
            "is wrong where the value is small",
            op(x -> x.exp(), (g, x) -> g.mul(x.exp()).mul(indicator(x.lt(0)).add(1))),
            EXP,
            Tensor.of(20.0, -20.0)),
        SCALES.bug(
            "sinh at 100",
            "halves the slope",
            op(x -> x.sinh(), (g, x) -> g.mul(x.sinh()).mul(0.5)),
            SINH,
            Tensor.of(100.0, 90.0)),
        SCALES.bug(
            "sin at 1e4",
            "has the wrong sign",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).neg()),
            SIN,
            Tensor.of(1e4, -3e4)),
        SCALES.bug(
            "sin at 1e-150",
            "multiplies the gradient by 1.001",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos()).mul(1.001)),
            SIN,
            TINY),
        SCALES.bug(
            "norm at 1e-150",
            "adds 1e-12 to the denominator",
            op(x -> x.norm(), (g, x) -> x.div(x.norm().add(1e-12)).mul(g)),
            NORM,
            TINY),
        SCALES.bug(
            "norm at 1e150",
            "multiplies the gradient by 1.001",
            op(x -> x.norm(), (g, x) -> x.div(x.norm()).mul(1.001).mul(g)),
            NORM,
            HUGE),
        SCALES.bug(
            "mean at 1e150",
            "forgets to divide by n",
            op(x -> x.mean(), (g, x) -> g.broadcastTo(x.shape())),
            MEAN,
            HUGE),
        SCALES.bug(
            "product of 1e-150 and 1e150",
            "transposes the gradient of the left factor",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> b.matmul(g.transpose()),
                (g, a, b) -> a.transpose().matmul(g)),
            PRODUCT,
            TINY,
            HUGE),
        SCALES.bug(
            "product of 1e150 and 1e-150",
            "has no gradient for the small factor",
            op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(0)),
            MUL,
            HUGE,
            TINY),
        SCALES.bug(
            "quotient of 1e-50 and 1e50",
            "forgets the minus in the gradient of the denominator",
            op((a, b) -> a.div(b), (g, a, b) -> g.div(b), (g, a, b) -> g.mul(a).div(b).div(b)),
            DIV,
            normal(143, 2).mul(1e-50),
            positive(144, 2).mul(1e50)),
        SCALES.bug(
            "operand lost beside a larger one",
            "has no gradient for an operand of 1e-8 beside one of 1e8",
            op((a, b) -> a.add(b), (g, a, b) -> g, (g, a, b) -> g.mul(0)),
            op((a, b) -> a.add(b), (g, a, b) -> g, (g, a, b) -> g),
            Tensor.of(1e8),
            Tensor.of(1e-8)));
  }
}
