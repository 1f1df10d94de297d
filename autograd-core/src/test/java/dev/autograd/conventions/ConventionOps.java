package dev.autograd.conventions;

import static java.util.Map.entry;

import dev.autograd.LossOptions;
import dev.autograd.Losses;
import dev.autograd.Pooling;
import dev.autograd.Reduction;
import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The operations of the table of conventions, by the text that the table and its page show. */
final class ConventionOps {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static final Map<String, Function<List<Tensor>, Tensor>> TABLE =
      Map.ofEntries(
          one("relu(x)", Tensor::relu),
          one("maximum(x, 0)", x -> x.maximum(0)),
          one("clamp(x, 0, Infinity)", x -> x.clamp(0, INF)),
          one("clamp(x, -1, 1)", x -> x.clamp(-1, 1)),
          one("abs(x)", Tensor::abs),
          one("sqrt(x²)", x -> x.square().sqrt()),
          one("sign(x)", Tensor::sign),
          one("floor(x)", Tensor::floor),
          one("ceil(x)", Tensor::ceil),
          one("round(x)", Tensor::round),
          one("trunc(x)", Tensor::trunc),
          one("leakyRelu(x, 0.01)", x -> x.leakyRelu(0.01)),
          one("elu(x, 1)", x -> x.elu(1)),
          one("elu(x, 2)", x -> x.elu(2)),
          one("selu(x)", Tensor::selu),
          one("gelu(x)", Tensor::gelu),
          one("geluTanh(x)", Tensor::geluTanh),
          one("silu(x)", Tensor::silu),
          one("mish(x)", Tensor::mish),
          one("softsign(x)", Tensor::softsign),
          one("relu6(x)", Tensor::relu6),
          one("hardtanh(x, -1, 1)", x -> x.hardtanh(-1, 1)),
          one("max(x)", Tensor::max),
          one("max(x, axis 0)", x -> x.max(0)),
          one("min(x)", Tensor::min),
          one("maxSelect(x, axis 0)", x -> x.maxSelect(0)),
          one("minSelect(x, axis 0)", x -> x.minSelect(0)),
          two("maximum(a, b)", Tensor::maximum),
          two("minimum(a, b)", Tensor::minimum),
          one("sqrt(x)", Tensor::sqrt),
          one("rsqrt(x)", Tensor::rsqrt),
          one("log(x)", Tensor::log),
          one("log2(x)", Tensor::log2),
          one("log10(x)", Tensor::log10),
          one("log1p(x)", Tensor::log1p),
          one("reciprocal(x)", Tensor::reciprocal),
          one("1 / x", x -> x.divInto(1)),
          two("a / b", Tensor::div),
          one("exp(x)", Tensor::exp),
          one("sigmoid(x)", Tensor::sigmoid),
          one("tanh(x)", Tensor::tanh),
          one("softplus(x)", Tensor::softplus),
          one("logSigmoid(x)", Tensor::logSigmoid),
          one("norm(x, 0.5)", x -> x.norm(Axes.all(), 0.5)),
          one("norm(x, 1)", x -> x.norm(Axes.all(), 1)),
          one("norm(x, 1.5)", x -> x.norm(Axes.all(), 1.5)),
          one("norm(x, 2)", x -> x.norm(Axes.all(), 2)),
          one("norm(x, 3)", x -> x.norm(Axes.all(), 3)),
          one("norm(x, Infinity)", x -> x.norm(Axes.all(), INF)),
          one("std(x)", Tensor::std),
          one("var(x)", Tensor::var),
          one("prod(x)", Tensor::prod),
          one("cumProd(x, axis 0)", x -> x.cumProd(0)),
          one("x^-1", x -> x.pow(-1)),
          one("x^0", x -> x.pow(0)),
          one("x^0.5", x -> x.pow(0.5)),
          one("x^1", x -> x.pow(1)),
          one("x^2", x -> x.pow(2)),
          one("x^2.5", x -> x.pow(2.5)),
          one("x^3", x -> x.pow(3)),
          two("a^b", Tensor::pow),
          one("0^x", x -> Tensor.zeros(x.dtype()).pow(x)),
          one("logSumExp(x)", Tensor::logSumExp),
          two("logAddExp(a, b)", Tensor::logAddExp),
          one("softmax(x, axis 0)", x -> x.softmax(0)),
          one("logSoftmax(x, axis 0)", x -> x.logSoftmax(0)),
          two("hypot(a, b)", Tensor::hypot),
          two("atan2(a, b)", Tensor::atan2),
          one("where(x > 0, log(x), 0)", x -> x.log().where(x.gt(0), 0)),
          one("where(x > 0, sqrt(x), 0)", x -> x.sqrt().where(x.gt(0), 0)),
          one("maskedFill(sqrt(x), x <= 0, 0)", x -> x.sqrt().maskedFill(x.le(0), 0)),
          one("gather(x, 0, [0, 0, 1])", x -> x.gather(0, Tensor.indices(0, 0, 1))),
          one("gather(x, 0, [2])", x -> x.gather(0, Tensor.indices(2))),
          one("gather(x, 0, [-1])", x -> x.gather(0, Tensor.indices(-1))),
          one("indexSelect(x, 0, [0, 0, 1])", x -> x.indexSelect(0, Tensor.indices(0, 0, 1))),
          two(
              "scatterAdd(a, 0, [0, 0, 1], b)",
              (a, b) -> a.scatterAdd(0, Tensor.indices(0, 0, 1), b)),
          two("indexAdd(a, 0, [0, 0, 1], b)", (a, b) -> a.indexAdd(0, Tensor.indices(0, 0, 1), b)),
          two("scatter(a, 0, [0, 0, 1], b)", (a, b) -> a.scatter(0, Tensor.indices(0, 0, 1), b)),
          two("remainder(a, b)", Tensor::remainder),
          one("maxPool1d(x, 2)", ConventionOps::maxPool),
          one("normalize(x, axis 0)", x -> x.normalize(0)),
          one("layerNorm(x, eps 1e-5)", ConventionOps::layerNorm),
          two("l1(a, b)", (a, b) -> Losses.l1(a, b, Reduction.NONE)),
          two("huber(a, b)", (a, b) -> Losses.huber(a, b, 1, Reduction.NONE)),
          two("smoothL1(a, b)", (a, b) -> Losses.smoothL1(a, b, 1, Reduction.NONE)),
          two("bce(p, t)", (p, t) -> Losses.bce(p, t, LossOptions.none())),
          two("bceWithLogits(z, t)", (z, t) -> Losses.bceWithLogits(z, t, LossOptions.none())));

  private ConventionOps() {}

  /** Returns the operation of a row; operands of one element are given to it as 0-d tensors. */
  static Function<List<Tensor>, Tensor> find(String operation) {
    Function<List<Tensor>, Tensor> found = TABLE.get(operation);
    if (found == null) {
      throw new IllegalArgumentException("no operation is written \"" + operation + "\"");
    }
    return found;
  }

  private static Tensor maxPool(Tensor x) {
    return x.reshape(1, 1, x.size()).maxPool1d(Pooling.of(2)).reshape(1);
  }

  private static Tensor layerNorm(Tensor x) {
    int n = x.size();
    return x.layerNorm(Tensor.ones(x.dtype(), n), Tensor.zeros(x.dtype(), n), 1e-5);
  }

  private static Map.Entry<String, Function<List<Tensor>, Tensor>> one(
      String text, UnaryOperator<Tensor> f) {
    return entry(text, in -> f.apply(in.get(0)));
  }

  private static Map.Entry<String, Function<List<Tensor>, Tensor>> two(
      String text, BinaryOperator<Tensor> f) {
    return entry(text, in -> f.apply(in.get(0), in.get(1)));
  }
}
