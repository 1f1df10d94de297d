package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.MATRICES;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.opOfList;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Bugs in products, solutions and determinants of matrices. */
final class MatrixBugs {

  private static final Tensor A = normal(31, 3, 3);
  private static final Tensor B = normal(32, 3, 3);
  private static final Tensor REGULAR = normal(33, 3, 3).mul(0.3).add(Tensor.eye(DType.F64, 3));
  private static final BinaryOperator<Tensor> PRODUCT =
      op(
          (a, b) -> a.matmul(b),
          (g, a, b) -> g.matmul(b.transpose()),
          (g, a, b) -> a.transpose().matmul(g));
  private static final UnaryOperator<Tensor> INVERSE =
      op(
          x -> x.inverse(),
          (g, x) -> x.inverse().transpose().matmul(g).matmul(x.inverse().transpose()).neg());
  private static final BinaryOperator<Tensor> SOLUTION =
      op(
          (a, b) -> a.solve(b),
          (g, a, b) -> a.transpose().solve(g).matmul(a.solve(b).transpose()).neg(),
          (g, a, b) -> a.transpose().solve(g));
  private static final Function<List<Tensor>, Tensor> LINEAR =
      opOfList(
          in -> in.get(0).matmul(in.get(1).transpose()).add(in.get(2)),
          (g, in) -> g.matmul(in.get(1)),
          (g, in) -> g.transpose().matmul(in.get(0)),
          (g, in) -> g.sum(0));

