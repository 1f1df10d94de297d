package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void constantStays() {
    assertThat(Schedule.constant(0.1).at(0)).isEqualTo(0.1);
    assertThat(Schedule.constant(0.1).at(1_000_000)).isEqualTo(0.1);
  }

  @Test
  void cosineFallsFromTheRateToZero() {
    Schedule cosine = Schedule.cosine(0.4, 100);
    assertThat(cosine.at(0)).isEqualTo(0.4);
    assertThat(cosine.at(50)).isCloseTo(0.2, within(1e-15));
    assertThat(cosine.at(25)).isCloseTo(0.2 * (1 + Math.sqrt(0.5)), within(1e-15));
    assertThat(cosine.at(100)).isZero();
    assertThat(cosine.at(1000)).isZero();
  }

  @Test
  void warmupRisesInEqualParts() {
    Schedule warm = Schedule.constant(0.8).warmup(4);
    assertThat(new double[] {warm.at(0), warm.at(1), warm.at(2), warm.at(3), warm.at(4)})
        .containsExactly(new double[] {0.2, 0.4, 0.6, 0.8, 0.8}, within(1e-15));
  }

  @Test
  void warmupStepsCountInTheSchedule() {
    Schedule cosine = Schedule.cosine(1, 10);
    assertThat(cosine.warmup(5).at(1)).isCloseTo(0.4 * cosine.at(1), within(1e-15));
    assertThat(cosine.warmup(5).at(7)).isEqualTo(cosine.at(7));
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThatThrownBy(() -> Schedule.constant(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("constant: the learning rate is -1.0; it must be finite and at least 0");
    assertThatThrownBy(() -> Schedule.cosine(Double.NaN, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.cosine(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cosine: the number of steps is 0; it must be at least 1");
    assertThatThrownBy(() -> Schedule.constant(1).warmup(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
