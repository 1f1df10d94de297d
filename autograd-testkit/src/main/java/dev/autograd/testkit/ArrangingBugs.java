package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.ARRANGING;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;

import dev.autograd.Tensor;
import dev.autograd.array.Slice;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Bugs in slices, arrangement and indices. */
final class ArrangingBugs {

  private static final Tensor VECTOR = normal(91, 6);
  private static final Tensor X = normal(92, 3, 4);
  private static final Tensor SQUARE = normal(93, 3, 3);
  private static final UnaryOperator<Tensor> SLICE =
      op(x -> x.slice(0, 1, 4), (g, x) -> g.pad(0, 1, 2));
  private static final UnaryOperator<Tensor> STEPS =
      op(x -> x.slice(Slice.from(1).step(2)), (g, x) -> zipped(g.mul(0), g));
  private static final BinaryOperator<Tensor> CONCAT =
      op(
          (a, b) -> Tensor.concat(0, a, b),
          (g, a, b) -> g.slice(0, 0, a.size()),
          (g, a, b) -> g.slice(0, a.size(), g.size()));
  private static final Tensor INDEX = Tensor.indices(2, 0, 2, 1);
  private static final UnaryOperator<Tensor> LOOKUP =
      op(x -> x.indexSelect(0, INDEX), (g, x) -> x.detach().mul(0).indexAdd(0, INDEX, g));

  private ArrangingBugs() {}

  /** Returns the elements of both in turn. */
  private static Tensor zipped(Tensor even, Tensor odd) {
    return Tensor.stack(1, even, odd).reshape(2 * even.size());
  }

  /** Returns six elements, with the first and the last once more. */
  private static Tensor edged(Tensor x) {
    return Tensor.concat(0, x.slice(0, 0, 1), x, x.slice(0, 5, 6));
  }

