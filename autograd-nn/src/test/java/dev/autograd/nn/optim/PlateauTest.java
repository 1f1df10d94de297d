package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlateauTest {

  private static double[] ratesAfter(PlateauSchedule schedule, double... measurements) {
    return Arrays.stream(measurements)
        .map(
            measurement -> {
              schedule.observe(measurement);
              return schedule.at(0);
            })
        .toArray();
  }

  @Test
  void reducesAfterMoreThanPatienceWithoutImprovement() {
    PlateauSchedule schedule = Plateau.ofLoss().factor(0.5).patience(2).over(0.8);
    assertThat(schedule.at(0)).isEqualTo(0.8);
    assertThat(ratesAfter(schedule, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3))
        .containsExactly(0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.1);
  }

  @Test
  void saysWhenItReduces() {
    PlateauSchedule schedule = Plateau.ofLoss().patience(0).over(0.8);
    assertThat(schedule.observe(1)).isFalse();
    assertThat(schedule.observe(2)).isTrue();
    assertThat(schedule.observe(0.5)).isFalse();
  }

  @Test
  void improvementsMustExceedTheThreshold() {
    Plateau picky = Plateau.ofLoss().factor(0.5).patience(0).threshold(0.1);
    assertThat(ratesAfter(picky.over(1), 10, 9.1, 9.1, 8.9)).containsExactly(1, 0.5, 0.25, 0.25);
    assertThat(ratesAfter(picky.over(1), -10, -10.9, -11.1)).containsExactly(1, 0.5, 0.5);
    Plateau score = Plateau.ofScore().factor(0.5).patience(0).threshold(0.1);
    assertThat(ratesAfter(score.over(1), 10, 10.9, 11.1)).containsExactly(1, 0.5, 0.5);
    assertThat(ratesAfter(score.over(1), -10, -9.1, -8.9)).containsExactly(1, 0.5, 0.5);
  }

  @Test
  void cooldownMeasurementsAreNotCounted() {
    PlateauSchedule schedule = Plateau.ofLoss().factor(0.5).patience(0).cooldown(2).over(1);
    assertThat(ratesAfter(schedule, 1, 2, 2, 2, 2, 2, 2, 2))
        .containsExactly(1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125);
  }

  @Test
  void neverGoesBelowTheLowestNorAboveTheOtherSchedule() {
    PlateauSchedule schedule =
        Plateau.ofLoss().factor(0.1).patience(0).lowest(0.03).over(Schedule.linear(0.2, 0.02, 10));
    ratesAfter(schedule, 1, 1, 1);
    assertThat(schedule.at(0)).isEqualTo(0.03);
    assertThat(schedule.at(10)).isCloseTo(0.02, within(1e-15));
  }

  @Test
  void infinityIsAMeasurementAndNaNIsNot() {
    PlateauSchedule schedule = Plateau.ofLoss().factor(0.5).patience(1).over(1);
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(ratesAfter(schedule, infinity, infinity, 5, infinity, infinity))
        .containsExactly(1, 0.5, 0.5, 0.5, 0.25);
    Map<String, Tensor> before = schedule.state();
    assertThatThrownBy(() -> schedule.observe(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the measurement is NaN");
    before.forEach(
        (name, value) ->
            assertThat(schedule.state())
                .hasEntrySatisfying(name, now -> assertThat(now.item()).isEqualTo(value.item())));
  }

  @Test
  void setsTheRateOfAnOptimiser() {
    Parameter p = Parameter.of("p", Tensor.scalar(1));
    PlateauSchedule schedule = Plateau.ofLoss().factor(0.5).patience(0).over(0.25);
    Optimizer sgd = Sgd.lr(schedule).over(List.of(p));
    sgd.minimize(() -> p.mul(1));
    ratesAfter(schedule, 1, 1);
    sgd.minimize(() -> p.mul(1));
    assertThat(p.item()).isEqualTo(0.625);
    assertThat(sgd.lr()).isEqualTo(0.125);
  }

  @Test
  void goesOnWhereItsStateWasTaken() {
    double[] rest = {3, 2.9, 3, 3, 2, 2, 2, 2, 2, 2};
    for (int taken = 0; taken < 6; taken++) {
      Plateau settings = Plateau.ofLoss().factor(0.7).patience(1).cooldown(1);
      PlateauSchedule schedule = settings.over(0.5);
      ratesAfter(schedule, Arrays.copyOf(new double[] {4, 4, 4, 4, 4, 4}, taken));
      Map<String, Tensor> state = schedule.state();
      double[] expected = ratesAfter(schedule, rest);
      PlateauSchedule resumed = settings.over(0.5);
      ratesAfter(resumed, 1, 2, 3);
      resumed.load(state);
      assertThat(ratesAfter(resumed, rest)).isEqualTo(expected);
    }
  }

  @Test
  void stateThatDoesNotFitChangesNothing() {
    PlateauSchedule schedule = Plateau.ofLoss().over(0.5);
    Map<String, Tensor> state = new LinkedHashMap<>(schedule.state());
    assertThat(state).containsOnlyKeys("scale", "best", "others", "cooldown");
    state.put("scale", Tensor.scalar(0.5));
    state.remove("best");
    assertThatThrownBy(() -> schedule.load(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing are [best]");
    assertThat(schedule.at(0)).isEqualTo(0.5);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> Plateau.ofLoss().factor(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Plateau: factor is 1.0");
    assertThatThrownBy(() -> Plateau.ofLoss().patience(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plateau.ofLoss().cooldown(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plateau.ofLoss().threshold(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plateau.ofLoss().lowest(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
