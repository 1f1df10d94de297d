package dev.autograd;

import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives of derivatives: through createGraph, and of functions of functions. */
class HigherOrderTest {

  private record Function(
      String name, UnaryOperator<Tensor> f, UnaryOperator<Double> third, double at) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Function> functions() {
    return Stream.of(
        new Function("x^5", x -> x.pow(5), x -> 60 * x * x, 1.3),
        new Function("e^2x", x -> x.mul(2).exp(), x -> 8 * Math.exp(2 * x), 0.4),
        new Function("sin", Tensor::sin, x -> -Math.cos(x), 0.7),
        new Function("log", Tensor::log, x -> 2 / (x * x * x), 1.7),
        new Function("1/x", Tensor::reciprocal, x -> -6 / Math.pow(x, 4), 1.7),
        new Function("sqrt", Tensor::sqrt, x -> 3.0 / 8 * Math.pow(x, -2.5), 1.7),
        new Function(
            "tanh",
            Tensor::tanh,
            x -> {
              double t = Math.tanh(x);
              return (1 - t * t) * (6 * t * t - 2);
            },
            0.6),
        new Function(
            "sigmoid",
            Tensor::sigmoid,
            x -> {
              double s = 1 / (1 + Math.exp(-x));
              return s * (1 - s) * (1 - 6 * s + 6 * s * s);
            },
            0.6),
        new Function("x · x · x", x -> x.mul(x).mul(x), x -> 6.0, -2.0),
        new Function("x³/x", x -> x.pow(3).div(x), x -> 0.0, 1.5));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void thirdDerivativeByOptionAndByTransform(Function function) {
    double expected = function.third().apply(function.at());
    Tensor x = Tensor.scalar(function.at()).withGrad();
    Tensor d1 = Autograd.grad(function.f().apply(x), x, GradOptions.createGraph());
    Tensor d2 = Autograd.grad(d1, x, GradOptions.createGraph());
    Tensor d3 = Autograd.grad(d2, x);
    assertThat(d3.item()).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    assertThat(x.hasGrad()).isFalse();

    UnaryOperator<Tensor> third = Autograd.grad(Autograd.grad(Autograd.grad(function.f())));
    assertThat(third.apply(Tensor.scalar(function.at())).item())
        .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void createGraphGivesTrackedGradientsAndKeepsTheGraph() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = x.square().mul(x);
    Tensor d1 = Autograd.grad(y, x, GradOptions.createGraph());
    assertThat(d1.requiresGrad()).isTrue();
    assertThat(Autograd.grad(y, x, GradOptions.createGraph()).item()).isEqualTo(27);
    d1.backward();
    assertThat(x.grad().item()).isEqualTo(18);
    Tensor plain = Autograd.grad(x.square(), x);
    assertThat(plain.requiresGrad()).isFalse();
  }

  @Test
  void aPenaltyOnTheGradientTrains() {
    Tensor w = Tensor.of(0.5, -0.3).withGrad();
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor slope = Autograd.grad(x.mul(w).sum().tanh(), x, GradOptions.createGraph());
    Tensor penalty = slope.square().sum().sqrt().sub(1).square();
    double[] gradient = Autograd.grad(penalty, w).toDoubleArray();
    double h = 1e-6;
    for (int i = 0; i < 2; i++) {
      double[] up = {0.5, -0.3};
      double[] down = {0.5, -0.3};
      up[i] += h;
      down[i] -= h;
      double expected = (penalty(up) - penalty(down)) / (2 * h);
      assertThat(gradient[i]).isCloseTo(expected, within(1e-8));
    }
  }

  private static double penalty(double[] w) {
    double t = Math.tanh(w[0] + 2 * w[1]);
    return Math.pow((1 - t * t) * Math.hypot(w[0], w[1]) - 1, 2);
  }

  @Test
  void aHessianRowByRow() {
    Tensor x = Tensor.of(0.3, -0.8, 1.1).withGrad();
    Tensor d = Autograd.grad(x.prod().add(x.square().sum()), x, GradOptions.createGraph());
    double[][] expected = {{2, 1.1, -0.8}, {1.1, 2, 0.3}, {-0.8, 0.3, 2}};
    for (int i = 0; i < 3; i++) {
      assertThat(Autograd.grad(d.at(i), x, GradOptions.retainGraph()).toDoubleArray())
          .containsExactly(expected[i], within(1e-15));
    }
  }

  @Test
  void manyConsumersUnderCreateGraph() {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor y = Tensor.scalar(0);
    for (int i = 0; i < 100; i++) {
      y = y.add(x.square());
    }
    Tensor d = Autograd.grad(y, x, GradOptions.createGraph());
    assertThat(d.item()).isEqualTo(400);
    assertThat(Autograd.grad(d, x).item()).isEqualTo(200);
  }

  @Test
  void secondOrderOfWhatIsLinearIsAnErrorOrZeroOnRequest() {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor z = Tensor.scalar(5).withGrad();
    Tensor d = Autograd.grad(x.mul(3).add(z), x, GradOptions.createGraph());
    assertThat(d.item()).isEqualTo(3);
    assertThatThrownBy(() -> Autograd.grad(d, x)).isInstanceOf(NotTrackedException.class);

    Tensor product = Autograd.grad(x.mul(z), x, GradOptions.createGraph());
    assertThatThrownBy(() -> Autograd.grad(product, x))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageStartingWith("grad: the output does not depend on input 0");
    Gradients allowed =
        Autograd.grad(
            Autograd.grad(x.mul(z), x, GradOptions.createGraph()),
            List.of(x, z),
            GradOptions.defaults().allowUnused());
    assertThat(allowed.of(x).item()).isZero();
    assertThat(allowed.reached(x)).isFalse();
    assertThat(allowed.of(z).item()).isEqualTo(1);
  }

  // ---------------------------------------------------------------- perturbation confusion

  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, 0, 0.5, 1, 7})
  void perturbationConfusion(double at) {
    for (double point : new double[] {-2, 0, 1, 4}) {
      // d/dx [x · d/dy (x + y)] = 1
      UnaryOperator<Tensor> one =
          Autograd.grad(
              (Tensor x) ->
                  x.mul(
                      Autograd.grad((UnaryOperator<Tensor>) y -> x.add(y))
                          .apply(Tensor.scalar(point))));
      assertThat(one.apply(Tensor.scalar(at)).item()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, 0, 0.5, 1, 7})
  void perturbationConfusionOfAProductAtItself(double at) {
    // d/dx [x · (d/dy [x y² ] at y = x)] = d/dx [2 x³] = 6 x²
    UnaryOperator<Tensor> f =
        Autograd.grad(
            (Tensor x) ->
                x.mul(Autograd.grad((UnaryOperator<Tensor>) y -> x.mul(y.square())).apply(x)));
    assertThat(f.apply(Tensor.scalar(at)).item()).isCloseTo(6 * at * at, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, 0, 0.5, 1, 7})
  void perturbationConfusionThreeDeep(double at) {
    // d/dx [x · d/dy (y · d/dz [x y z³]|z=2)|y=3] = d/dx [x · d/dy (12 x y²)|y=3] = d/dx [72 x²]
    UnaryOperator<Tensor> f =
        Autograd.grad(
            (Tensor x) ->
                x.mul(
                    Autograd.grad(
                            (Tensor y) ->
                                y.mul(
                                    Autograd.grad(
                                            (UnaryOperator<Tensor>) z -> x.mul(y).mul(z.pow(3)))
                                        .apply(Tensor.scalar(2))))
                        .apply(Tensor.scalar(3))));
    assertThat(f.apply(Tensor.scalar(at)).item()).isCloseTo(144 * at, within(1e-11));
  }

  @Test
  void theInnerVariableIsNotTheOuterOne() {
    // With f closing over x itself: d/dy (x y) at y = x is x, not 2x.
    Tensor x = Tensor.scalar(3).withGrad();
    UnaryOperator<Tensor> inner = Autograd.grad((UnaryOperator<Tensor>) y -> x.mul(y));
    Tensor d = inner.apply(x);
    assertThat(d.item()).isEqualTo(3);
    assertThat(Autograd.grad(d, x).item()).isEqualTo(1);
  }

  @Test
  void curvatureOfAVectorFunction() {
    UnaryOperator<Tensor> slope = Autograd.grad((Tensor x) -> x.pow(3).sum());
    UnaryOperator<Tensor> curvature = Autograd.grad((Tensor x) -> slope.apply(x).sum());
    assertThat(curvature.apply(Tensor.arange(F64, 4)).toDoubleArray())
        .containsExactly(0, 6, 12, 18);
  }
}
