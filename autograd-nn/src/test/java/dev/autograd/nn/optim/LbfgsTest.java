package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where L-BFGS arrives, and how it says why it stopped. */
class LbfgsTest {

  private static Tensor rosenbrock(Tensor x) {
    Tensor a = x.slice(0, 0, x.size() - 1);
    Tensor b = x.slice(0, 1, x.size());
    return b.sub(a.square()).square().mul(100).add(a.subFrom(1).square()).sum();
  }

  private static Parameter start(double... values) {
    return Parameter.of("x", Tensor.of(values));
  }

  @Test
  void findsTheMinimumOfRosenbrocksFunction() {
    Parameter x = start(-1.2, 1);
    Lbfgs.Result result = Lbfgs.over(List.of(x)).tolerance(1e-10).run(() -> rosenbrock(x), 200);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.GRADIENT);
    assertThat(result.converged()).isTrue();
    assertThat(x.toDoubleArray()).containsExactly(new double[] {1, 1}, within(1e-10));
    assertThat(result.slope()).isLessThanOrEqualTo(1e-10);
    assertThat(result.loss()).isEqualTo(rosenbrock(x).item()).isLessThan(1e-20);
    assertThat(result.iterations()).isLessThan(60);
    assertThat(result.evaluations()).isLessThan(80);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsAMinimumInAHundredDimensions(long seed) {
    Parameter x =
        Parameter.of("x", Tensor.normal(new Random(seed), DType.F64, 100).mul(0.1).add(1));
    Lbfgs.Result result = Lbfgs.over(List.of(x)).tolerance(1e-9).run(() -> rosenbrock(x), 2000);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.GRADIENT);
    assertThat(x.sub(1).abs().max().item()).isLessThan(1e-8);
  }

  /** With exact searches the directions are conjugate, and there are no more than n. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 20})
  void findsTheMinimumOfAQuadraticInAsManyIterationsAsDimensions(int n) {
    Random random = new Random(n);
    Tensor m = Tensor.normal(random, DType.F64, n, n);
    Tensor a = m.matmul(m.transpose()).add(Tensor.eye(DType.F64, n));
    Tensor b = Tensor.normal(random, DType.F64, n);
    Parameter x = Parameter.of("x", Tensor.zeros(DType.F64, n));
    Lbfgs.Result result =
        Lbfgs.over(List.of(x))
            .wolfe(1e-4, 1e-6)
            .history(n)
            .tolerance(1e-8)
            .run(() -> x.dot(a.matmul(x)).mul(0.5).sub(b.dot(x)), n);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.GRADIENT);
    assertThat(x.allClose(a.solve(b), 1e-7, 1e-8)).isTrue();
  }

  private static final Tensor ROWS =
      Tensor.of(
          new double[][] {
            {0.5, 1.2, -0.3}, {1.5, -0.7, 0.8}, {-1.1, 0.4, 1.9}, {0.2, -1.6, -0.5},
            {2.1, 0.3, 0.1}, {-0.4, 0.9, -1.2}, {0.8, 0.8, 0.6}, {-1.7, -0.2, 0.4},
            {0.1, 0.5, -2.0}, {-0.6, -1.3, 1.1}
          });
  private static final Tensor LABELS = Tensor.of(1.0, 1, 0, 0, 1, 0, 1, 0, 1, 0);

  /** The optimum was found with 40 digits by Newton's method. */
  @Test
  void findsTheOptimumOfALogisticRegression() {
    Parameter w = Parameter.of("w", Tensor.zeros(DType.F64, 3));
    Parameter b = Parameter.of("b", Tensor.scalar(0));
    Supplier<Tensor> loss =
        () ->
            Losses.bceWithLogits(ROWS.matmul(w).add(b), LABELS).add(w.square().sum().mul(0.1 / 2));
    Lbfgs.Result result = Lbfgs.over(List.of(w, b)).tolerance(1e-12).run(loss, 100);
    assertThat(result.converged()).isTrue();
    assertThat(w.toDoubleArray())
        .containsExactly(
            new double[] {1.3116299404187128, 0.6206658892686039, -0.16523459911397234},
            within(1e-11));
    assertThat(b.item()).isCloseTo(-0.23256986868913887, within(1e-11));
    assertThat(result.loss()).isCloseTo(0.3776767816389621, within(1e-15));
  }

  @Test
  void trainsANetwork() {
    Random random = new Random(1);
    Sequential model = Sequential.of(Dense.of(2, 8, random), Tensor::tanh, Dense.of(8, 1, random));
    Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor y = Tensor.of(new double[][] {{0}, {1}, {1}, {0}});
    Lbfgs lbfgs = Lbfgs.over(model.parameters()).tolerance(1e-8);
    Lbfgs.Result result = lbfgs.run(() -> Losses.mse(model.forward(x), y), 500);
    assertThat(result.loss()).isLessThan(1e-12);
  }

  // ---------------------------------------------------------------- why it stops

  @Test
  void stopsAtOnceWhereItIsFlat() {
    Parameter x = start(5);
    Lbfgs lbfgs = Lbfgs.over(List.of(x));
    assertThat(lbfgs.run(() -> x.mul(0).add(3).sum(), 100))
        .isEqualTo(new Lbfgs.Result(Lbfgs.Stop.GRADIENT, 3, 0, 0, 1));
    assertThat(lbfgs.tolerance(2).run(() -> x.mul(2).sum(), 100))
        .isEqualTo(new Lbfgs.Result(Lbfgs.Stop.GRADIENT, 10, 2, 0, 1));
    assertThat(x.toDoubleArray()).containsExactly(5);
    assertThat(x.version()).isZero();
  }

  @Test
  void stopsAfterSoManyIterations() {
    Parameter x = start(-1.2, 1);
    Lbfgs lbfgs = Lbfgs.over(List.of(x));
    assertThat(lbfgs.run(() -> rosenbrock(x), 0).stop()).isEqualTo(Lbfgs.Stop.ITERATIONS);
    assertThat(x.version()).isZero();
    Lbfgs.Result result = lbfgs.run(() -> rosenbrock(x), 7);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.ITERATIONS);
    assertThat(result.converged()).isFalse();
    assertThat(result.iterations()).isEqualTo(7);
    assertThat(lbfgs.iterations()).isEqualTo(7);
    assertThat(result.loss()).isEqualTo(rosenbrock(x).item());
    assertThatThrownBy(() -> lbfgs.run(() -> rosenbrock(x), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("run: the number of iterations is -1; it must be at least 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 20})
  void stopsAfterSoManyEvaluations(int most) {
    Parameter x = start(-1.2, 1);
    int[] calls = {0};
    Supplier<Tensor> loss =
        () -> {
          calls[0]++;
          return rosenbrock(x);
        };
    Lbfgs.Result result = Lbfgs.over(List.of(x)).maxEvaluations(most).run(loss, 100);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.EVALUATIONS);
    assertThat(result.evaluations()).isEqualTo(most).isEqualTo(calls[0]);
    assertThat(result.loss()).isEqualTo(rosenbrock(x).item()).isLessThanOrEqualTo(24.2);
  }

  @Test
  void stopsWhenTheLossChangesLittle() {
    Parameter x = start(-1.2, 1);
    Lbfgs.Result coarse =
        Lbfgs.over(List.of(x)).changeTolerance(0.1).run(() -> rosenbrock(x).add(1), 100);
    assertThat(coarse.stop()).isEqualTo(Lbfgs.Stop.CHANGE);
    assertThat(coarse.converged()).isTrue();
    assertThat(coarse.slope()).isGreaterThan(1e-3);
  }

  /** The loss is 1000 to its last digit long before the slope is; then the slopes lead. */
  @Test
  void goesOnWhereRoundingHidesTheDecrease() {
    Parameter x = Parameter.of("x", Tensor.normal(new Random(1), DType.F64, 20));
    Supplier<Tensor> loss = () -> rosenbrock(x).add(1e3);
    Lbfgs lbfgs = Lbfgs.over(List.of(x));
    assertThat(lbfgs.tolerance(1e-12).run(loss, 1000).stop()).isEqualTo(Lbfgs.Stop.GRADIENT);
    assertThat(lbfgs.tolerance(0).run(loss, 1000).stop()).isEqualTo(Lbfgs.Stop.CHANGE);
  }

  @Test
  void saysThatNoLowerPointWasFound() {
    Parameter x = start(3);
    Tensor[] wrong = {Tensor.of(-1.0)};
    Lbfgs.Result result =
        Lbfgs.over(List.of(x))
            .run(
                () ->
                    Tensor.custom("uphill", x.detach().square().keep(), x, g -> g.mul(wrong[0]))
                        .sum(),
                100);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.LINE_SEARCH);
    assertThat(result.converged()).isFalse();
    assertThat(x.toDoubleArray()).containsExactly(3);
    assertThat(result.loss()).isEqualTo(9);
  }

  @Test
  void unboundedLossesFallUntilStopped() {
    Parameter x = start(2);
    Lbfgs.Result result = Lbfgs.over(List.of(x)).run(() -> x.neg().sum(), 10);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.ITERATIONS);
    assertThat(result.loss()).isFinite().isLessThan(-1e30);
  }
}
