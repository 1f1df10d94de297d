package dev.autograd.catalogue;

import static dev.autograd.catalogue.EdgeValues.assertNumbers;
import static dev.autograd.catalogue.EdgeValues.hessianRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Element by element, values and slopes at kinks, poles, borders and infinities. */
class ElementwiseEdgeTest {

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
          new Edge("selu", Tensor::selu, 0, 0, 1.7580993408473766),
          new Edge("selu", Tensor::selu, Double.MIN_VALUE, Double.MIN_VALUE, 1.0507009873554805),
          new Edge("selu", Tensor::selu, -INF, -1.7580993408473766, 0),
          new Edge("selu", Tensor::selu, NAN, NAN, NAN),
          new Edge("relu6", Tensor::relu6, 0, 0, 0),
          new Edge("relu6", Tensor::relu6, Double.MIN_VALUE, Double.MIN_VALUE, 1),
          new Edge("relu6", Tensor::relu6, Math.nextDown(6.0), Math.nextDown(6.0), 1),
          new Edge("relu6", Tensor::relu6, 6, 6, 0),
          new Edge("relu6", Tensor::relu6, INF, 6, 0),
          new Edge("relu6", Tensor::relu6, -INF, 0, 0),
          new Edge("relu6", Tensor::relu6, NAN, NAN, NAN),
          new Edge("hardtanh", x -> x.hardtanh(-1, 1), -1, -1, 0),
          new Edge("hardtanh", x -> x.hardtanh(-1, 1), 1, 1, 0),
          new Edge("hardtanh", x -> x.hardtanh(-1, 1), 0, 0, 1),
          new Edge("hardtanh", x -> x.hardtanh(-1, 1), Math.nextUp(-1.0), Math.nextUp(-1.0), 1),
          new Edge("hardtanh", x -> x.hardtanh(2, 2), 2, 2, 0),
          new Edge("hardtanh", x -> x.hardtanh(-INF, 1), -5, -5, 1),
          new Edge("hardtanh", x -> x.hardtanh(-1, 1), NAN, NAN, NAN),
          new Edge("softsign", Tensor::softsign, 0, 0, 1),
          new Edge("softsign", Tensor::softsign, NAN, NAN, NAN),
          new Edge("floor", Tensor::floor, 2, 2, 0),
          new Edge("floor", Tensor::floor, -0.5, -1, 0),
          new Edge("floor", Tensor::floor, INF, INF, 0),
          new Edge("floor", Tensor::floor, NAN, NAN, NAN),
          new Edge("ceil", Tensor::ceil, 2, 2, 0),
          new Edge("ceil", Tensor::ceil, 1.5, 2, 0),
          new Edge("ceil", Tensor::ceil, -INF, -INF, 0),
          new Edge("ceil", Tensor::ceil, NAN, NAN, NAN),
          new Edge("round", Tensor::round, 0.5, 0, 0),
          new Edge("round", Tensor::round, 1.5, 2, 0),
          new Edge("round", Tensor::round, 2.5, 2, 0),
          new Edge("round", Tensor::round, -2.5, -2, 0),
          new Edge("round", Tensor::round, Math.nextDown(0.5), 0, 0),
          new Edge("round", Tensor::round, 0x1p52 + 1, 0x1p52 + 1, 0),
          new Edge("round", Tensor::round, NAN, NAN, NAN),
          new Edge("trunc", Tensor::trunc, -1.5, -1, 0),
          new Edge("trunc", Tensor::trunc, 1e300, 1e300, 0),
          new Edge("trunc", Tensor::trunc, NAN, NAN, NAN),
          new Edge("gelu", Tensor::gelu, 0, 0, 0.5),
          new Edge("geluTanh", Tensor::geluTanh, 0, 0, 0.5),
          new Edge("mish", Tensor::mish, 0, 0, 0.6),
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
          new Edge("log2", Tensor::log2, 0, -INF, INF),
          new Edge("log2", Tensor::log2, -1, NAN, NAN),
          new Edge("log2", Tensor::log2, INF, INF, 0),
          new Edge("log10", Tensor::log10, 0, -INF, INF),
          new Edge("log10", Tensor::log10, -1, NAN, NAN),
          new Edge("log1p", Tensor::log1p, -1, -INF, INF),
          new Edge("log1p", Tensor::log1p, -2, NAN, NAN),
          new Edge("asin", Tensor::asin, 1, Math.PI / 2, INF),
          new Edge("asin", Tensor::asin, -1, -Math.PI / 2, INF),
          new Edge("asin", Tensor::asin, 1.5, NAN, NAN),
          new Edge("acos", Tensor::acos, 1, 0, -INF),
          new Edge("acos", Tensor::acos, -1, Math.PI, -INF),
          new Edge("acos", Tensor::acos, -2, NAN, NAN),
          new Edge("acosh", Tensor::acosh, 1, 0, INF),
          new Edge("acosh", Tensor::acosh, 0.5, NAN, NAN),
          new Edge("acosh", Tensor::acosh, -2, NAN, NAN),
          new Edge("acosh", Tensor::acosh, INF, INF, 0),
          new Edge("atanh", Tensor::atanh, 1, INF, INF),
          new Edge("atanh", Tensor::atanh, -1, -INF, INF),
          new Edge("atanh", Tensor::atanh, 2, NAN, NAN),
          new Edge("tan", Tensor::tan, INF, NAN, NAN),
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
          new Edge("erfc", Tensor::erfc, INF, 0, 0),
          new Edge("erfc", Tensor::erfc, -INF, 2, 0),
          new Edge("erfc", Tensor::erfc, NAN, NAN, NAN),
          new Edge("atan", Tensor::atan, -INF, -Math.PI / 2, 0),
          new Edge("asinh", Tensor::asinh, INF, INF, 0),
          new Edge("asinh", Tensor::asinh, 1e300, 691.4686750787736, 1e-300),
          new Edge("acosh", Tensor::acosh, 1e300, 691.4686750787736, 1e-300),
          new Edge("sinh", Tensor::sinh, -INF, -INF, INF),
          new Edge("cosh", Tensor::cosh, -INF, INF, -INF),
          new Edge("mish", Tensor::mish, 1e300, 1e300, 1),
          new Edge("mish", Tensor::mish, -1e300, 0, 0),
          new Edge("mish", Tensor::mish, INF, INF, 1),
          new Edge("mish", Tensor::mish, NAN, NAN, NAN),
          new Edge("geluTanh", Tensor::geluTanh, 1e300, 1e300, 1),
          new Edge("geluTanh", Tensor::geluTanh, -1e300, 0, 0),
          new Edge("geluTanh", Tensor::geluTanh, INF, INF, 1),
          new Edge("geluTanh", Tensor::geluTanh, NAN, NAN, NAN),
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
          new Pair("remainder", Tensor::remainder, 5, 3, 2, 1, -1),
          new Pair("remainder", Tensor::remainder, -5, 3, 1, 1, 2),
          new Pair("remainder", Tensor::remainder, 5, -3, -1, 1, 2),
          new Pair("remainder", Tensor::remainder, -5, -3, -2, 1, -1),
          new Pair("remainder", Tensor::remainder, 6, 3, 0, 1, -2),
          new Pair("remainder", Tensor::remainder, 1, 0, NAN, 1, NAN),
          new Pair("remainder", Tensor::remainder, Math.nextDown(3.0), 3, Math.nextDown(3.0), 1, 0),
          new Pair("atan2", Tensor::atan2, 0, 0, 0, 0, 0),
          new Pair("atan2", Tensor::atan2, 0, -1, Math.PI, -1, 0),
          new Pair("atan2", Tensor::atan2, -0.0, -1, -Math.PI, -1, 0),
          new Pair("atan2", Tensor::atan2, 1, 0, Math.PI / 2, 0, -1),
          new Pair("atan2", Tensor::atan2, 1e200, 1e200, Math.PI / 4, 5e-201, -5e-201),
          new Pair("atan2", Tensor::atan2, 1e-200, 1e-200, Math.PI / 4, 5e199, -5e199),
          new Pair("atan2", Tensor::atan2, INF, INF, Math.PI / 4, 0, 0),
          new Pair("atan2", Tensor::atan2, NAN, 1, NAN, NAN, NAN),
          new Pair("hypot", Tensor::hypot, 0, 0, 0, 0, 0),
          new Pair("hypot", Tensor::hypot, 0, -4, 4, 0, -1),
          new Pair("hypot", Tensor::hypot, 3e200, 4e200, 5e200, 0.6, 0.8),
          new Pair("hypot", Tensor::hypot, 3e-200, -4e-200, 5e-200, 0.6, -0.8),
          new Pair("hypot", Tensor::hypot, NAN, 1, NAN, NAN, NAN),
          new Pair("logAddExp", Tensor::logAddExp, INF, INF, INF, 0.5, 0.5),
          new Pair("logAddExp", Tensor::logAddExp, -INF, -INF, -INF, 0.5, 0.5),
          new Pair("logAddExp", Tensor::logAddExp, -INF, 3, 3, 0, 1),
          new Pair("logAddExp", Tensor::logAddExp, INF, -INF, INF, 1, 0),
          new Pair("logAddExp", Tensor::logAddExp, 1000, 1000, 1000 + Math.log(2), 0.5, 0.5),
          new Pair("logAddExp", Tensor::logAddExp, NAN, INF, NAN, NAN, NAN),
          new Pair("div", Tensor::div, 1, 0, INF, INF, -INF),
          new Pair("div", Tensor::div, 0, 0, NAN, INF, NAN),
          new Pair("mul", Tensor::mul, 0, INF, NAN, INF, 0),
          new Pair("sub", Tensor::sub, INF, INF, NAN, 1, -1));

  @TestFactory
  Stream<DynamicTest> numbers() {
    return Stream.of(KINKS, POLES, SATURATION).flatMap(List::stream).map(ElementwiseEdgeTest::test);
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

  /** Value, then the gradients of the number and of both limits: ties go to the earlier operand. */
  @Test
  void exactlyOneOperandOfAClampGetsTheGradient() {
    assertNumbers(clamped(0, -1, 1), 0, 1, 0, 0);
    assertNumbers(clamped(-3, -1, 1), -1, 0, 1, 0);
    assertNumbers(clamped(3, -1, 1), 1, 0, 0, 1);
    assertNumbers(clamped(-1, -1, 1), -1, 1, 0, 0);
    assertNumbers(clamped(1, -1, 1), 1, 1, 0, 0);
    assertNumbers(clamped(0.5, 0.5, 0.5), 0.5, 1, 0, 0);
    assertNumbers(clamped(0, 0.5, 0.5), 0.5, 0, 1, 0);
    assertNumbers(clamped(0.5, 1, 0), 0, 0, 0, 1);
    assertNumbers(clamped(2, 1, 0), 0, 0, 0, 1);
    assertNumbers(clamped(-2, 1, 0), 0, 0, 0, 1);
    assertNumbers(clamped(INF, -INF, INF), INF, 1, 0, 0);
    assertNumbers(clamped(NAN, -1, 1), NAN, NAN, NAN, NAN);
    assertNumbers(clamped(3, NAN, 1), NAN, NAN, NAN, NAN);
    assertNumbers(clamped(0, -1, NAN), NAN, NAN, NAN, NAN);
  }

  private static double[] clamped(double x, double min, double max) {
    Tensor a = Tensor.scalar(x).withGrad();
    Tensor low = Tensor.scalar(min).withGrad();
    Tensor high = Tensor.scalar(max).withGrad();
    Tensor y = a.clamp(low, high);
    y.backward();
    return new double[] {y.item(), a.grad().item(), low.grad().item(), high.grad().item()};
  }

  @Test
  void clampByTensorsIsClampByNumbers() {
    double[] xs = {-2, -1, -0.5, 0, 0.5, 1, 2, INF, -INF, NAN};
    for (double[] limits : new double[][] {{-1, 1}, {0.5, 0.5}, {1, -1}, {-INF, 0}}) {
      for (double x : xs) {
        Tensor a = Tensor.scalar(x).withGrad();
        Tensor y = a.clamp(limits[0], limits[1]);
        y.backward();
        double[] byTensors = clamped(x, limits[0], limits[1]);
        assertNumbers(new double[] {byTensors[0], byTensors[1]}, y.item(), a.grad().item());
      }
    }
  }

  @Test
  void secondDerivativesAtTheBorderOfADomain() {
    assertNumbers(hessianRow(Tensor::asin, 0, 1), INF);
    assertNumbers(hessianRow(Tensor::asin, 0, -1), -INF);
    assertNumbers(hessianRow(Tensor::acosh, 0, 1), -INF);
    assertNumbers(hessianRow(Tensor::atanh, 0, 1), INF);
    assertNumbers(hessianRow(Tensor::atanh, 0, -1), -INF);
    assertNumbers(hessianRow(Tensor::asinh, 0, INF), 0);
    assertNumbers(hessianRow(Tensor::atan, 0, -INF), 0);
    assertNumbers(hessianRow(Tensor::erf, 0, INF), 0);
  }

  @Test
  void logarithmOfAPowerOfTwoIsExact() {
    for (int exponent = -1074; exponent < 1024; exponent++) {
      assertThat(Tensor.scalar(Math.scalb(1.0, exponent)).log2().item()).isEqualTo(exponent);
    }
  }

  @Test
  void aKinkHasNoSecondDerivative() {
    for (double at : new double[] {-2, 0, 2}) {
      assertNumbers(hessianRow(Tensor::relu, 0, at), 0);
      assertNumbers(hessianRow(Tensor::abs, 0, at), 0);
      assertNumbers(hessianRow(x -> x.clamp(-2, 2), 0, at), 0);
      assertNumbers(hessianRow(x -> x.maximum(0), 0, at), 0);
      assertNumbers(hessianRow(x -> x.leakyRelu(0.1), 0, at), 0);
      assertNumbers(hessianRow(x -> x.hardtanh(-2, 2), 0, at), 0);
      assertNumbers(hessianRow(x -> x.relu6(), 0, at), 0);
    }
    assertNumbers(hessianRow(x -> x.elu(2), 0, 0), 2);
    assertNumbers(hessianRow(x -> x.elu(2), 0, 1000), 0);
    assertNumbers(hessianRow(Tensor::selu, 0, 0), 1.7580993408473766);
    assertNumbers(hessianRow(Tensor::selu, 0, 1000), 0);
    assertNumbers(hessianRow(Tensor::softsign, 0, 0), 0);
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
}