  static List<PlantedBug> all() {
    return List.of(
        ARRANGING.bug(
            "slice off by one",
            "puts the gradient one place too far",
            op(x -> x.slice(0, 1, 4), (g, x) -> g.pad(0, 2, 1)),
            SLICE,
            VECTOR),
        ARRANGING.bug(
            "slice at the front",
            "puts the gradient at the start",
            op(x -> x.slice(0, 1, 4), (g, x) -> g.pad(0, 0, 3)),
            SLICE,
            VECTOR),
        ARRANGING.bug(
            "slice without its last",
            "loses the last element",
            op(x -> x.slice(0, 1, 4), (g, x) -> g.slice(0, 0, 2).pad(0, 1, 3)),
            SLICE,
            VECTOR),
        ARRANGING.bug(
            "steps off by one",
            "puts the gradient on the elements between",
            op(x -> x.slice(Slice.from(1).step(2)), (g, x) -> zipped(g, g.mul(0))),
            STEPS,
            VECTOR),
        ARRANGING.bug(
            "steps ignored",
            "puts the gradient side by side",
            op(x -> x.slice(Slice.from(1).step(2)), (g, x) -> g.pad(0, 1, 2)),
            STEPS,
            VECTOR),
        ARRANGING.bug(
            "parts exchanged",
            "gives each part the gradient of the other",
            op(
                (a, b) -> Tensor.concat(0, a, b),
                (g, a, b) -> g.slice(0, a.size(), g.size()),
                (g, a, b) -> g.slice(0, 0, a.size())),
            CONCAT,
            normal(94, 3),
            normal(95, 3)),
        ARRANGING.bug(
            "second part from the start",
            "takes the gradient of the second part from the start",
            op(
                (a, b) -> Tensor.concat(0, a, b),
                (g, a, b) -> g.slice(0, 0, a.size()),
                (g, a, b) -> g.slice(0, 0, b.size())),
            CONCAT,
            normal(94, 3),
            normal(95, 2)),
        ARRANGING.bug(
            "second part off by one",
            "takes the gradient of the second part one place too early",
            op(
                (a, b) -> Tensor.concat(0, a, b),
                (g, a, b) -> g.slice(0, 0, a.size()),
                (g, a, b) -> g.slice(0, a.size() - 1, g.size() - 1)),
            CONCAT,
            normal(94, 3),
            normal(95, 2)),
        ARRANGING.bug(
            "transpose of a square",
            "returns the gradient as it came",
            op(x -> x.transpose(), (g, x) -> g),
            op(x -> x.transpose(), (g, x) -> g.transpose()),
            SQUARE),
        ARRANGING.bug(
            "permutation not inverted",
            "permutes three axes forwards again",
            op(x -> x.permute(1, 2, 0), (g, x) -> g.permute(1, 2, 0)),
            op(x -> x.permute(1, 2, 0), (g, x) -> g.permute(2, 0, 1)),
            normal(96, 2, 2, 2)),
        ARRANGING.bug(
            "reshape by columns",
            "reads the gradient by columns",
            op(x -> x.reshape(4, 3), (g, x) -> g.transpose()),
            op(x -> x.reshape(4, 3), (g, x) -> g.reshape(x.shape())),
            X),
        ARRANGING.bug(
            "flip not undone",
            "returns the gradient as it came",
            op(x -> x.flip(0), (g, x) -> g),
            op(x -> x.flip(0), (g, x) -> g.flip(0)),
            VECTOR),
        ARRANGING.bug(
            "roll onwards",
            "rolls forwards again",
            op(x -> x.roll(0, 1), (g, x) -> g.roll(0, 1)),
            op(x -> x.roll(0, 1), (g, x) -> g.roll(0, -1)),
            VECTOR),
        ARRANGING.bug(
            "padding off by one",
            "cuts one place too early",
            op(x -> x.pad(0, 2, 1), (g, x) -> g.slice(0, 1, 7)),
            op(x -> x.pad(0, 2, 1), (g, x) -> g.slice(0, 2, 8)),
            VECTOR),
        ARRANGING.bug(
            "padding with the edge",
            "forgets that the edge is repeated",
            op(x -> edged(x), (g, x) -> g.slice(0, 1, 7)),
            op(
                x -> edged(x),
                (g, x) ->
                    g.slice(0, 1, 7)
                        .add(g.slice(0, 0, 1).pad(0, 0, 5))
                        .add(g.slice(0, 7, 8).pad(0, 5, 0))),
            VECTOR),
        ARRANGING.bug(
            "tile as repeat",
            "sums neighbours instead of copies",
            op(x -> x.tile(2), (g, x) -> g.reshape(6, 2).sum(1)),
            op(x -> x.tile(2), (g, x) -> g.reshape(2, 6).sum(0)),
            VECTOR),
        ARRANGING.bug(
            "lookup without adding",
            "keeps the last gradient of a row that is looked up twice",
            op(
                x -> x.indexSelect(0, INDEX),
                (g, x) -> Tensor.stack(0, g.select(0, 1), g.select(0, 3), g.select(0, 2))),
            LOOKUP,
            X),
        ARRANGING.bug(
            "lookup in the order of the table",
            "adds gradients as if the indices were sorted",
            op(
                x -> x.indexSelect(0, INDEX),
                (g, x) -> x.detach().mul(0).indexAdd(0, Tensor.indices(0, 1, 2, 2), g)),
            LOOKUP,
            X),
        ARRANGING.bug(
            "lookup off by one",
            "adds gradients to the next row",
            op(
                x -> x.indexSelect(0, INDEX),
                (g, x) -> x.detach().mul(0).indexAdd(0, Tensor.indices(0, 1, 0, 2), g)),
            LOOKUP,
            X),
        ARRANGING.bug(
            "selection of the first",
            "gives the gradient to the first row",
            op(x -> x.select(0, 2), (g, x) -> g.unsqueeze(0).pad(0, 0, 2)),
            op(x -> x.select(0, 2), (g, x) -> g.unsqueeze(0).pad(0, 2, 0)),
            X),
        ARRANGING.bug(
            "stack along the wrong axis",
            "takes a square apart by rows instead of columns",
            op(
                (a, b) -> Tensor.stack(1, a, b),
                (g, a, b) -> g.select(0, 0),
                (g, a, b) -> g.select(0, 1)),
            op(
                (a, b) -> Tensor.stack(1, a, b),
                (g, a, b) -> g.select(1, 0),
                (g, a, b) -> g.select(1, 1)),
            normal(97, 2),
            normal(98, 2)),
        ARRANGING.bug(
            "masked elements leak",
            "gives gradient to elements that were overwritten",
            op(x -> x.maskedFill(x.gt(0), 7), (g, x) -> g),
            op(x -> x.maskedFill(x.gt(0), 7), (g, x) -> g.mul(indicator(x.le(0)))),
            X),
        ARRANGING.bug(
            "triangle without diagonal",
            "leaves out the diagonal",
            op(x -> x.tril(), (g, x) -> g.tril(-1)),
            op(x -> x.tril(), (g, x) -> g.tril()),
            SQUARE),
        ARRANGING.bug(
            "triangle leaks",
            "lets the gradient through above the diagonal",
            op(x -> x.tril(), (g, x) -> g),
            op(x -> x.tril(), (g, x) -> g.tril()),
            SQUARE),
        ARRANGING.bug(
            "diagonal beside",
            "puts the gradient beside the diagonal",
            op(x -> x.diagonal(), (g, x) -> g.diagonalMatrix().roll(1, 1)),
            op(x -> x.diagonal(), (g, x) -> g.diagonalMatrix()),
            SQUARE));
  }
}
