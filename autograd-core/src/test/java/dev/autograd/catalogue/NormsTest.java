package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Norms where their slopes are a choice, where their squares do not fit, and as one another. */
class NormsTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  @ParameterizedTest
  @ValueSource(doubles = {2, 1, 3, 1.5, 0.5, 0, 4, INF, -INF})
  void atZeroThereIsNoSlopeOfAnyOrder(double p) {
    UnaryOperator<Tensor> f = x -> x.norm(Axes.all(), p);
    assertThat(derivative(0, f, 0, -0.0, 0)).containsExactly(0);
    for (int order = 1; order <= 3; order++) {
      assertThat(zerosOf(derivative(order, f, 0, -0.0, 0))).as("order %d", order).containsOnly(0);
      assertThat(zerosOf(derivative(order, f, 0))).as("order %d", order).containsOnly(0);
    }
  }

  private static double[] zerosOf(double... values) {
    return Arrays.stream(values).map(v -> v + 0.0).toArray();
  }

  @Test
  void slopesAtAZeroElement() {
    assertThat(derivative(1, order(1), 0, 3, -3)).containsExactly(0, 1, -1);
    assertThat(derivative(1, order(0.5), 0, 1)).containsExactly(0, 1);
    assertThat(derivative(1, order(1.5), 0, 1)).containsExactly(0, 1);
    assertThat(derivative(2, order(1.5), 0, 1)).containsExactly(0, 0);
    assertThat(derivative(2, order(0.5), 0, 1)).containsExactly(0, 0);
    assertThat(derivative(1, order(3), 0, -2)).containsExactly(0, -1);
    assertThat(derivative(1, order(-1), 0, 3)).containsExactly(0, 0);
    assertThat(derivative(1, order(0), 0, 3)).containsExactly(0, 0);
    // The Euclidean norm bends upwards at an element of 0: (1 - u²) / y with u = 0.
    assertThat(derivative(2, order(2), 0, 2)).containsExactly(0.5, 0);
  }

  /** Odd and even powers are polynomials, with all their derivatives, also at 0. */
  @Test
  void wholeOrdersAtAZeroElement() {
    assertThat(elementary(3, order(4), 0, 0, 1)).isCloseTo(0, within(1e-15));
    assertThat(elementary(4, order(4), 0, 0, 1)).isCloseTo(6, within(1e-14));
    assertThat(elementary(4, order(2), 0, 0, 1)).isCloseTo(-3, within(1e-14));
  }

  @Test
  void extremesShareTheirSlope() {
    assertThat(derivative(1, order(INF), 2, -2)).containsExactly(0.5, -0.5);
    assertThat(derivative(1, order(INF), 3, -3, 1, 3))
        .containsExactly(1 / 3.0, -1 / 3.0, 0, 1 / 3.0);
    assertThat(derivative(1, order(-INF), 3, -1, 1)).containsExactly(0, -0.5, 0.5);
    assertThat(zerosOf(derivative(1, order(-INF), 0, 3, -3))).containsExactly(0, 0, 0);
    assertThat(derivative(1, order(INF), 1, NAN)).containsExactly(NAN, NAN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e300, 1e200, 1e-200, 1e-300})
  void slopesAreNumbersWhereSquaresAreNot(double unit) {
    for (double p : new double[] {2, 3, 1.5, 0.5, INF}) {
      double[] expected = derivative(1, order(p), 3, -4);
      double[] actual = derivative(1, order(p), 3 * unit, -4 * unit);
      for (int i = 0; i < 2; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-13));
      }
    }
    assertThat(derivative(1, order(2), 3 * unit, -4 * unit)[0]).isCloseTo(0.6, within(1e-15));
    // (1 - u²) / y: 0.64 and 0.48 over 5 units.
    double[] second = row(1, order(2), 3 * unit, -4 * unit);
    assertThat(second[0] * unit).isCloseTo(0.12 * 0.8, within(1e-14));
  }

  @Test
  void normsOfEveryOrderMeet() {
    Tensor x = Tensor.of(1.5, -2, 0.25, 3);
    assertThat(x.norm().item()).isEqualTo(x.norm(Axes.all(), 2).item());
    assertThat(x.norm(Axes.all(), 1).item()).isEqualTo(x.abs().sum().item());
    assertThat(x.norm(Axes.all(), INF).item()).isEqualTo(x.abs().max().item());
    assertThat(x.norm(Axes.all(), 500).item()).isCloseTo(3, within(1e-12));
    assertThat(x.norm(Axes.all(), -500).item()).isCloseTo(0.25, within(1e-12));
    assertThat(x.norm(Axes.all(), -1).item())
        .isCloseTo(1 / x.abs().reciprocal().sum().item(), within(1e-15));
  }

  @Test
  void overTwoAxesThatAreNoNeighbours() {
    Tensor x = Tensor.arange(DType.F64, 24).reshape(2, 3, 4).sub(11.5);
    double[] together = x.permute(1, 0, 2).reshape(3, 8).norm(1).toDoubleArray();
    assertThat(x.norm(0, 2).toDoubleArray()).containsExactly(together);
    assertThat(x.norm(Axes.of(-1, 0).keep()).shape().toArray()).containsExactly(1, 3, 1);
    assertThat(x.norm(Axes.of()).allClose(x.abs(), 0, 0)).isTrue();
  }

  @Test
  void nothing() {
    Tensor empty = Tensor.zeros(DType.F64, 2, 0);
    for (double p : new double[] {2, 1, 0, 3, INF}) {
      assertThat(empty.norm(Axes.of(1), p).toDoubleArray()).containsExactly(0, 0);
    }
    for (double p : new double[] {-1, -INF}) {
      assertThatThrownBy(() -> empty.norm(Axes.of(1), p))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "norm: shape [2, 0] has no element along axes [1]; there is no norm of nothing");
    }
    assertThatThrownBy(() -> Tensor.of(1.0, 2).norm(Axes.all(), NAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("norm: p is NaN; it must be a number, or infinite");
  }

  private static UnaryOperator<Tensor> order(double p) {
    return x -> x.norm(Axes.all(), p);
  }

  /**
   * Returns the derivative of the sum of the derivative of one order less; order 0 is the value.
   */
  private static double[] derivative(int order, UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Tensor y = f.apply(x);
    for (int n = 0; n < order; n++) {
      if (!y.requiresGrad()) {
        return new double[at.length];
      }
      y = Autograd.grad(y.sum(), x, GradOptions.createGraph());
    }
    return y.toDoubleArray();
  }

  /** Returns the second derivatives by one element and each other. */
  private static double[] row(int element, UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Tensor g = Autograd.grad(f.apply(x), x, GradOptions.createGraph());
    return Autograd.grad(g.at(element), x).toDoubleArray();
  }

  /** Returns the derivative of an order by the same element again and again. */
  private static double elementary(int order, UnaryOperator<Tensor> f, int element, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Tensor y = f.apply(x);
    for (int n = 0; n < order; n++) {
      y = Autograd.grad(y, x, GradOptions.createGraph()).at(element);
    }
    return y.item();
  }
}