  private MatrixBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        MATRICES.bug(
            "product transposed",
            "returns the transpose of the gradient, which has the same shape",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> b.matmul(g.transpose()),
                (g, a, b) -> a.transpose().matmul(g)),
            PRODUCT,
            A,
            B),
        MATRICES.bug(
            "transpose forgotten on the left",
            "multiplies by b instead of its transpose",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> g.matmul(b),
                (g, a, b) -> a.transpose().matmul(g)),
            PRODUCT,
            A,
            B),
        MATRICES.bug(
            "transpose forgotten on the right",
            "multiplies by a instead of its transpose",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> g.matmul(b.transpose()),
                (g, a, b) -> a.matmul(g)),
            PRODUCT,
            A,
            B),
        MATRICES.bug(
            "factors in the wrong order",
            "multiplies from the other side",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> b.transpose().matmul(g),
                (g, a, b) -> a.transpose().matmul(g)),
            PRODUCT,
            A,
            B),
        MATRICES.bug(
            "gradients exchanged",
            "gives each factor the gradient of the other",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> a.transpose().matmul(g),
                (g, a, b) -> g.matmul(b.transpose())),
            PRODUCT,
            A,
            B),
        MATRICES.bug(
            "matrix times vector",
            "transposes the outer product",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> b.outer(g),
                (g, a, b) -> a.transpose().matmul(g)),
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> g.outer(b),
                (g, a, b) -> a.transpose().matmul(g)),
            A,
            normal(34, 3)),
        MATRICES.bug(
            "outer product",
            "takes the gradient of the second factor by rows",
            op((a, b) -> a.outer(b), (g, a, b) -> g.matmul(b), (g, a, b) -> g.matmul(a)),
            op(
                (a, b) -> a.outer(b),
                (g, a, b) -> g.matmul(b),
                (g, a, b) -> g.transpose().matmul(a)),
            normal(35, 3),
            normal(36, 3)),
        MATRICES.bug(
            "batch of products",
            "uses the first matrix of the batch for all",
            op(
                (a, b) -> a.matmul(b),
                (g, a, b) -> g.matmul(b.select(0, 0).transpose()),
                (g, a, b) -> a.transpose().matmul(g)),
            PRODUCT,
            normal(37, 2, 2, 2),
            normal(38, 2, 2, 2)),
        MATRICES.bug(
            "bias without gradient",
            "forgets the bias",
            opOfList(
                in -> in.get(0).matmul(in.get(1).transpose()).add(in.get(2)),
                (g, in) -> g.matmul(in.get(1)),
                (g, in) -> g.transpose().matmul(in.get(0)),
                (g, in) -> g.sum(0).mul(0)),
            LINEAR,
            List.of(normal(39, 2, 3), A, normal(40, 3))),
        MATRICES.bug(
            "weight transposed",
            "transposes the gradient of a square weight",
            opOfList(
                in -> in.get(0).matmul(in.get(1).transpose()).add(in.get(2)),
                (g, in) -> g.matmul(in.get(1)),
                (g, in) -> in.get(0).transpose().matmul(g),
                (g, in) -> g.sum(0)),
            LINEAR,
            List.of(normal(39, 2, 3), A, normal(40, 3))),
        MATRICES.bug(
            "product with itself",
            "takes 2 g a, which is right for symmetric g only",
            op(a -> a.matmul(a.transpose()), (g, a) -> g.matmul(a).mul(2)),
            op(a -> a.matmul(a.transpose()), (g, a) -> g.add(g.transpose()).matmul(a)),
            A),
        MATRICES.bug(
            "quadratic form",
            "takes 2 a x, which is right for symmetric a only",
            op(
                (a, x) -> x.matmul(a).dot(x),
                (g, a, x) -> x.outer(x).mul(g),
                (g, a, x) -> a.matmul(x).mul(g).mul(2)),
            op(
                (a, x) -> x.matmul(a).dot(x),
                (g, a, x) -> x.outer(x).mul(g),
                (g, a, x) -> a.add(a.transpose()).matmul(x).mul(g)),
            A,
            normal(41, 3)),
        MATRICES.bug(
            "inverse without transposes",
            "multiplies by the inverse instead of its transpose",
            op(x -> x.inverse(), (g, x) -> x.inverse().matmul(g).matmul(x.inverse()).neg()),
            INVERSE,
            REGULAR),
        MATRICES.bug(
            "inverse without its sign",
            "forgets the minus",
            op(
                x -> x.inverse(),
                (g, x) -> x.inverse().transpose().matmul(g).matmul(x.inverse().transpose())),
            INVERSE,
            REGULAR),
        MATRICES.bug(
            "solution without transpose",
            "solves with a instead of its transpose",
            op(
                (a, b) -> a.solve(b),
                (g, a, b) -> a.transpose().solve(g).matmul(a.solve(b).transpose()).neg(),
                (g, a, b) -> a.solve(g)),
            SOLUTION,
            REGULAR,
            normal(42, 3, 2)),
        MATRICES.bug(
            "matrix of a solution transposed",
            "transposes the gradient of the matrix",
            op(
                (a, b) -> a.solve(b),
                (g, a, b) -> a.solve(b).matmul(a.transpose().solve(g).transpose()).neg(),
                (g, a, b) -> a.transpose().solve(g)),
            SOLUTION,
            REGULAR,
            normal(42, 3, 2)),
        MATRICES.bug(
            "determinant without transpose",
            "takes the inverse instead of its transpose",
            op(x -> x.determinant(), (g, x) -> x.inverse().mul(x.determinant()).mul(g)),
            op(x -> x.determinant(), (g, x) -> x.inverse().transpose().mul(x.determinant()).mul(g)),
            REGULAR),
        MATRICES.bug(
            "log-determinant times determinant",
            "keeps the factor that the logarithm takes away",
            op(x -> x.logAbsDet(), (g, x) -> x.inverse().transpose().mul(x.determinant()).mul(g)),
            op(x -> x.logAbsDet(), (g, x) -> x.inverse().transpose().mul(g)),
            REGULAR),
        MATRICES.bug(
            "trace of a product",
            "takes b instead of its transpose",
            op(
                (a, b) -> a.matmul(b).trace(),
                (g, a, b) -> b.mul(g),
                (g, a, b) -> a.transpose().mul(g)),
            op(
                (a, b) -> a.matmul(b).trace(),
                (g, a, b) -> b.transpose().mul(g),
                (g, a, b) -> a.transpose().mul(g)),
            A,
            B),
        MATRICES.bug(
            "norm not divided",
            "forgets to divide by the norm",
            op(x -> x.square().sum().sqrt(), (g, x) -> x.mul(g)),
            op(x -> x.square().sum().sqrt(), (g, x) -> x.div(x.square().sum().sqrt()).mul(g)),
            A),
        MATRICES.bug(
            "dot product",
            "gives the second factor its own value",
            op((a, b) -> a.dot(b), (g, a, b) -> b.mul(g), (g, a, b) -> b.mul(g)),
            op((a, b) -> a.dot(b), (g, a, b) -> b.mul(g), (g, a, b) -> a.mul(g)),
            normal(43, 4),
            normal(44, 4)));
  }
}
