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

/** Variance and standard deviation of equal, of huge and of too few elements. */
class StatisticsTest {

  @Test
  void theDefaultIsTheSample() {
    Tensor x = Tensor.of(1.0, 2, 4);
    assertThat(x.var().item()).isCloseTo(7 / 3.0, within(1e-15));
    assertThat(x.var(Axes.all()).item()).isCloseTo(7 / 3.0, within(1e-15));
    assertThat(x.var(Axes.all(), 0).item()).isCloseTo(14 / 9.0, within(1e-15));
    assertThat(x.std(0).item()).isCloseTo(Math.sqrt(7 / 3.0), within(1e-15));
    assertThat(x.std(Axes.all(), -1).item()).isCloseTo(Math.sqrt(7 / 6.0), within(1e-15));
  }

  @Test
  void equalElementsHaveNoDeviationAndNoSlope() {
    UnaryOperator<Tensor> std = x -> x.std();
    UnaryOperator<Tensor> population = x -> x.std(Axes.all(), 0);
    for (double x : new double[] {2, 0.1, 1e300, 1e-300, 0}) {
      for (int order = 0; order <= 3; order++) {
        assertThat(derivative(order, std, x, x, x)).containsOnly(0);
        assertThat(derivative(order, population, x)).containsOnly(0);
      }
      assertThat(derivative(1, y -> y.var(), x, x, x)).containsOnly(0);
    }
    Tensor singles = Tensor.of(0.1f, 0.1f, 0.1f).withGrad();
    assertThat(Autograd.grad(singles.std(), singles).toDoubleArray()).containsOnly(0);
  }

  @Test
  void slopesAreNumbersWhereVariancesAreNot() {
    double[] expected = derivative(1, x -> x.std(), 1, -1, 3, 5);
    for (double unit : new double[] {1e307, 1e200, 1e-200, 1e-300}) {
      double[] actual = derivative(1, x -> x.std(), unit, -unit, 3 * unit, 5 * unit);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-14));
      }
    }
  }

  @Test
  void singlesKeepTheirDigitsBesideALargeMean() {
    float offset = 1 << 23;
    Tensor x = Tensor.of(offset, offset + 1, offset + 2, offset + 1).withGrad();
    assertThat(x.var(Axes.all(), 0).item()).isEqualTo(0.5);
    assertThat(Autograd.grad(x.var(Axes.all(), 0), x).toDoubleArray())
        .containsExactly(-0.5, 0, 0.5, 0);
  }

  @Test
  void theRootOfTheVarianceIsTheDeviation() {
    Tensor x = Tensor.arange(DType.F64, 24).sin().reshape(2, 3, 4).withGrad();
    Tensor std = x.std(0, 2);
    assertThat(std.allClose(x.var(0, 2).sqrt(), 1e-15, 0)).isTrue();
    Tensor direct = Autograd.grad(std.sum(), x, GradOptions.createGraph());
    Tensor composed = Autograd.grad(x.var(0, 2).sqrt().sum(), x, GradOptions.createGraph());
    assertThat(direct.allClose(composed, 1e-13, 1e-15)).isTrue();
    assertThat(
            Autograd.grad(direct.square().sum(), x)
                .allClose(Autograd.grad(composed.square().sum(), x), 1e-12, 1e-14))
        .isTrue();
  }

  @Test
  void aSampleOfOneHasNoVariance() {
    assertThatThrownBy(() -> Tensor.of(1.5).std())
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "std: shape [1] has n = 1 along axes all and the correction is 1; n - correction must be"
                + " positive, pass more elements or a smaller correction");
    assertThatThrownBy(() -> Tensor.zeros(DType.F64, 2, 0).var(Axes.of(1), 0))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "var: shape [2, 0] has n = 0 along axes [1] and the correction is 0; n - correction must"
                + " be positive, pass more elements or a smaller correction");
    assertThat(Tensor.of(1.5).var(Axes.all(), 0).item()).isZero();
    assertThat(Tensor.zeros(DType.F64, 0, 3).var(1).shape().toArray()).containsExactly(0);
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
    return Arrays.stream(y.toDoubleArray()).map(v -> v + 0.0).toArray();
  }
}
