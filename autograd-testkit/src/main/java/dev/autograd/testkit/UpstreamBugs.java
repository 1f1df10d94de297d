package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.UPSTREAM;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Bugs in what becomes of the upstream gradient, and in sums of contributions. */
final class UpstreamBugs {

  private static final Tensor X = normal(21, 3, 4);
  private static final Tensor SCALAR = Tensor.scalar(0.7);
  private static final UnaryOperator<Tensor> SIN = op(x -> x.sin(), (g, x) -> g.mul(x.cos()));
  private static final UnaryOperator<Tensor> SQUARE =
      op(x -> x.square(), (g, x) -> g.mul(x).mul(2));
  private static final UnaryOperator<Tensor> SKIP =
      op(x -> x.add(x.sin()), (g, x) -> g.add(g.mul(x.cos())));
  private static final BinaryOperator<Tensor> TIED =
      op(
          (x, w) -> x.matmul(w).sin().matmul(w),
          (g, x, w) -> inner(g, x, w).matmul(w.transpose()),
          (g, x, w) -> first(g, x, w).add(second(g, x, w)));

  private UpstreamBugs() {}

  /** Returns the gradient of the inner product in sin(x w) w. */
  private static Tensor inner(Tensor g, Tensor x, Tensor w) {
    return g.matmul(w.transpose()).mul(x.matmul(w).cos());
  }

  private static Tensor first(Tensor g, Tensor x, Tensor w) {
    return x.transpose().matmul(inner(g, x, w));
  }

  private static Tensor second(Tensor g, Tensor x, Tensor w) {
    return x.matmul(w).sin().transpose().matmul(g);
  }

  static List<PlantedBug> all() {
    return List.of(
        UPSTREAM.bug(
            "upstream ignored",
            "returns the slope alone",
            op(x -> x.sin(), (g, x) -> x.cos()),
            SIN,
            X),
        UPSTREAM.bug(
            "upstream ignored, one number",
            "returns the slope alone, of a single number",
            op(x -> x.sin(), (g, x) -> x.cos()),
            SIN,
            SCALAR),
        UPSTREAM.bug(
            "upstream without its sign",
            "takes the absolute value of the upstream gradient",
            op(x -> x.sin(), (g, x) -> g.abs().mul(x.cos())),
            SIN,
            X),
        UPSTREAM.bug(
            "right for ones only",
            "takes the mean of the upstream gradient",
            op(x -> x.square(), (g, x) -> g.mean().mul(x).mul(2)),
            SQUARE,
            X),
        UPSTREAM.bug(
            "sum of the upstream",
            "sums the upstream gradient, as if the output were one number",
            op(x -> x.square(), (g, x) -> g.sum().mul(x).mul(2)),
            SQUARE,
            X),
        UPSTREAM.bug(
            "upstream in the wrong order",
            "reads the upstream gradient by columns",
            op(x -> x.square(), (g, x) -> g.transpose().reshape(x.shape()).mul(x).mul(2)),
            SQUARE,
            X),
        UPSTREAM.bug(
            "upstream one place on",
            "reads the upstream gradient one place too far",
            op(x -> x.square(), (g, x) -> g.roll(0, 1).mul(x).mul(2)),
            SQUARE,
            normal(22, 5)),
        UPSTREAM.bug(
            "upstream divided by its size",
            "divides by the number of outputs",
            op(x -> x.square(), (g, x) -> g.mul(x).mul(2.0 / x.size())),
            SQUARE,
            X),
        UPSTREAM.bug(
            "upstream twice",
            "multiplies by the upstream gradient twice",
            op(x -> x.sin(), (g, x) -> g.mul(g).mul(x.cos())),
            SIN,
            X),
        UPSTREAM.bug(
            "single precision",
            "rounds the slope to single precision",
            op(x -> x.sin(), (g, x) -> g.mul(x.cos().to(DType.F32).to(DType.F64))),
            SIN,
            X),
        UPSTREAM.bug(
            "one of two contributions",
            "forgets the second use of the input",
            op(x -> x.mul(x.sin()), (g, x) -> g.mul(x.sin())),
            op(x -> x.mul(x.sin()), (g, x) -> g.mul(x.sin().add(x.mul(x.cos())))),
            X),
        UPSTREAM.bug(
            "shared value",
            "differentiates one of two uses of an inner result",
            op(
                x -> x.square().mul(x.square().sin()),
                (g, x) -> g.mul(x.square().sin()).mul(x).mul(2)),
            op(
                x -> x.square().mul(x.square().sin()),
                (g, x) ->
                    g.mul(x.square().sin().add(x.square().mul(x.square().cos()))).mul(x).mul(2)),
            X),
        UPSTREAM.bug(
            "last branch wins",
            "overwrites the gradient instead of adding: the last of three branches wins",
            op(x -> x.sin().add(x.mul(3)).add(x.exp()), (g, x) -> g.mul(x.exp())),
            op(
                x -> x.sin().add(x.mul(3)).add(x.exp()),
                (g, x) -> g.mul(x.cos().add(3).add(x.exp()))),
            X),
        UPSTREAM.bug(
            "first branch wins",
            "keeps the first gradient that arrives",
            op(x -> x.sin().add(x.mul(3)).add(x.exp()), (g, x) -> g.mul(x.cos())),
            op(
                x -> x.sin().add(x.mul(3)).add(x.exp()),
                (g, x) -> g.mul(x.cos().add(3).add(x.exp()))),
            X),
        UPSTREAM.bug(
            "skip connection lost",
            "forgets the path beside the function",
            op(x -> x.add(x.sin()), (g, x) -> g.mul(x.cos())),
            SKIP,
            X),
        UPSTREAM.bug(
            "skip connection alone",
            "overwrites the gradient of the function with the path's beside it",
            op(x -> x.add(x.sin()), (g, x) -> g),
            SKIP,
            X),
        UPSTREAM.bug(
            "skip connection counted twice",
            "adds the path beside the function twice",
            op(x -> x.add(x.sin()), (g, x) -> g.mul(2).add(g.mul(x.cos()))),
            SKIP,
            X),
        UPSTREAM.bug(
            "tied weights",
            "takes the gradient of the outer of two uses of a weight",
            op(
                (x, w) -> x.matmul(w).sin().matmul(w),
                (g, x, w) -> inner(g, x, w).matmul(w.transpose()),
                (g, x, w) -> second(g, x, w)),
            TIED,
            normal(23, 2, 3),
            normal(24, 3, 3)),
        UPSTREAM.bug(
            "tied weights, the inner use",
            "takes the gradient of the inner of two uses of a weight",
            op(
                (x, w) -> x.matmul(w).sin().matmul(w),
                (g, x, w) -> inner(g, x, w).matmul(w.transpose()),
                (g, x, w) -> first(g, x, w)),
            TIED,
            normal(23, 2, 3),
            normal(24, 3, 3)),
        UPSTREAM.bug(
            "number taken out",
            "goes on with a plain number taken from the tensor",
            x -> x.mul(x.item()),
            SQUARE,
            SCALAR));
  }
}
