package dev.autograd.examples.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.check.GradientCheck;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateFitTest {

  private static final Tensor RATES = Tensor.of(1.0, 0.1, 1.5, 0.075);
  private static final Tensor START = Tensor.of(10.0, 5.0);

  private static final int COUNTS = 16;

  private static Tensor counts(int points) {
    return new PredatorsAndPrey(RATES).populations(START, RateFit.STEPS_PER_COUNT, points);
  }

  /** The error after one time unit of y' = y, by steps of a length. */
  private static double error(double h) {
    int steps = (int) Math.round(1 / h);
    Tensor y = RungeKutta.solve(s -> s, Tensor.of(1.0), h, steps, 2);
    return Math.abs(y.item(1, 0) - Math.E);
  }

  @Test
  void theSolverIsOfFourthOrder() {
    assertThat(error(0.1)).isLessThan(3e-6);
    assertThat(error(0.1) / error(0.05)).isCloseTo(16, within(1.0));
  }

  @Test
  void theGradientGoesThroughTheSolver() {
    // y' = k y, so y(1) = e^k and dy/dk = e^k
    Tensor k = Tensor.scalar(0.5).withGrad();
    Tensor y = RungeKutta.solve(s -> s.mul(k), Tensor.of(1.0), 0.01, 100, 2);
    assertThat(Autograd.grad(y.at(1, 0), k).item()).isCloseTo(Math.exp(0.5), within(1e-9));
    GradientCheck.of(rates -> RateFit.misfit(rates, counts(5)))
        .at(RATES.mul(1.1))
        .order(2)
        .assertPasses();
  }

  @Test
  void populationsKeepTheInvariant() {
    Tensor all = counts(31);
    double first = invariant(all, 0);
    for (int point = 1; point < 31; point++) {
      assertThat(invariant(all, point)).isCloseTo(first, within(1e-3));
    }
  }

  /** Feed hares - death ln hares + hunt lynxes - birth ln lynxes is constant along a solution. */
  private static double invariant(Tensor all, int point) {
    double hares = all.item(point, 0);
    double lynxes = all.item(point, 1);
    return 0.075 * hares - 1.5 * Math.log(hares) + 0.1 * lynxes - Math.log(lynxes);
  }

  @Test
  void exactCountsGiveTheExactRates() {
    RateFit fit = RateFit.of(RATES.mul(0.85), counts(16));
    assertThat(fit.rates().toDoubleArray()).containsExactly(RATES.toDoubleArray(), within(1e-6));
    assertThat(fit.errors().max().item()).isLessThan(1e-5);
  }

  @Test
  void standardErrorsAreThoseOfLinearLeastSquares() {
    Tensor noise = Tensor.normal(new SplittableRandom(4), DType.F64, COUNTS, 2).mul(0.1);
    Tensor counted = counts(COUNTS).add(noise);
    RateFit fit = RateFit.of(RATES, counted);
    // With small residuals H is about 2 J'J, by central differences here.
    Tensor jacobian = jacobian(fit.rates(), counted.select(0, 0));
    double variance = fit.result().loss() / (2 * COUNTS - 2 - 4);
    Tensor expected =
        jacobian.transpose().matmul(jacobian).inverse().diagonal().mul(variance).sqrt();
    for (int i = 0; i < 4; i++) {
      assertThat(fit.errors().item(i) / expected.item(i)).isCloseTo(1, within(0.02));
    }
  }

  private static Tensor jacobian(Tensor rates, Tensor start) {
    Tensor[] columns = new Tensor[4];
    for (int i = 0; i < 4; i++) {
      double[] step = new double[4];
      step[i] = 1e-5;
      Tensor after = populations(rates.add(Tensor.of(step)), start);
      Tensor before = populations(rates.sub(Tensor.of(step)), start);
      columns[i] = after.sub(before).div(2e-5);
    }
    return Tensor.stack(1, columns);
  }

  private static Tensor populations(Tensor rates, Tensor start) {
    return new PredatorsAndPrey(rates)
        .populations(start, RateFit.STEPS_PER_COUNT, COUNTS)
        .reshape(-1);
  }
}
