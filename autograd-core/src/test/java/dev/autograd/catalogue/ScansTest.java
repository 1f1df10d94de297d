package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Running sums and products at zeros, infinities and NaN, and over long axes. */
class ScansTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  @Test
  void gradientsOfRunningProductsOfZeros() {
    assertThat(gradient(x -> x.cumProd(0), 2, 0, 3, 0, 5)).containsExactly(1, 8, 0, 0, 0);
    assertThat(gradient(x -> x.cumProd(0), 0, 2, 3)).containsExactly(9, 0, 0);
    assertThat(gradient(x -> x.cumProd(0), 0)).containsExactly(1);
    assertThat(Tensor.of(2.0, 0, 3).cumProd(0).toDoubleArray()).containsExactly(2, 0, 0);
  }

  /** The second derivative of Σ y by two elements is the sum of all products of the others. */
  @Test
  void secondDerivativesOfRunningProductsOfZeros() {
    double[][] points = {{2, 0, 3, 5}, {0, 0, 3, 5}, {0, 0, 0, 5}, {2, 3, 5, 7}, {0, 4}, {0}};
    for (double[] at : points) {
      for (int row = 0; row < at.length; row++) {
        double[] expected = new double[at.length];
        for (int column = 0; column < at.length; column++) {
          expected[column] = row == column ? 0 : without(at, row, column);
        }
        assertThat(second(x -> x.cumProd(0), row, at)).containsExactly(expected);
      }
    }
  }

  private static double without(double[] at, int row, int column) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < at.length; i++) {
      product *= i == row || i == column ? 1 : at[i];
      sum += i >= Math.max(row, column) ? product : 0;
    }
    return sum;
  }

  /** The derivative by the first three of four elements is what is left of each product. */
  @Test
  void thirdDerivativeOfARunningProductOfZeros() {
    Tensor x = Tensor.of(0.0, 0, 0, 5).withGrad();
    Tensor d = x.cumProd(0).sum();
    for (int i = 0; i < 3; i++) {
      d = Autograd.grad(d, x, GradOptions.createGraph()).at(i);
    }
    assertThat(d.item()).isEqualTo(1 + 5);
  }

  @Test
  void elementsThatAreNotUsedDoNotMatter() {
    UnaryOperator<Tensor> two = x -> x.cumProd(0).slice(0, 0, 2);
    assertThat(gradient(two, 2, 3, NAN, 5)).containsExactly(4, 2, 0, 0);
    assertThat(gradient(two, 2, 3, INF, 0)).containsExactly(4, 2, 0, 0);
    assertThat(second(two, 0, 2, 3, INF, 0)).containsExactly(0, 1, 0, 0);
    assertThat(gradient(x -> x.cumSum(0).slice(0, 0, 2), 2, 3, NAN)).containsExactly(2, 1, 0);
  }

  @Test
  void aProductThatOverflowsBehindAZero() {
    assertThat(gradient(x -> x.cumProd(0).at(3), 0, 1e200, 1e200, 1e200))
        .containsExactly(INF, 0, 0, 0);
    assertThat(Tensor.of(0, INF).cumProd(0).toDoubleArray()).containsExactly(0, NAN);
  }

  @Test
  void aNanSpreadsToWhatContainsIt() {
    assertThat(Tensor.of(1, NAN, 2).cumSum(0).toDoubleArray()).containsExactly(1, NAN, NAN);
    assertThat(Tensor.of(1, NAN, 2).cumProd(0).toDoubleArray()).containsExactly(1, NAN, NAN);
    assertThat(gradient(x -> x.cumSum(0), 1, NAN, 2)).containsExactly(3, 2, 1);
    assertThat(gradient(x -> x.cumProd(0), 1, NAN, 2)).containsExactly(NAN, 3, NAN);
  }

  @Test
  void aLongRunningProductCostsNoSquare() {
    int n = 200_000;
    double[] numbers = new Random(1).doubles(n, 0.99, 1.01).toArray();
    numbers[n / 2] = 0;
    Tensor x = Tensor.of(numbers).withGrad();
    Tensor g = Autograd.grad(x.cumProd(0).sum(), x, GradOptions.createGraph());
    double[] second = Autograd.grad(g.square().sum(), x).toDoubleArray();
    double head = Arrays.stream(numbers, 0, n / 2).reduce(1, (a, b) -> a * b);
    double tail = 0;
    for (int i = n - 1; i >= n / 2; i--) {
      tail = 1 + (i + 1 < n ? numbers[i + 1] * tail : 0);
    }
    assertThat(g.item(n / 2) / (head * tail)).isCloseTo(1, within(1e-9));
    assertThat(Arrays.stream(second).allMatch(Double::isFinite)).isTrue();
  }

  @Test
  void aNumberIsARowByItself() {
    Tensor x = Tensor.scalar(3).withGrad();
    assertThat(x.cumSum(0).item()).isEqualTo(3);
    assertThat(x.cumProd(-1).item()).isEqualTo(3);
    assertThat(Autograd.grad(x.cumProd(0), x).item()).isEqualTo(1);
  }

  @Test
  void singlesLoseNoMoreThanOneRounding() {
    double[] ones = new double[1000];
    Arrays.fill(ones, 0.1f);
    double[] sums = Tensor.of(ones).to(DType.F32).cumSum(0).toDoubleArray();
    for (int i = 0; i < ones.length; i++) {
      assertThat(sums[i]).isEqualTo((float) ((i + 1) * (double) 0.1f));
    }
  }

  private static double[] gradient(UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    return Autograd.grad(f.apply(x).sum(), x).toDoubleArray();
  }

  private static double[] second(UnaryOperator<Tensor> f, int row, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Tensor g = Autograd.grad(f.apply(x).sum(), x, GradOptions.createGraph());
    return Autograd.grad(g.at(row), x).toDoubleArray();
  }
}
