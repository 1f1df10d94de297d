package dev.autograd.catalogue;

import static dev.autograd.catalogue.GraphFormula.moves;
import static dev.autograd.catalogue.GraphFormula.pairs;
import static dev.autograd.catalogue.GraphFormula.positive;
import static dev.autograd.catalogue.GraphFormula.reduction;
import static dev.autograd.catalogue.GraphFormula.rows;
import static dev.autograd.catalogue.GraphFormula.two;
import static java.util.Map.entry;

import dev.autograd.Convolution;
import dev.autograd.Pooling;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Formulas of what works along axes, on matrices, and on places. */
final class ShapedFormulas {

  static final Map<String, GraphFormula> BY_NAME =
      Map.ofEntries(
          entry("sum", reduction(v -> Arrays.stream(v).sum())),
          entry("mean", reduction(v -> Arrays.stream(v).sum() / v.length)),
          entry("logSumExp", reduction(v -> Math.log(Arrays.stream(v).map(Math::exp).sum()))),
          entry(
              "norm",
              reduction(
                  v -> StatisticsCases.norm(2, Arrays.stream(v).map(x -> x * x + 0.5).toArray()))),
          entry("var", reduction(v -> StatisticsCases.variance(0, v))),
          entry("prod", reduction(v -> Arrays.stream(v).reduce(1, (x, y) -> x * y))),
          entry("max", reduction(v -> Arrays.stream(v).max().orElseThrow())),
          entry("min", reduction(v -> Arrays.stream(v).min().orElseThrow())),
          entry("maxSelect", reduction(v -> Arrays.stream(v).max().orElseThrow())),
          entry("minSelect", reduction(v -> Arrays.stream(v).min().orElseThrow())),
          entry("cumSum", rows(ReductionCases::runningSums)),
          entry("cumProd", rows(ReductionCases::runningProducts)),
          entry("center", rows(GraphFormula::centered)),
          entry("softmax", rows(GraphFormula::softmax)),
          entry(
              "logSoftmax",
              rows(v -> Arrays.stream(GraphFormula.softmax(v)).map(Math::log).toArray())),
          entry("transpose", moves((x, n) -> LinearAlgebraCases.swapped(x))),
          entry(
              "gram", moves((x, n) -> LinearAlgebraCases.matmul(x, LinearAlgebraCases.swapped(x)))),
          entry("matmul", formula((g, n) -> LinearAlgebraCases.matmul(g.get(0), g.get(1)))),
          entry("outer", formula((g, n) -> GraphFormula.outer(g.get(0), g.get(1)))),
          entry(
              "einsum",
              moves((x, n) -> LinearAlgebraCases.matmul(LinearAlgebraCases.swapped(x), x))),
          entry("inverse", positive(DecompositionCases::inverse)),
          entry("logDet", positive(x -> DecompositionCases.determinant(x).map(Math::log))),
          entry("cholesky", positive(DecompositionCases::cholesky)),
          entry("diagonal", moves((x, n) -> MatrixPartsCases.diagonal(x, 0))),
          entry("tril", moves((x, n) -> MatrixPartsCases.kept(x, 0, true))),
          entry("flatten", moves((x, n) -> Grid.of(Shape.of(x.size()), x.values()))),
          entry("unsqueeze", moves((x, n) -> GraphFormula.unsqueezed(x, n[0]))),
          entry("squeeze", moves((x, n) -> GraphFormula.squeezed(x))),
          entry(
              "select",
              moves((x, n) -> ReductionCases.reduce(x, new int[] {n[0]}, false, v -> v[n[1]]))),
          entry("slice", moves((x, n) -> GraphFormula.part(x, n[0], n[1], n[2], 1))),
          entry("everySecond", moves((x, n) -> GraphFormula.part(x, 0, 0, x.shape().dim(0), 2))),
          entry("broadcastTo", moves((x, n) -> Grid.generate(Shape.of(n), x::repeatedAt))),
          entry(
              "concat",
              formula((g, n) -> JoiningCases.concat(n[0], List.of(g.get(0), g.get(1), g.get(0))))),
          entry("stack", formula((g, n) -> JoiningCases.stack(n[0], g))),
          entry(
              "flip",
              moves(
                  (x, n) ->
                      Grid.generate(x.shape(), i -> x.at(GraphFormula.reversed(i, x.shape(), n))))),
          entry("roll", moves((x, n) -> GraphFormula.rolled(x, n[0], n[1]))),
          entry("pad", moves((x, n) -> GraphFormula.bordered(x, n[0]))),
          entry("repeat", moves((x, n) -> GraphFormula.doubled(x, n[0]))),
          entry(
              "indexSelect",
              moves((x, n) -> IndexingCases.selected(x, n[0], Grid.of(Shape.of(2), 0, 0)))),
          entry("gather", moves((x, n) -> IndexingCases.gathered(x, n[0], x.map(v -> 0)))),
          entry(
              "scatterAdd",
              formula(
                  (g, n) ->
                      IndexingCases.scatterAdded(g.get(0), n[0], g.get(0).map(v -> 0), g.get(1)))),
          entry("restack", moves((x, n) -> GraphFormula.movedToEnd(x, n[0]))),
          entry(
              "cubicNorm",
              reduction(
                  v -> StatisticsCases.norm(3, Arrays.stream(v).map(x -> x * x + 0.5).toArray()))),
          entry("std", reduction(v -> Math.sqrt(StatisticsCases.variance(1, v)))),
          entry(
              "linear",
              two(
                  (a, b) ->
                      LinearAlgebraCases.matmul(a, LinearAlgebraCases.swapped(b))
                          .zip(Double::sum, MatrixPartsCases.sums(b)))),
          entry("dot", two((a, b) -> Grid.of(Shape.SCALAR, a.dot(b)))),
          entry("determinant", positive(DecompositionCases::determinant)),
          entry("logAbsDet", positive(x -> DecompositionCases.determinant(x).map(Math::log))),
          entry("trace", moves((x, n) -> MatrixPartsCases.sums(MatrixPartsCases.diagonal(x, 0)))),
          entry("triu", moves((x, n) -> MatrixPartsCases.kept(x, 0, false))),
          entry(
              "solve",
              formula(
                  (g, n) ->
                      LinearAlgebraCases.matmul(
                          DecompositionCases.inverse(GraphFormula.gramPlusOne(g.get(0), n[0])),
                          g.get(1)))),
          entry(
              "solveLower",
              formula(
                  (g, n) ->
                      LinearAlgebraCases.matmul(
                          DecompositionCases.inverse(
                              DecompositionCases.cholesky(
                                  GraphFormula.gramPlusOne(g.get(0), n[0]))),
                          g.get(1)))),
          entry(
              "solveUpper",
              formula(
                  (g, n) ->
                      LinearAlgebraCases.matmul(
                          LinearAlgebraCases.swapped(
                              DecompositionCases.inverse(
                                  DecompositionCases.cholesky(
                                      GraphFormula.gramPlusOne(g.get(0), n[0])))),
                          g.get(1)))),
          entry("permute", moves((x, n) -> GraphFormula.mirrored(x))),
          entry("split", moves((x, n) -> GraphFormula.part(x, n[0], 0, 1, 1))),
          entry("tile", moves((x, n) -> JoiningCases.concat(0, List.of(x, x)))),
          entry("indexAdd", pairs(Double::sum)),
          entry(
              "normalize",
              rows(v -> NormalizationCases.unit(Arrays.stream(v).map(x -> x * x + 0.5).toArray()))),
          entry(
              "maxPool1d",
              moves(
                  (x, n) ->
                      GraphFormula.squeezed(
                          PoolingCases.max(1, GraphFormula.line(x), Pooling.of(2).stride(1))))),
          entry(
              "avgPool1d",
              moves(
                  (x, n) ->
                      GraphFormula.squeezed(
                          PoolingCases.average(1, GraphFormula.line(x), Pooling.of(2).stride(1))))),
          entry(
              "maxPool2d",
              moves(
                  (x, n) ->
                      GraphFormula.squeezed(
                          PoolingCases.max(
                              2, GraphFormula.image(x), Pooling.of(2).stride(1).padding(1))))),
          entry(
              "avgPool2d",
              moves(
                  (x, n) ->
                      GraphFormula.squeezed(
                          PoolingCases.average(
                              2, GraphFormula.image(x), Pooling.of(2).stride(1).padding(1))))),
          entry(
              "conv1d",
              two(
                  (a, b) ->
                      convolved(
                          1, GraphFormula.line(a), GraphFormula.line(b), Convolution.stride(1)))),
          entry(
              "conv2d",
              two(
                  (a, b) ->
                      convolved(
                          2,
                          GraphFormula.image(a),
                          GraphFormula.image(b),
                          Convolution.stride(1).padding(1)))),
          entry(
              "convTranspose1d",
              two((a, b) -> spread(1, GraphFormula.line(a), GraphFormula.line(b)))),
          entry(
              "convTranspose2d",
              two((a, b) -> spread(2, GraphFormula.image(a), GraphFormula.image(b)))));

  private ShapedFormulas() {}

  private static GraphFormula formula(GraphFormula f) {
    return f;
  }

  private static Grid convolved(int axes, Grid a, Grid b, Convolution options) {
    return GraphFormula.squeezed(SevenLoops.of(axes, a.shape(), b.shape(), options).output(a, b));
  }

  private static Grid spread(int axes, Grid a, Grid b) {
    return GraphFormula.squeezed(
        SevenLoops.transposed(axes, a.shape(), b.shape(), Convolution.stride(1)).input(a, b));
  }
}
