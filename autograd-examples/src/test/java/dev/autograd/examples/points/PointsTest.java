package dev.autograd.examples.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PointsTest {

  @Test
  void aSpiralHasAsManyPointsOnEachArmInsideTheCircle() {
    Spiral spiral = Spiral.draw(3, 40, new SplittableRandom(1));
    assertThat(spiral.points().shape().toArray()).containsExactly(120, 2);
    for (int arm = 0; arm < 3; arm++) {
      int wanted = arm;
      assertThat(IntStream.of(spiral.arms()).filter(a -> a == wanted)).hasSize(40);
    }
    assertThat(spiral.points().square().sum(1).max().item()).isBetween(0.5, 1.0);
  }

  @Test
  void measurementsScatterAsTheyShould() {
    NoisySine data = NoisySine.measure(20_000, new SplittableRandom(2));
    Tensor scaled = data.y().sub(NoisySine.mean(data.x())).div(NoisySine.noise(data.x()));
    assertThat(scaled.mean().item()).isCloseTo(0, within(0.03));
    assertThat(scaled.square().mean().item()).isCloseTo(1, within(0.05));
    assertThat(data.x().abs().max().item()).isBetween(2.9, NoisySine.END);
    assertThat(NoisySine.noise(Tensor.of(-3.0, 3.0)).toDoubleArray())
        .containsExactly(new double[] {0.05, 0.35}, within(1e-15));
  }

  @Test
  void theLossOfAForecastIsTheLikelihood() {
    double raw = 0.7;
    double variance = Math.log1p(Math.exp(raw)) + 1e-4;
    Forecast forecast = Forecast.of(Tensor.of(new double[][] {{2, raw}}));
    double expected = (Math.log(variance) + 1.5 * 1.5 / variance) / 2;
    assertThat(forecast.loss(Tensor.of(new double[][] {{0.5}})).item())
        .isCloseTo(expected, within(1e-14));
    assertThat(forecast.deviation().item()).isCloseTo(Math.sqrt(variance), within(1e-14));
  }
}
