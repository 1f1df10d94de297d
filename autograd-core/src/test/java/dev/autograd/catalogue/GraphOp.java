package dev.autograd.catalogue;

import static dev.autograd.catalogue.GraphForm.elements;
import static dev.autograd.catalogue.GraphForm.moves;
import static dev.autograd.catalogue.GraphForm.pairs;
import static dev.autograd.catalogue.GraphForm.positive;
import static dev.autograd.catalogue.GraphForm.reduction;
import static dev.autograd.catalogue.GraphForm.rows;

import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The instructions of random graphs: Java text, which operands they take, and what they compute.
 * Arguments are kept in smooth and finite ranges by the instruction itself: a logarithm is one of
 * {@code x² + ½}.
 *
 * <p>In the text, {@code a} and {@code b} are the operands and {@code #} the numbers.
 */
@SuppressWarnings("ImmutableEnumChecker") // pure functions, and an array that nobody writes
enum GraphOp {
  TANH("a.tanh()", elements(Tensor::tanh, Math::tanh)),
  NEG("a.neg()", elements(Tensor::neg, x -> -x)),
  SUB_FROM("a.subFrom(1)", elements(a -> a.subFrom(1), x -> 1 - x)),
  IDENTITY("a.identity()", elements(Tensor::identity, x -> x)),
  SIN("a.sin()", elements(Tensor::sin, Math::sin)),
  COS("a.cos()", elements(Tensor::cos, Math::cos)),
  SIGMOID("a.sigmoid()", elements(Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)))),
  LOG_SIGMOID("a.logSigmoid()", elements(Tensor::logSigmoid, x -> -Math.log1p(Math.exp(-x)))),
  SOFTPLUS("a.softplus()", elements(Tensor::softplus, x -> Math.log1p(Math.exp(x)))),
  GELU(
      "a.gelu()",
      elements(Tensor::gelu, x -> x * (1 + ElementwiseCases.erf(x / Math.sqrt(2))) / 2)),
  SILU("a.silu()", elements(Tensor::silu, x -> x / (1 + Math.exp(-x)))),
  ERF("a.erf()", elements(Tensor::erf, ElementwiseCases::erf)),
  EXP("a.exp()", elements(Tensor::exp, Math::exp)),
  EXPM1("a.expm1()", elements(Tensor::expm1, Math::expm1)),
  SQUARE("a.square()", elements(Tensor::square, x -> x * x)),
  SQRT(
      "a.square().add(1).sqrt()",
      elements(a -> a.square().add(1).sqrt(), x -> Math.sqrt(x * x + 1))),
  RSQRT(
      "a.square().add(1).rsqrt()",
      elements(a -> a.square().add(1).rsqrt(), x -> 1 / Math.sqrt(x * x + 1))),
  LOG(
      "a.square().add(0.5).log()",
      elements(a -> a.square().add(0.5).log(), x -> Math.log(x * x + 0.5))),
  LOG1P("a.square().log1p()", elements(a -> a.square().log1p(), x -> Math.log1p(x * x))),
  RECIPROCAL(
      "a.square().add(1).reciprocal()",
      elements(a -> a.square().add(1).reciprocal(), x -> 1 / (x * x + 1))),
  DIV_INTO(
      "a.square().add(1).divInto(2)",
      elements(a -> a.square().add(1).divInto(2), x -> 2 / (x * x + 1))),
  POWER(
      "a.square().add(1).pow(-0.75)",
      elements(a -> a.square().add(1).pow(-0.75), x -> Math.pow(x * x + 1, -0.75))),
  RELU("a.relu()", elements(Tensor::relu, x -> Math.max(x, 0)), 0),
  ABS("a.abs()", elements(Tensor::abs, Math::abs), 0),
  LEAKY_RELU("a.leakyRelu(0.1)", elements(a -> a.leakyRelu(0.1), x -> x > 0 ? x : x / 10), 0),
  ELU("a.elu(1)", elements(a -> a.elu(1), x -> x > 0 ? x : Math.expm1(x)), 0),
  MASKED_FILL(
      "a.maskedFill(a.gt(0), 0.5)",
      elements(a -> a.maskedFill(a.gt(0), 0.5), x -> x > 0 ? 0.5 : x),
      0),
  CLAMP("a.clamp(-1, 1)", elements(a -> a.clamp(-1, 1), x -> Math.min(Math.max(x, -1), 1)), -1, 1),

  ADD("a.add(b)", Fitting.PAIR, pairs(Tensor::add, Double::sum)),
  SUB("a.sub(b)", Fitting.PAIR, pairs(Tensor::sub, (x, y) -> x - y)),
  MUL("a.mul(b)", Fitting.PAIR, pairs(Tensor::mul, (x, y) -> x * y)),
  CHAIN("a.chain(b)", Fitting.PAIR, pairs(Tensor::chain, (x, y) -> x * y)),
  DIV(
      "a.div(b.square().add(1))",
      Fitting.PAIR,
      pairs((a, b) -> a.div(b.square().add(1)), (x, y) -> x / (y * y + 1))),
  POW(
      "a.square().add(0.5).pow(b.tanh())",
      Fitting.PAIR,
      pairs(
          (a, b) -> a.square().add(0.5).pow(b.tanh()),
          (x, y) -> Math.pow(x * x + 0.5, Math.tanh(y)))),
  MAXIMUM("a.maximum(b)", Fitting.DISTINCT_PAIR, pairs(Tensor::maximum, Math::max)),
  MINIMUM("a.minimum(b)", Fitting.DISTINCT_PAIR, pairs(Tensor::minimum, Math::min)),
  WHERE(
      "a.where(b.gt(a), b.neg())",
      Fitting.DISTINCT_PAIR,
      pairs((a, b) -> a.where(b.gt(a), b.neg()), (x, y) -> y > x ? x : -y)),

  SUM("a.sum(#)", Fitting.AXES, reduction(Tensor::sum, v -> Arrays.stream(v).sum())),
  MEAN("a.mean(#)", Fitting.AXES, reduction(Tensor::mean, v -> Arrays.stream(v).sum() / v.length)),
  LOG_SUM_EXP(
      "a.logSumExp(#)",
      Fitting.AXES,
      reduction(Tensor::logSumExp, v -> Math.log(Arrays.stream(v).map(Math::exp).sum()))),
  NORM(
      "a.square().add(0.5).norm(#)",
      Fitting.AXES,
      reduction(
          (a, n) -> a.square().add(0.5).norm(n),
          v -> StatisticsCases.norm(2, Arrays.stream(v).map(x -> x * x + 0.5).toArray()))),
  VAR(
      "a.var(Axes.of(#), 0)",
      Fitting.AXIS,
      reduction((a, n) -> a.var(Axes.of(n), 0), v -> StatisticsCases.variance(0, v))),
  PROD(
      "a.prod(#)",
      Fitting.AXES,
      reduction(Tensor::prod, v -> Arrays.stream(v).reduce(1, (x, y) -> x * y))),
  MAX(
      "a.max(#)",
      Fitting.DISTINCT_AXES,
      reduction(Tensor::max, v -> Arrays.stream(v).max().orElseThrow())),
  MIN(
      "a.min(#)",
      Fitting.DISTINCT_AXES,
      reduction(Tensor::min, v -> Arrays.stream(v).min().orElseThrow())),
  MAX_SELECT(
      "a.maxSelect(#)",
      Fitting.DISTINCT_AXIS,
      reduction((a, n) -> a.maxSelect(n[0]), v -> Arrays.stream(v).max().orElseThrow())),
  MIN_SELECT(
      "a.minSelect(#)",
      Fitting.DISTINCT_AXIS,
      reduction((a, n) -> a.minSelect(n[0]), v -> Arrays.stream(v).min().orElseThrow())),
  CUM_SUM("a.cumSum(#)", Fitting.AXIS, rows(Tensor::cumSum, ReductionCases::runningSums)),
  CUM_PROD("a.cumProd(#)", Fitting.AXIS, rows(Tensor::cumProd, ReductionCases::runningProducts)),
  CENTER(
      "a.sub(a.mean(Axes.of(#).keep()))",
      Fitting.AXIS,
      rows((a, axis) -> a.sub(a.mean(Axes.of(axis).keep())), GraphForm::centered)),
  SOFTMAX("a.softmax(#)", Fitting.AXIS, rows(Tensor::softmax, GraphForm::softmax)),
  LOG_SOFTMAX(
      "a.logSoftmax(#)",
      Fitting.AXIS,
      rows(Tensor::logSoftmax, v -> Arrays.stream(GraphForm.softmax(v)).map(Math::log).toArray())),

  TRANSPOSE(
      "a.transpose()",
      Fitting.MATRIX,
      moves((a, n) -> a.transpose(), (x, n) -> LinearAlgebraCases.swapped(x))),
  GRAM(
      "a.matmul(a.transpose())",
      Fitting.MATRIX,
      moves(
          (a, n) -> a.matmul(a.transpose()),
          (x, n) -> LinearAlgebraCases.matmul(x, LinearAlgebraCases.swapped(x)))),
  MATMUL(
      "a.matmul(b)",
      Fitting.FACTORS,
      new GraphForm(
          (t, n) -> t.get(0).matmul(t.get(1)),
          (g, n) -> LinearAlgebraCases.matmul(g.get(0), g.get(1)))),
  OUTER(
      "a.reshape(-1).outer(b.reshape(-1))",
      Fitting.FEW,
      new GraphForm(
          (t, n) -> t.get(0).reshape(-1).outer(t.get(1).reshape(-1)),
          (g, n) -> GraphForm.outer(g.get(0), g.get(1)))),

  EINSUM(
      "Tensor.einsum(\"...ij,...ik->...jk\", a, a)",
      Fitting.MATRIX,
      moves(
          (a, n) -> Tensor.einsum("...ij,...ik->...jk", a, a),
          (x, n) -> LinearAlgebraCases.matmul(LinearAlgebraCases.swapped(x), x))),
  INVERSE(
      "a.matmul(a.transpose()).add(Tensor.eye(DType.F64, #)).inverse()",
      Fitting.FEW_ROWS,
      positive(Tensor::inverse, DecompositionCases::inverse)),
  LOG_DET(
      "a.matmul(a.transpose()).add(Tensor.eye(DType.F64, #)).logDet()",
      Fitting.FEW_ROWS,
      positive(Tensor::logDet, x -> DecompositionCases.determinant(x).map(Math::log))),
  CHOLESKY(
      "a.matmul(a.transpose()).add(Tensor.eye(DType.F64, #)).cholesky()",
      Fitting.FEW_ROWS,
      positive(Tensor::cholesky, DecompositionCases::cholesky)),
  DIAGONAL(
      "a.diagonal()",
      Fitting.MATRIX,
      moves((a, n) -> a.diagonal(), (x, n) -> MatrixPartsCases.diagonal(x, 0))),
  TRIL(
      "a.tril()",
      Fitting.MATRIX,
      moves((a, n) -> a.tril(), (x, n) -> MatrixPartsCases.kept(x, 0, true))),

  FLATTEN(
      "a.reshape(-1)",
      Fitting.ANY,
      moves((a, n) -> a.reshape(-1), (x, n) -> Grid.of(Shape.of(x.size()), x.values()))),
  UNSQUEEZE(
      "a.unsqueeze(#)",
      Fitting.AXIS,
      moves((a, n) -> a.unsqueeze(n[0]), (x, n) -> GraphForm.unsqueezed(x, n[0]))),
  SQUEEZE(
      "a.squeeze()", Fitting.ANY, moves((a, n) -> a.squeeze(), (x, n) -> GraphForm.squeezed(x))),
  SELECT(
      "a.select(#)",
      Fitting.INDEX,
      moves(
          (a, n) -> a.select(n[0], n[1]),
          (x, n) -> ReductionCases.reduce(x, new int[] {n[0]}, false, v -> v[n[1]]))),
  SLICE(
      "a.slice(#)",
      Fitting.RANGE,
      moves((a, n) -> a.slice(n[0], n[1], n[2]), (x, n) -> GraphForm.part(x, n[0], n[1], n[2], 1))),
  EVERY_SECOND(
      "a.slice(Slice.all().step(2))",
      Fitting.INDEX,
      moves(
          (a, n) -> a.slice(Slice.all().step(2)),
          (x, n) -> GraphForm.part(x, 0, 0, x.shape().dim(0), 2))),
  BROADCAST(
      "a.broadcastTo(#)",
      Fitting.LARGER_SHAPE,
      moves(Tensor::broadcastTo, (x, n) -> Grid.generate(Shape.of(n), x::repeatedAt))),
  CONCAT(
      "Tensor.concat(#, a, b, a)",
      Fitting.ALIKE,
      new GraphForm(
          (t, n) -> Tensor.concat(n[0], t.get(0), t.get(1), t.get(0)),
          (g, n) -> JoiningCases.concat(n[0], List.of(g.get(0), g.get(1), g.get(0))))),
  STACK(
      "Tensor.stack(#, a, b)",
      Fitting.ALIKE,
      new GraphForm((t, n) -> Tensor.stack(n[0], t), (g, n) -> JoiningCases.stack(n[0], g))),
  FLIP(
      "a.flip(#)",
      Fitting.AXES,
      moves(
          Tensor::flip,
          (x, n) -> Grid.generate(x.shape(), i -> x.at(GraphForm.reversed(i, x.shape(), n))))),
  ROLL(
      "a.roll(#)",
      Fitting.INDEX,
      moves((a, n) -> a.roll(n[0], n[1]), (x, n) -> GraphForm.rolled(x, n[0], n[1]))),
  PAD(
      "a.pad(#, 1, 1)",
      Fitting.GROWING_AXIS,
      moves((a, n) -> a.pad(n[0], 1, 1), (x, n) -> GraphForm.bordered(x, n[0]))),
  REPEAT(
      "a.repeat(#, 2)",
      Fitting.GROWING_AXIS,
      moves((a, n) -> a.repeat(n[0], 2), (x, n) -> GraphForm.doubled(x, n[0]))),
  INDEX_SELECT(
      "a.indexSelect(#, Tensor.indices(0, 0))",
      Fitting.GROWING_AXIS,
      moves(
          (a, n) -> a.indexSelect(n[0], Tensor.indices(0, 0)),
          (x, n) -> IndexingCases.selected(x, n[0], Grid.of(Shape.of(2), 0, 0)))),
  GATHER(
      "a.gather(#, a.ne(a).to(DType.I32))",
      Fitting.AXIS,
      moves(
          (a, n) -> a.gather(n[0], a.ne(a).to(DType.I32)),
          (x, n) -> IndexingCases.gathered(x, n[0], x.map(v -> 0)))),
  SCATTER_ADD(
      "a.scatterAdd(#, a.ne(a).to(DType.I32), b)",
      Fitting.ALIKE,
      new GraphForm(
          (t, n) -> t.get(0).scatterAdd(n[0], t.get(0).ne(t.get(0)).to(DType.I32), t.get(1)),
          (g, n) -> IndexingCases.scatterAdded(g.get(0), n[0], g.get(0).map(v -> 0), g.get(1)))),
  RESTACK(
      "Tensor.stack(-1, a.unstack(#))",
      Fitting.AXIS,
      moves((a, n) -> Tensor.stack(-1, a.unstack(n[0])), (x, n) -> GraphForm.movedToEnd(x, n[0])));

  private final String text;
  private final Fitting fitting;
  private final GraphForm form;
  private final double[] kinks;

  GraphOp(String text, GraphForm form, double... kinks) {
    this.text = text;
    this.fitting = Fitting.ANY;
    this.form = form;
    this.kinks = kinks;
  }

  GraphOp(String text, Fitting fitting, GraphForm form) {
    this.text = text;
    this.fitting = fitting;
    this.form = form;
    this.kinks = new double[0];
  }

  /** Returns the operands a gene chooses; empty if they do not fit or lie at a kink. */
  Optional<Fitting.Choice> choose(List<Grid> values, Gene gene) {
    return fitting
        .choose(values, gene)
        .filter(choice -> isSmoothAt(values.get(choice.operands().get(0))));
  }

  private boolean isSmoothAt(Grid x) {
    return Arrays.stream(x.values())
        .allMatch(v -> Arrays.stream(kinks).allMatch(k -> Math.abs(v - k) > Fitting.MARGIN));
  }

  Tensor call(List<Tensor> operands, int... numbers) {
    return form.library().apply(operands, numbers);
  }

  Grid evaluate(List<Grid> operands, int... numbers) {
    return form.formula().apply(operands, numbers);
  }

  String print(List<String> names, int... numbers) {
    String list =
        Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return text.replaceAll("\\ba\\b", names.get(0))
        .replaceAll("\\bb\\b", names.get(names.size() - 1))
        .replace("#", list);
  }
}
