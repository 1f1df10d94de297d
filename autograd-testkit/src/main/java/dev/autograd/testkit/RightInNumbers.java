package dev.autograd.testkit;

import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.RightGradient.Trap.CONSTANT_PART;
import static dev.autograd.testkit.RightGradient.Trap.NOISE;
import static dev.autograd.testkit.RightGradient.Trap.SCALE;
import static dev.autograd.testkit.RightGradient.Trap.STOPPED;
import static dev.autograd.testkit.RightGradient.Trap.ZERO;
import static dev.autograd.testkit.RightGradients.one;
import static dev.autograd.testkit.RightGradients.two;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;

/** Right gradients that are zero, ill-scaled, noisy or detached. */
final class RightInNumbers {

  private static final Tensor VECTOR = normal(161, 4);
  private static final Tensor FACTORS = Tensor.of(1e-12, 1e12, 1.0, -1e-12);

  private RightInNumbers() {}

  private static Tensor softmax(Tensor x) {
    return x.exp().div(x.exp().sum());
  }

  static List<RightGradient> all() {
    return List.of(
        one(
            ZERO,
            "sum of softmax",
            "is 0: the sum is always 1",
            op(x -> x.softmax(0).sum(), (g, x) -> x.mul(0).mul(g)),
            VECTOR,
            2),
        one(
            ZERO,
            "sum of softmax, by its parts",
            "is 0 but for rounding: the sum is always 1",
            x -> x.softmax(0).sum(),
            VECTOR,
            2),
        one(
            ZERO,
            "sum of centred elements",
            "is 0 but for rounding",
            x -> x.sub(x.mean()).sum(),
            VECTOR,
            2),
        one(
            ZERO,
            "length of a unit vector",
            "is 0 but for rounding",
            x -> x.div(x.square().sum().sqrt()).square().sum(),
            VECTOR,
            2),
        one(
            ZERO,
            "sin² + cos²",
            "is 0 but for rounding",
            x -> x.sin().square().add(x.cos().square()),
            VECTOR,
            2),
        one(ZERO, "difference with itself", "is 0", x -> x.sub(x), VECTOR, 2),
        one(ZERO, "quotient with itself", "is 0 but for rounding", x -> x.div(x), VECTOR, 2),
        one(ZERO, "a constant", "is 0", x -> x.mul(0).add(3), VECTOR, 2),
        one(
            ZERO,
            "square at 0",
            "is 0 at the vertex",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(2)),
            Tensor.of(0.0, 1.0),
            2),
        one(
            ZERO,
            "fourth power at 0",
            "is 0, and so is the second derivative",
            op(x -> x.pow(4), (g, x) -> g.mul(x.pow(3)).mul(4)),
            Tensor.of(0.0, 1.0),
            2),
        one(
            ZERO,
            "cosine at 0",
            "is 0 at the top",
            op(x -> x.cos(), (g, x) -> g.mul(x.sin()).neg()),
            Tensor.of(0.0, 1.0),
            2),
        one(
            ZERO,
            "a step, away from it",
            "is 0 between the steps",
            op(x -> x.floor(), (g, x) -> g.mul(0)),
            Tensor.of(0.5, -1.3),
            2),
        one(
            ZERO,
            "tanh at 40",
            "is 0 but for less than any difference shows",
            x -> x.tanh(),
            Tensor.of(40.0, 0.2),
            2),
        one(
            ZERO,
            "unused input beside a used one",
            "is 0 for elements that are multiplied by 0",
            x -> x.mul(Tensor.of(1.0, 0.0, 1.0, 0.0)),
            VECTOR,
            2),
        one(SCALE, "identity at 1e-150", "is 1", x -> x.identity(), VECTOR.mul(1e-150), 2),
        one(SCALE, "identity at 1e150", "is 1", x -> x.identity(), VECTOR.mul(1e150), 2),
        one(
            SCALE,
            "factor 1e150",
            "is 1e150",
            op(x -> x.mul(1e150), (g, x) -> g.mul(1e150)),
            VECTOR,
            2),
        one(
            SCALE,
            "factor 1e-150",
            "is 1e-150",
            op(x -> x.mul(1e-150), (g, x) -> g.mul(1e-150)),
            VECTOR,
            2),
        one(
            SCALE,
            "factor 1e-12 beside 1e12",
            "is as different as the factors are",
            op(x -> x.mul(FACTORS), (g, x) -> g.mul(FACTORS)),
            VECTOR,
            2),
        one(
            SCALE,
            "square of 1e-150 beside 1e150",
            "is twice the input",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(2)),
            Tensor.of(3e-150, 2e150, 1.0),
            2),
        one(SCALE, "sum of 1e-8 and 1e8", "is 1 for both", x -> x.sum(), Tensor.of(1e-8, 1e8), 2),
        one(
            SCALE,
            "sum of squares of 1e-3 and 1e3",
            "is twice the input",
            op(x -> x.square().sum(), (g, x) -> x.mul(g).mul(2)),
            Tensor.of(1e-3, 1e3),
            2),
        one(
            SCALE,
            "softmax of 1000",
            "is right though exp(1000) overflows",
            x -> x.softmax(0),
            Tensor.of(1000.0, 1001.0, 999.0),
            2),
        one(
            SCALE,
            "log-sum-exp of -1000",
            "is right though exp(-1000) is 0",
            x -> x.logSumExp(0),
            Tensor.of(-1000.0, -1001.0, -999.0),
            2),
        one(
            SCALE,
            "zero beside 1e8",
            "is cos of the input, 1 at 0",
            op(x -> x.mul(1e-8).sin(), (g, x) -> g.mul(x.mul(1e-8).cos()).mul(1e-8)),
            Tensor.of(0.0, 1e8),
            2),
        two(
            SCALE,
            "product of 1e-150 and 1e150",
            "is the other factor",
            op((a, b) -> a.mul(b), (g, a, b) -> g.mul(b), (g, a, b) -> g.mul(a)),
            VECTOR.mul(1e-150),
            normal(162, 4).mul(1e150),
            2),
        two(
            SCALE,
            "an operand lost to rounding",
            "is 1 for both",
            (a, b) -> a.add(b),
            Tensor.of(1e10),
            Tensor.of(1e-9),
            2),
        one(
            NOISE,
            "cancellation",
            "is 1, though the value keeps half of its digits",
            op(x -> x.add(1e8).sub(1e8), (g, x) -> g),
            VECTOR,
            2),
        one(
            NOISE,
            "variance far from 0",
            "is right though squares of 1e5 cancel",
            op(
                x -> x.square().mean().sub(x.mean().square()),
                (g, x) -> x.sub(x.mean()).mul(g).mul(0.5)),
            VECTOR.add(1e5),
            1),
        one(
            NOISE,
            "1 - cos of a small angle",
            "is sin, though the value keeps half of its digits",
            op(x -> x.cos().subFrom(1), (g, x) -> g.mul(x.sin())),
            Tensor.of(1e-3, 2e-2),
            2),
        one(
            NOISE,
            "value in single precision",
            "is that of the function behind the rounding",
            op(x -> x.map(v -> (float) Math.sin(v)), (g, x) -> g.mul(x.cos())),
            VECTOR,
            1),
        one(
            NOISE,
            "exponential minus one",
            "is exp, though the value is a difference",
            op(x -> x.exp().sub(1), (g, x) -> g.mul(x.exp())),
            Tensor.of(1e-7, -1e-5),
            2),
        one(
            NOISE,
            "inverse of an ill-conditioned matrix",
            "is right to the digits that the condition leaves",
            x -> x.inverse(),
            Tensor.of(new double[][] {{1, 1}, {1, 1.0001}}),
            1),
        one(
            NOISE,
            "sum of ten thousand",
            "is right though rounding adds up",
            x -> x.unsqueeze(1).mul(Tensor.linspace(DType.F64, 0, 1, 10_000)).sin().sum(),
            Tensor.of(0.3, 1.2),
            2),
        one(
            NOISE,
            "short waves",
            "is 1e4 cos(1e4 x)",
            op(x -> x.mul(1e4).sin(), (g, x) -> g.mul(x.mul(1e4).cos()).mul(1e4)),
            VECTOR,
            2),
        one(
            CONSTANT_PART,
            "softmax with a detached shift",
            "does not depend on the shift",
            x -> softmax(x.sub(x.detach().max())),
            VECTOR,
            2),
        one(
            CONSTANT_PART,
            "log-sum-exp with a detached shift",
            "does not depend on the shift",
            x -> x.sub(x.detach().max()).exp().sum().log().add(x.detach().max()),
            VECTOR,
            2),
        one(
            CONSTANT_PART,
            "choice by a detached mask",
            "depends on the mask only where it changes",
            x -> x.sin().where(x.detach().gt(0), x.cos()),
            VECTOR,
            2),
        one(
            CONSTANT_PART,
            "square of a detached difference",
            "is 0 where the difference is",
            x -> x.sub(x.detach()).square().add(x),
            VECTOR,
            1),
        one(
            STOPPED,
            "rounding, straight through",
            "is 1 by definition: the rounding is passed over",
            x -> x.round().sub(x).detach().add(x),
            VECTOR,
            1),
        one(
            STOPPED,
            "sign, straight through",
            "is that of clamp by definition",
            x -> x.sign().sub(x.clamp(-1, 1)).detach().add(x.clamp(-1, 1)),
            VECTOR,
            1),
        one(
            STOPPED,
            "distance to a frozen target",
            "takes the target for a constant",
            x -> x.sub(x.sin().detach()).square(),
            VECTOR,
            1));
  }
}
