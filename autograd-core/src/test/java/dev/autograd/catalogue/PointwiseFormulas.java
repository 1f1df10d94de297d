package dev.autograd.catalogue;

import static dev.autograd.catalogue.GraphFormula.elements;
import static dev.autograd.catalogue.GraphFormula.pairs;
import static java.util.Map.entry;

import dev.autograd.Reduction;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Formulas of what works element by element, losses among them. */
final class PointwiseFormulas {

  static final Map<String, GraphFormula> BY_NAME =
      Map.ofEntries(
          entry("tanh", elements(Math::tanh)),
          entry("neg", elements(x -> -x)),
          entry("subFrom", elements(x -> 1 - x)),
          entry("identity", elements(x -> x)),
          entry("sin", elements(Math::sin)),
          entry("cos", elements(Math::cos)),
          entry("sigmoid", elements(x -> 1 / (1 + Math.exp(-x)))),
          entry("logSigmoid", elements(x -> -Math.log1p(Math.exp(-x)))),
          entry("softplus", elements(x -> Math.log1p(Math.exp(x)))),
          entry("gelu", elements(x -> x * (1 + ElementwiseCases.erf(x / Math.sqrt(2))) / 2)),
          entry("silu", elements(x -> x / (1 + Math.exp(-x)))),
          entry("geluTanh", elements(ElementwiseCases::geluTanh)),
          entry("mish", elements(x -> x * Math.tanh(Math.log1p(Math.exp(x))))),
          entry("erf", elements(ElementwiseCases::erf)),
          entry("erfc", elements(x -> 1 - ElementwiseCases.erf(x))),
          entry("tan", elements(x -> Math.tan(Math.sin(x)))),
          entry("asin", elements(x -> Math.asin(0.9 * Math.sin(x)))),
          entry("acos", elements(x -> Math.acos(0.9 * Math.cos(x)))),
          entry("atan", elements(Math::atan)),
          entry("sinh", elements(Math::sinh)),
          entry("cosh", elements(Math::cosh)),
          entry("asinh", elements(x -> Math.log(x + Math.sqrt(x * x + 1)))),
          entry(
              "acosh",
              elements(x -> Math.log(x * x + 1.5 + Math.sqrt(Math.pow(x * x + 1.5, 2) - 1)))),
          entry(
              "atanh",
              elements(x -> Math.log((1 + 0.9 * Math.tanh(x)) / (1 - 0.9 * Math.tanh(x))) / 2)),
          entry("exp", elements(Math::exp)),
          entry("expm1", elements(Math::expm1)),
          entry("square", elements(x -> x * x)),
          entry("sqrt", elements(x -> Math.sqrt(x * x + 1))),
          entry("rsqrt", elements(x -> 1 / Math.sqrt(x * x + 1))),
          entry("log", elements(x -> Math.log(x * x + 0.5))),
          entry("log2", elements(x -> Math.log(x * x + 0.5) / Math.log(2))),
          entry("log10", elements(x -> Math.log10(x * x + 0.5))),
          entry("log1p", elements(x -> Math.log1p(x * x))),
          entry("reciprocal", elements(x -> 1 / (x * x + 1))),
          entry("divInto", elements(x -> 2 / (x * x + 1))),
          entry("power", elements(x -> Math.pow(x * x + 1, -0.75))),
          entry("relu", elements(x -> Math.max(x, 0))),
          entry("abs", elements(Math::abs)),
          entry("leakyRelu", elements(x -> x > 0 ? x : x / 10)),
          entry("relu6", elements(x -> Math.min(Math.max(x, 0), 6))),
          entry("hardtanh", elements(x -> Math.min(Math.max(x, -2), 1))),
          entry("selu", elements(ElementwiseCases::selu)),
          entry("softsign", elements(x -> x / (1 + Math.abs(x)))),
          entry("elu", elements(x -> x > 0 ? x : Math.expm1(x))),
          entry("maskedFill", elements(x -> x > 0 ? 0.5 : x)),
          entry("clamp", elements(x -> Math.min(Math.max(x, -1), 1))),
          entry("add", pairs(Double::sum)),
          entry("sub", pairs((x, y) -> x - y)),
          entry("mul", pairs((x, y) -> x * y)),
          entry("chain", pairs((x, y) -> x * y)),
          entry("div", pairs((x, y) -> x / (y * y + 1))),
          entry("pow", pairs((x, y) -> Math.pow(x * x + 0.5, Math.tanh(y)))),
          entry("atan2", pairs((x, y) -> Math.atan(x / (y * y + 1)))),
          entry("hypot", pairs((x, y) -> Math.sqrt(x * x + Math.pow(y * y + 1, 2)))),
          entry("logAddExp", pairs((x, y) -> Math.log(Math.exp(x) + Math.exp(y)))),
          entry("maximum", pairs(Math::max)),
          entry("minimum", pairs(Math::min)),
          entry("where", pairs((x, y) -> y > x ? x : -y)),
          entry("sign", elements(Math::abs)),
          entry("floor", elements(x -> x - Math.floor(x))),
          entry("ceil", elements(x -> x * Math.ceil(x))),
          entry("trunc", elements(x -> x * ((long) x + 1))),
          entry("round", elements(x -> x - Math.rint(x))),
          entry("remainder", elements(x -> x - 1.5 * Math.floor(x / 1.5))),
          entry("mse", loss(Reduction.NONE, d -> d * d)),
          entry("l1", loss(Reduction.NONE, Math::abs)),
          entry("huber", loss(Reduction.SUM, d -> smooth(d, 1))),
          entry("smoothL1", loss(Reduction.NONE, d -> smooth(d, 0.5) / 0.5)),
          entry(
              "gaussianNll",
              pairs(
                  (a, b) ->
                      0.5
                          * (Math.log(b * b + 0.5)
                              + Math.pow(a + b - Math.sin(b), 2) / (b * b + 0.5)))),
          entry("poissonNll", pairs((a, b) -> Math.exp(a + b) - Math.sin(b) * (a + b))),
          entry("bce", pairs((a, b) -> crossEntropy(a + b, sigmoid(b)))),
          entry("bceWithLogits", pairs((a, b) -> crossEntropy(a + b, sigmoid(b)))),
          entry("hinge", pairs((a, b) -> Math.max(0, 1 - (a + b) * Math.sin(b)))),
          entry(
              "klDiv",
              pairs((a, b) -> sigmoid(b) * (Math.log(sigmoid(b)) - Math.log(sigmoid(a + b))))));

  private PointwiseFormulas() {}

  private static GraphFormula loss(Reduction reduction, DoubleUnaryOperator ofDifference) {
    return (g, n) ->
        LossCases.reduce(
            reduction,
            g.get(0).zip((a, b) -> ofDifference.applyAsDouble(a + b - Math.sin(b)), g.get(1)));
  }

  private static double smooth(double d, double border) {
    double a = Math.abs(d);
    return a < border ? a * a / 2 : border * (a - border / 2);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double crossEntropy(double z, double t) {
    return t * Math.log1p(Math.exp(-z)) + (1 - t) * Math.log1p(Math.exp(z));
  }
}
