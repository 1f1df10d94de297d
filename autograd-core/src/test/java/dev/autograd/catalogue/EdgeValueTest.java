package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Values and slopes at kinks, poles, borders and infinities: what the documentation promises there.
 */
class EdgeValueTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** A function at one number. */
  private record Edge(
      String name, UnaryOperator<Tensor> f, double at, double value, double slope) {}

  /** A function of two numbers. */
  private record Pair(
      String name,
      BinaryOperator<Tensor> f,
      double a,
      double b,
      double value,
      double da,
      double db) {}

  private static final List<Edge> KINKS =
      List.of(
          new Edge("relu", Tensor::relu, 0, 0, 0),
          new Edge("relu", Tensor::relu, -0.0, 0, 0),
          new Edge("relu", Tensor::relu, Double.MIN_VALUE, Double.MIN_VALUE, 1),
          new Edge("relu", Tensor::relu, -Double.MIN_VALUE, 0, 0),
          new Edge("relu", Tensor::relu, INF, INF, 1),
          new Edge("relu", Tensor::relu, -INF, 0, 0),
          new Edge("relu", Tensor::relu, NAN, NAN, NAN),
          new Edge("abs", Tensor::abs, 0, 0, 0),
          new Edge("abs", Tensor::abs, -0.0, 0, 0),
          new Edge("abs", Tensor::abs, -INF, INF, -1),
          new Edge("abs", Tensor::abs, NAN, NAN, NAN),
          new Edge("sign", Tensor::sign, 0, 0, 0),
          new Edge("sign", Tensor::sign, -3, -1, 0),
          new Edge("sign", Tensor::sign, -INF, -1, 0),
          new Edge("sign", Tensor::sign, NAN, NAN, NAN),
          new Edge("leakyRelu", x -> x.leakyRelu(0.01), 0, 0, 0.01),
          new Edge("leakyRelu", x -> x.leakyRelu(0.01), NAN, NAN, NAN),
          new Edge("leakyRelu", x -> x.leakyRelu(0), -INF, NAN, 0),
          new Edge("elu", x -> x.elu(1), 0, 0, 1),
          new Edge("elu", x -> x.elu(2), 0, 0, 2),
          new Edge("elu", x -> x.elu(2), -INF, -2, 0),
          new Edge("elu", x -> x.elu(2), 1000, 1000, 1),
          new Edge("gelu", Tensor::gelu, 0, 0, 0.5),
          new Edge("silu", Tensor::silu, 0, 0, 0.5),
          new Edge("clamp", x -> x.clamp(-1, 1), -1, -1, 1),
          new Edge("clamp", x -> x.clamp(-1, 1), 1, 1, 1),
          new Edge("clamp", x -> x.clamp(-1, 1), Math.nextUp(1.0), 1, 0),
          new Edge("clamp", x -> x.clamp(-1, 1), -INF, -1, 0),
          new Edge("clamp", x -> x.clamp(-1, 1), NAN, NAN, NAN),
          new Edge("clamp", x -> x.clamp(0.5, 0.5), 0.5, 0.5, 1),
          new Edge("clamp", x -> x.clamp(0.5, 0.5), 0, 0.5, 0),
          new Edge("clamp", x -> x.clamp(1, 0), 0.5, 0, 0),
          new Edge("clamp", x -> x.clamp(-INF, INF), INF, INF, 1),
          new Edge("clamp", x -> x.clamp(-INF, 0), -INF, -INF, 1));

  private static final List<Edge> POLES =
      List.of(
          new Edge("sqrt", Tensor::sqrt, 0, 0, INF),
          new Edge("sqrt", Tensor::sqrt, -1, NAN, NAN),
          new Edge("sqrt", Tensor::sqrt, INF, INF, 0),
          new Edge("rsqrt", Tensor::rsqrt, 0, INF, -INF),
          new Edge("rsqrt", Tensor::rsqrt, INF, 0, 0),
          new Edge("log", Tensor::log, 0, -INF, INF),
          new Edge("log", Tensor::log, -0.0, -INF, -INF),
          new Edge("log", Tensor::log, -1, NAN, NAN),
          new Edge("log", Tensor::log, INF, INF, 0),
          new Edge("log1p", Tensor::log1p, -1, -INF, INF),
          new Edge("log1p", Tensor::log1p, -2, NAN, NAN),
          new Edge("reciprocal", Tensor::reciprocal, 0, INF, -INF),
          new Edge("reciprocal", Tensor::reciprocal, -0.0, -INF, -INF),
          new Edge("reciprocal", Tensor::reciprocal, INF, 0, 0),
          new Edge("1 / x", x -> x.divInto(1), 0, INF, -INF),
          new Edge("1 / x", x -> x.divInto(1), -0.0, -INF, -INF),
          new Edge("x^2", x -> x.pow(2), 0, 0, 0),
          new Edge("x^1", x -> x.pow(1), 0, 0, 1),
          new Edge("x^0", x -> x.pow(0), 0, 1, 0),
          new Edge("x^0", x -> x.pow(0), NAN, 1, 0),
          new Edge("x^0", x -> x.pow(0), INF, 1, 0),
          new Edge("x^0.5", x -> x.pow(0.5), 0, 0, INF),
          new Edge("x^-1", x -> x.pow(-1), 0, INF, -INF),
          new Edge("x^3", x -> x.pow(3), -2, -8, 12),
          new Edge("x^2.5", x -> x.pow(2.5), -2, NAN, NAN),
          new Edge("0^x", x -> Tensor.scalar(0).pow(x), 0, 1, 0),
          new Edge("0^x", x -> Tensor.scalar(0).pow(x), 1, 0, 0),
          new Edge("0^x", x -> Tensor.scalar(0).pow(x), -1, INF, -INF),
          new Edge("1^x", x -> Tensor.scalar(1).pow(x), INF, 1, 0));

  private static final List<Edge> SATURATION =
      List.of(
          new Edge("exp", Tensor::exp, 1000, INF, INF),
          new Edge("exp", Tensor::exp, -1000, 0, 0),
          new Edge("expm1", Tensor::expm1, -1000, -1, 0),
          new Edge("expm1", Tensor::expm1, 1e-20, 1e-20, 1),
          new Edge("log1p", Tensor::log1p, 1e-20, 1e-20, 1),
          new Edge("sigmoid", Tensor::sigmoid, 1000, 1, 0),
          new Edge("sigmoid", Tensor::sigmoid, -1000, 0, 0),
          new Edge("sigmoid", Tensor::sigmoid, INF, 1, 0),
          new Edge("sigmoid", Tensor::sigmoid, -INF, 0, 0),
          new Edge("sigmoid", Tensor::sigmoid, NAN, NAN, NAN),
          new Edge("tanh", Tensor::tanh, 1000, 1, 0),
          new Edge("tanh", Tensor::tanh, -INF, -1, 0),
          new Edge("tanh", Tensor::tanh, NAN, NAN, NAN),
          new Edge("softplus", Tensor::softplus, 0, Math.log(2), 0.5),
          new Edge("softplus", Tensor::softplus, 1000, 1000, 1),
          new Edge("softplus", Tensor::softplus, -1000, 0, 0),
          new Edge("softplus", Tensor::softplus, INF, INF, 1),
          new Edge("softplus", Tensor::softplus, -INF, 0, 0),
          new Edge("logSigmoid", Tensor::logSigmoid, 0, -Math.log(2), 0.5),
          new Edge("logSigmoid", Tensor::logSigmoid, 1000, 0, 0),
          new Edge("logSigmoid", Tensor::logSigmoid, -1000, -1000, 1),
          new Edge("logSigmoid", Tensor::logSigmoid, -INF, -INF, 1),
          new Edge("erf", Tensor::erf, INF, 1, 0),
          new Edge("erf", Tensor::erf, -1000, -1, 0),
          new Edge("gelu", Tensor::gelu, 1000, 1000, 1),
          new Edge("gelu", Tensor::gelu, -1000, 0, 0),
          new Edge("silu", Tensor::silu, 1000, 1000, 1),
          new Edge("silu", Tensor::silu, -1000, 0, 0),
          new Edge("sin", Tensor::sin, INF, NAN, NAN));

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("maximum", Tensor::maximum, 1, 1, 1, 0.5, 0.5),
          new Pair("maximum", Tensor::maximum, 0, -0.0, 0, 0.5, 0.5),
          new Pair("maximum", Tensor::maximum, NAN, 1, NAN, 1, 0),
          new Pair("maximum", Tensor::maximum, 1, NAN, NAN, 0, 1),
          new Pair("maximum", Tensor::maximum, INF, INF, INF, 0.5, 0.5),
          new Pair("maximum", Tensor::maximum, -INF, INF, INF, 0, 1),
          new Pair("maximum", Tensor::maximum, Double.MIN_VALUE, 0, Double.MIN_VALUE, 1, 0),
          new Pair("minimum", Tensor::minimum, 1, 1, 1, 0.5, 0.5),
          new Pair("minimum", Tensor::minimum, NAN, 1, NAN, 1, 0),
          new Pair("minimum", Tensor::minimum, -INF, -INF, -INF, 0.5, 0.5),
          new Pair("minimum", Tensor::minimum, 1, 2, 1, 1, 0),
          new Pair("pow", Tensor::pow, 0, 0, 1, 0, 0),
          new Pair("pow", Tensor::pow, 0, 1, 0, 1, 0),
          new Pair("pow", Tensor::pow, 0, 2, 0, 0, 0),
          new Pair("pow", Tensor::pow, 0, -1, INF, -INF, -INF),
          new Pair("pow", Tensor::pow, -2, 2, 4, -4, NAN),
          new Pair("pow", Tensor::pow, -2, 0.5, NAN, NAN, NAN),
          new Pair("div", Tensor::div, 1, 0, INF, INF, -INF),
          new Pair("div", Tensor::div, 0, 0, NAN, INF, NAN),
          new Pair("mul", Tensor::mul, 0, INF, NAN, INF, 0),
          new Pair("sub", Tensor::sub, INF, INF, NAN, 1, -1));

  @TestFactory
  Stream<DynamicTest> numbers() {
    return Stream.of(KINKS, POLES, SATURATION).flatMap(List::stream).map(EdgeValueTest::test);
  }

  private static DynamicTest test(Edge edge) {
    return dynamicTest(
        edge.name() + " at " + edge.at(),
        () -> {
          Tensor x = Tensor.scalar(edge.at()).withGrad();
          Tensor y = edge.f().apply(x);
          y.backward();
          assertNumbers(new double[] {y.item(), x.grad().item()}, edge.value(), edge.slope());
        });
  }

  @TestFactory
  Stream<DynamicTest> pairs() {
    return PAIRS.stream()
        .map(
            pair ->
                dynamicTest(
                    pair.name() + " at " + pair.a() + ", " + pair.b(),
                    () -> {
                      Tensor a = Tensor.scalar(pair.a()).withGrad();
                      Tensor b = Tensor.scalar(pair.b()).withGrad();
                      Tensor y = pair.f().apply(a, b);
                      y.backward();
                      assertNumbers(
                          new double[] {y.item(), a.grad().item(), b.grad().item()},
                          pair.value(),
                          pair.da(),
                          pair.db());
                    }));
  }

  @Test
  void extremesShareTheirGradientAmongEquals() {
    assertNumbers(gradient(Tensor::max, 1, 3, 3), 0, 0.5, 0.5);
    assertNumbers(gradient(Tensor::min, 1, 1, 1, 4), 1 / 3.0, 1 / 3.0, 1 / 3.0, 0);
    assertNumbers(gradient(x -> x.max(0), INF, 2, INF), 0.5, 0, 0.5);
    assertNumbers(gradient(Tensor::max, -INF, -INF), 0.5, 0.5);
    assertNumbers(gradient(Tensor::max, 0.0, -0.0), 0.5, 0.5);
    assertNumbers(gradient(Tensor::max, 1, NAN, 3), NAN, NAN, NAN);
  }

  @Test
  void selectingExtremesGiveTheirGradientToTheFirst() {
    assertNumbers(gradient(x -> x.maxSelect(0), 1, 3, 3), 0, 1, 0);
    assertNumbers(gradient(x -> x.minSelect(0), 1, 1, 3), 1, 0, 0);
    assertNumbers(gradient(x -> x.maxSelect(-1), -INF, -INF), 1, 0);
    assertNumbers(gradient(x -> x.maxSelect(0), 0.0, -0.0), 1, 0);
    assertNumbers(gradient(x -> x.maxSelect(0), 1, NAN, 3, NAN), 0, 1, 0, 0);
    assertNumbers(gradient(x -> x.minSelect(0), 1, NAN, -3), 0, 1, 0);
    assertThat(Tensor.of(1, NAN, 3).maxSelect(0).item()).isNaN();
    assertNumbers(hessianRow(x -> x.maxSelect(0).square(), 1, 1, 3, 3), 0, 2, 0);
  }

  @Test
  void productsOfZeros() {
    assertNumbers(gradient(Tensor::prod, 2, 0, 3), 0, 6, 0);
    assertNumbers(gradient(Tensor::prod, 2, 0, 0), 0, 0, 0);
    assertNumbers(gradient(Tensor::prod, 0), 1);
    assertThat(Tensor.of(new double[0]).prod().item()).isEqualTo(1);
  }

  /** The second derivative by two different elements is the product of all others. */
  @Test
  void secondDerivativeOfAProductOfZeros() {
    double[][] points = {{2, 0, 3, 5}, {0, 0, 3, 5}, {0, 0, 0, 5}, {2, 3, 5, 7}, {0, 4}, {0}};
    for (double[] point : points) {
      for (int row = 0; row < point.length; row++) {
        double[] expected = new double[point.length];
        for (int column = 0; column < point.length; column++) {
          expected[column] = row == column ? 0 : productWithout(row, column, point);
        }
        assertNumbers(hessianRow(Tensor::prod, row, point), expected);
      }
    }
  }

  private static double productWithout(int row, int column, double... point) {
    double product = 1;
    for (int i = 0; i < point.length; i++) {
      product *= i == row || i == column ? 1 : point[i];
    }
    return product;
  }

  @Test
  void logSumExpOfInfinities() {
    assertNumbers(gradient(Tensor::logSumExp, 1000, 1000), 0.5, 0.5);
    assertThat(Tensor.of(1000, 1000).logSumExp().item()).isEqualTo(1000 + Math.log(2));
    assertNumbers(gradient(Tensor::logSumExp, -INF, 0), 0, 1);
    assertNumbers(gradient(Tensor::logSumExp, -INF, -INF), 0, 0);
    assertNumbers(gradient(Tensor::logSumExp, INF, 0), 1, 0);
    assertNumbers(gradient(Tensor::logSumExp, INF, 0, INF), 0.5, 0, 0.5);
    assertNumbers(gradient(Tensor::logSumExp, NAN, 0), NAN, NAN);
    assertThat(Tensor.of(-INF, -INF).logSumExp().item()).isEqualTo(-INF);
    assertThat(Tensor.of(new double[0]).logSumExp().item()).isEqualTo(-INF);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, -INF, 0), 0, 0);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, -INF, -INF), 0, 0);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, INF, 0), 0, 0);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, INF, 0, INF), 0.25, 0, -0.25);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, 1000, 1000), 0.25, -0.25);
    assertNumbers(hessianRow(Tensor::logSumExp, 1, 1000, -1000), 0, 0);
  }

  @Test
  void softmaxOfExtremes() {
    assertNumbers(Tensor.of(1000, -1000).softmax(0).toDoubleArray(), 1, 0);
    assertNumbers(gradient(x -> x.softmax(0).at(0), 1000, -1000), 0, 0);
    assertNumbers(gradient(x -> x.softmax(0).at(0), -INF, 0), 0, 0);
    assertNumbers(Tensor.of(-INF, -INF).softmax(0).toDoubleArray(), NAN, NAN);
    assertNumbers(Tensor.of(1000, -1000).logSoftmax(0).toDoubleArray(), 0, -2000);
    assertNumbers(gradient(x -> x.logSoftmax(0).at(0), 1000, -1000), 0, 0);
    assertNumbers(gradient(x -> x.logSoftmax(0).at(0), -INF, 0), 1, -1);
  }

  @Test
  void reductionsOfNothing() {
    Tensor empty = Tensor.of(new double[0]);
    assertThat(empty.sum().item()).isZero();
    assertThat(empty.mean().item()).isNaN();
    assertThat(gradient(Tensor::mean)).isEmpty();
    assertThat(gradient(Tensor::logSumExp)).isEmpty();
    assertThat(gradient(Tensor::prod)).isEmpty();
  }

  @Test
  void crossEntropyOfSaturatedLogits() {
    assertNumbers(lossAndSlope(true, 0, 0), Math.log(2), 0.5);
    assertNumbers(lossAndSlope(true, 1000, 0), 1000, 1);
    assertNumbers(lossAndSlope(true, -1000, 1), 1000, -1);
    assertNumbers(lossAndSlope(true, 1000, 1), 0, 0);
    assertNumbers(lossAndSlope(true, -1000, 0), 0, 0);
    assertNumbers(lossAndSlope(true, INF, 0), INF, 1);
    // 0 · ∞ in the formula: the loss has no value, but there is nothing to improve.
    assertNumbers(lossAndSlope(true, INF, 1), NAN, 0);
    assertNumbers(lossAndSlope(true, -INF, 0), NAN, 0);
  }

  @Test
  void crossEntropyOfCertainProbabilities() {
    assertNumbers(lossAndSlope(false, 0, 0), 0, 1);
    assertNumbers(lossAndSlope(false, 1, 1), 0, -1);
    assertNumbers(lossAndSlope(false, 0, 1), 100, 0);
    assertNumbers(lossAndSlope(false, 1, 0), 100, 0);
    assertNumbers(lossAndSlope(false, 0.5, 1), Math.log(2), -2);
  }

  private static double[] lossAndSlope(boolean logits, double prediction, double target) {
    Tensor p = Tensor.scalar(prediction).withGrad();
    Tensor t = Tensor.scalar(target);
    Tensor loss = logits ? Losses.bceWithLogits(p, t) : Losses.bce(p, t);
    loss.backward();
    return new double[] {loss.item(), p.grad().item()};
  }

  @Test
  void aKinkHasNoSecondDerivative() {
    for (double at : new double[] {-2, 0, 2}) {
      assertNumbers(hessianRow(Tensor::relu, 0, at), 0);
      assertNumbers(hessianRow(Tensor::abs, 0, at), 0);
      assertNumbers(hessianRow(x -> x.clamp(-2, 2), 0, at), 0);
      assertNumbers(hessianRow(x -> x.maximum(0), 0, at), 0);
      assertNumbers(hessianRow(x -> x.leakyRelu(0.1), 0, at), 0);
    }
    assertNumbers(hessianRow(x -> x.elu(2), 0, 0), 2);
    assertNumbers(hessianRow(x -> x.elu(2), 0, 1000), 0);
  }

  @Test
  void powersAtZeroToTheThirdOrder() {
    assertNumbers(hessianRow(x -> x.pow(2), 0, 0), 2);
    assertNumbers(hessianRow(x -> x.pow(1), 0, 0), 0);
    assertNumbers(hessianRow(x -> x.pow(0), 0, 0), 0);
    assertNumbers(hessianRow(x -> x.pow(3), 0, -1), -6);
    UnaryOperator<Tensor> third =
        Autograd.grad(Autograd.grad(Autograd.grad((Tensor x) -> x.pow(3))));
    assertThat(third.apply(Tensor.scalar(0)).item()).isEqualTo(6);
  }

  /** Returns the gradient of the sum of a function's elements. */
  private static double[] gradient(UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    f.apply(x).sum().backward();
    return x.grad().toDoubleArray();
  }

  private static double[] hessianRow(UnaryOperator<Tensor> f, int row, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Gradients first =
        Autograd.grad(f.apply(x).sum(), List.of(x), GradOptions.createGraph().allowUnused());
    Tensor slope = first.of(x).at(row);
    if (!slope.requiresGrad()) {
      return new double[at.length];
    }
    return Autograd.grad(slope, List.of(x), GradOptions.defaults().allowUnused())
        .of(x)
        .toDoubleArray();
  }

  private static void assertNumbers(double[] actual, double... expected) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      boolean same =
          Double.isNaN(expected[i])
              ? Double.isNaN(actual[i])
              : actual[i] == expected[i]
                  || Math.abs(actual[i] - expected[i]) <= 1e-15 * Math.abs(expected[i]);
      if (!same) {
        problems.add("element " + i + " is " + actual[i] + " and should be " + expected[i]);
      }
    }
    assertThat(problems).as(Arrays.toString(actual)).isEmpty();
    assertThat(actual).hasSameSizeAs(expected);
  }
}
