package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A branch that is not selected has no influence: derivatives of every order are finite where it is
 * infinite or not a number, however deep it is composed, and right where it is selected.
 */
class SelectionTest {

  /** Where nothing is selected: each of these is a singularity or outside of some domain below. */
  private static final double[] UNSELECTED = {-1, 0, -0.0, -3.5, -1e-300, -1e300};

  /** Functions for positive numbers only. */
  private static final Map<String, UnaryOperator<Tensor>> POSITIVE_ONLY =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("log", Tensor::log),
              Map.entry("sqrt", Tensor::sqrt),
              Map.entry("rsqrt", Tensor::rsqrt),
              Map.entry("reciprocal", Tensor::reciprocal),
              Map.entry("1 / x", x -> x.divInto(1)),
              Map.entry("log1p(x - 1)", x -> x.sub(1).log1p()),
              Map.entry("x^0.5", x -> x.pow(0.5)),
              Map.entry("x^-1.5", x -> x.pow(-1.5)),
              Map.entry("x^x", x -> x.pow(x)),
              Map.entry("2^(1 / x)", x -> Tensor.scalar(2).pow(x.reciprocal())),
              Map.entry("exp(1 / x)", x -> x.reciprocal().exp()),
              Map.entry("exp(-1 / x²)", x -> x.square().reciprocal().neg().exp()),
              Map.entry("sqrt(sqrt)", x -> x.sqrt().sqrt()),
              Map.entry("log(log1p)", x -> x.log1p().log()),
              Map.entry("x log x", x -> x.mul(x.log())),
              Map.entry("sqrt(x) log x", x -> x.sqrt().mul(x.log())),
              Map.entry("sin(x) / x", x -> x.sin().div(x)),
              Map.entry("log x / sqrt(x)", x -> x.log().div(x.sqrt())),
              Map.entry("sigmoid(log x)", x -> x.log().sigmoid()),
              Map.entry("tanh(1 / x) log x", x -> x.reciprocal().tanh().mul(x.log())),
              Map.entry("gelu(log x)", x -> x.log().gelu()),
              Map.entry("silu(1 / x)", x -> x.reciprocal().silu()),
              Map.entry("erf(log x)", x -> x.log().erf()),
              Map.entry("softplus(log x)", x -> x.log().softplus()),
              Map.entry("logSigmoid(log x)", x -> x.log().logSigmoid()),
              Map.entry("elu(log x)", x -> x.log().elu(0.7)),
              Map.entry("cos(log x) sin(1 / x)", x -> x.log().cos().mul(x.reciprocal().sin())),
              Map.entry("expm1(sqrt)", x -> x.sqrt().expm1()),
              Map.entry("relu(log x)", x -> x.log().relu()),
              Map.entry("abs(log x) sqrt", x -> x.log().abs().mul(x.sqrt())),
              Map.entry("maximum(log x, 1 / x)", x -> x.log().maximum(x.reciprocal())),
              Map.entry("clamp(log x) / x", x -> x.log().clamp(-1, 2).div(x)),
              Map.entry("leakyRelu(log x)²", x -> x.log().leakyRelu(0.1).square()),
              Map.entry("log2 x log10 x", x -> x.log2().mul(x.log10())),
              Map.entry("logAddExp(log x, 1 / x)", x -> x.log().logAddExp(x.reciprocal())),
              Map.entry("erfc(log x) erfc(1 / x)", x -> x.log().erfc().mul(x.reciprocal().erfc())),
              Map.entry("tan(log x)", x -> x.log().tan()),
              Map.entry("asin(tanh(log x))", x -> x.log().tanh().asin()),
              Map.entry("acos(x - 1)", x -> x.div(8).sub(1).acos()),
              Map.entry("atan(log x)", x -> x.log().atan()),
              Map.entry("atan2(log x, 1 / x)", x -> x.log().atan2(x.reciprocal())),
              Map.entry("atan2(sqrt x, x)", x -> x.sqrt().atan2(x.mul(0))),
              Map.entry("hypot(sqrt x, 1 / x)", x -> x.sqrt().hypot(x.reciprocal())),
              Map.entry("hypot(x - x, sqrt x)", x -> x.mul(0).hypot(x.sqrt())),
              Map.entry("sinh(log x) cosh(log x)", x -> x.log().sinh().mul(x.log().cosh())),
              Map.entry("asinh(1 / x)", x -> x.reciprocal().asinh()),
              Map.entry("acosh(x + 1)", x -> x.add(1).acosh()),
              Map.entry("acosh(1 / x + 1)", x -> x.reciprocal().add(1).acosh()),
              Map.entry("atanh(x / 8 - 1)", x -> x.div(8).sub(1).atanh()),
              Map.entry("selu(log x)", x -> x.log().selu()),
              Map.entry("mish(log x)", x -> x.log().mish()),
              Map.entry("geluTanh(1 / x)", x -> x.reciprocal().geluTanh()),
              Map.entry("softsign(log x)", x -> x.log().softsign()),
              Map.entry("hardtanh(log x) log x", x -> x.log().hardtanh(-1, 1).mul(x.log())),
              Map.entry("relu6(1 / x) / x", x -> x.reciprocal().relu6().div(x)),
              Map.entry(
                  "clamp(log x, x, 1 / x)", x -> x.log().clamp(x.sqrt(), x.reciprocal()).mul(x)),
              Map.entry("remainder(log x, sqrt x)", x -> x.log().remainder(x.sqrt())),
              Map.entry("floor(1 / x) / x", x -> x.reciprocal().floor().div(x))));

  @TestFactory
  Stream<DynamicTest> aBranchNotTakenHasNoDerivative() {
    return POSITIVE_ONLY.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () ->
                        checkZero(
                            entry.getKey(), x -> entry.getValue().apply(x).where(x.gt(0), 0))));
  }

  @TestFactory
  Stream<DynamicTest> aBranchNotTakenOnTheOtherSideHasNoDerivative() {
    return POSITIVE_ONLY.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () ->
                        checkZero(
                            entry.getKey(),
                            x -> x.mul(0).where(x.le(0), entry.getValue().apply(x)))));
  }

  @TestFactory
  Stream<DynamicTest> aBranchTakenHasTheDerivativeItHasAlone() {
    return POSITIVE_ONLY.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      UnaryOperator<Tensor> f = entry.getValue();
                      UnaryOperator<Tensor> selected = x -> f.apply(x).where(x.gt(0), 0);
                      for (int order = 0; order <= 3; order++) {
                        assertThat(derivative(order, selected, 0.7, 2.5, 4))
                            .as("order %d", order)
                            .isEqualTo(derivative(order, f, 0.7, 2.5, 4));
                      }
                    }));
  }

  @Test
  void selectionInsideSelection() {
    UnaryOperator<Tensor> f =
        x -> {
          Tensor upper = x.log().mul(x.sqrt());
          Tensor lower = x.reciprocal().log();
          Tensor middle = upper.where(x.gt(1), lower);
          return middle.sqrt().where(middle.gt(0), x.rsqrt()).where(x.gt(0), 0);
        };

    checkZero("nested", f);
    checkZero("nested, then composed", x -> f.apply(x).sin().mul(f.apply(x)));
    assertThat(derivative(1, f, 4)).containsExactly(slopeAtFour());
  }

  /** The slope of √(log x √x) at 4. */
  private static double slopeAtFour() {
    double[] alone = derivative(1, x -> x.log().mul(x.sqrt()).sqrt(), 4);
    return alone[0];
  }

  @Test
  void whatIsComputedFromASelectionKeepsItsOwnDerivative() {
    UnaryOperator<Tensor> f =
        x -> x.log().where(x.gt(0), 0).mul(x).add(x.square()).mul(x.sqrt().where(x.gt(0), 1));

    double[] first = derivative(1, f, UNSELECTED[0], UNSELECTED[3]);
    double[] second = derivative(2, f, UNSELECTED[0], UNSELECTED[3]);
    double[] third = derivative(3, f, UNSELECTED[0], UNSELECTED[3]);

    assertThat(first).containsExactly(-2, -7);
    assertThat(second).containsExactly(2, 2);
    assertThat(third).containsExactly(0, 0);
  }

  @Test
  void aMaskByMultiplicationWithZeroGradients() {
    UnaryOperator<Tensor> f =
        x -> {
          Tensor safe = x.where(x.gt(0), 1);
          return safe.log().mul(safe.sqrt()).where(x.gt(0), 0);
        };

    checkZero("safe argument", f);
  }

  @Test
  void rowsThatAreNotSelected() {
    double[] row = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    Map<String, UnaryOperator<Tensor>> rows =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("softmax", x -> x.softmax(0)),
                Map.entry("logSoftmax", x -> x.logSoftmax(0)),
                Map.entry("logSumExp", x -> x.log().logSumExp()),
                Map.entry("max", x -> x.log().max()),
                Map.entry("prod", x -> x.log().prod()),
                Map.entry("mean", x -> x.log().mean()),
                Map.entry("norm", x -> x.log().norm()),
                Map.entry("std", x -> x.log().std()),
                Map.entry("maxSelect", x -> x.log().maxSelect(0)),
                Map.entry("cumSum", x -> x.log().cumSum(0)),
                Map.entry("cumProd", x -> x.log().cumProd(0))));
    rows.forEach((name, f) -> checkZero(name, x -> f.apply(x).where(x.gt(0), 0), row));
  }

  @Test
  void aGenuineNanSpreads() {
    assertThat(derivative(1, x -> x.log().where(x.lt(0), 0), -1, 2)[0]).isNaN();
    assertThat(derivative(1, x -> x.sqrt().where(x.lt(0), 0), -1, 2)).contains(Double.NaN, 0);
    assertThat(derivative(1, x -> x.mul(Double.NaN).where(x.gt(0), 0), -1, 2)[1]).isNaN();
    assertThat(derivative(1, x -> x.square().where(x.ne(7), 0), Double.NaN)[0]).isNaN();
    assertThat(derivative(2, x -> x.log().where(x.lt(0), 0), -1, 2)[0]).isNaN();
  }

  @Test
  void anInfiniteSlopeOnASelectedPathStays() {
    assertThat(derivative(1, x -> x.sqrt().where(x.ge(0), 0), 0, -1, 4))
        .containsExactly(Double.POSITIVE_INFINITY, 0, 0.25);
    assertThat(derivative(1, x -> x.log().where(x.ge(0), 0), 0, -1, 4))
        .containsExactly(Double.POSITIVE_INFINITY, 0, 0.25);
  }

  /**
   * At zero gradients the product's own derivatives are as everywhere: nothing is masked by value.
   */
  @Test
  void aGradientThatHappensToBeZeroIsNoMask() {
    UnaryOperator<Tensor> fourth = x -> x.mul(x).mul(x.mul(x));

    assertThat(derivative(3, fourth, 0)).containsExactly(0);
    assertThat(derivative(4, fourth, 0)).containsExactly(24);
    assertThat(derivative(2, x -> x.sin().mul(x), 0)).containsExactly(2);
    assertThat(derivative(2, x -> x.square().div(x.add(1)), 0)).containsExactly(2);
    assertThat(derivative(3, x -> x.pow(2).mul(x.sin()), 0)).containsExactly(6);
    assertThat(derivative(3, x -> x.tanh().square().mul(x), 0)).containsExactly(6);
    assertThat(derivative(2, x -> x.square().sigmoid(), 0)).containsExactly(0.5);
    assertThat(derivative(2, x -> x.square().silu(), 0)).containsExactly(1);
    assertThat(derivative(2, x -> x.square().gelu(), 0)).containsExactly(1);
    assertThat(derivative(2, x -> x.square().add(1).log(), 0)).containsExactly(2);
    assertThat(derivative(2, x -> x.square().add(1).sqrt(), 0)).containsExactly(1);
  }

  private static void checkZero(String name, UnaryOperator<Tensor> f) {
    checkZero(name, f, UNSELECTED);
  }

  private static void checkZero(String name, UnaryOperator<Tensor> f, double... at) {
    for (int order = 0; order <= 3; order++) {
      assertThat(Arrays.stream(derivative(order, f, at)).map(Math::abs).toArray())
          .as("%s, derivative of order %d at %s", name, order, Arrays.toString(at))
          .isEqualTo(new double[at.length]);
    }
  }

  /** Returns the derivative of each element's function; order 0 is the value. */
  private static double[] derivative(int order, UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Tensor y = f.apply(x);
    for (int n = 0; n < order; n++) {
      if (!y.requiresGrad()) {
        return new double[at.length];
      }
      y = Autograd.grad(y.sum(), x, GradOptions.createGraph().allowUnused());
    }
    return y.toDoubleArray();
  }
}
