package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

  /** Asserts the rates of given steps. */
  private static void assertRates(Schedule schedule, long[] steps, double... rates) {
    for (int i = 0; i < steps.length; i++) {
      assertThat(schedule.at(steps[i])).as("step %d", steps[i]).isCloseTo(rates[i], within(1e-15));
    }
  }

  private static long[] steps(long... steps) {
    return steps;
  }

  @Test
  void linearGoesInAStraightLine() {
    assertRates(Schedule.linear(0, 0.4, 4), steps(0, 1, 3, 4, 9), 0, 0.1, 0.3, 0.4, 0.4);
    assertRates(Schedule.linear(0.4, 0.2, 4), steps(0, 1, 4, 5), 0.4, 0.35, 0.2, 0.2);
  }

  @Test
  void polynomialFallsByAPower() {
    assertRates(Schedule.polynomial(0.8, 2, 4), steps(0, 1, 2, 4, 5), 0.8, 0.45, 0.2, 0, 0);
    assertRates(Schedule.polynomial(0.8, 0, 4), steps(0, 3, 4), 0.8, 0.8, 0.8);
  }

  @Test
  void exponentialMultipliesInEachStep() {
    assertRates(Schedule.exponential(0.8, 0.5), steps(0, 1, 3), 0.8, 0.4, 0.1);
  }

  @Test
  void stepMultipliesOnceInAWhile() {
    assertRates(Schedule.step(0.8, 0.5, 3), steps(0, 2, 3, 5, 6, 9), 0.8, 0.8, 0.4, 0.4, 0.2, 0.1);
  }

  @Test
  void inverseTimeDividesByTheSteps() {
    assertRates(Schedule.inverseTime(0.6, 0.5), steps(0, 1, 2, 4), 0.6, 0.4, 0.3, 0.2);
  }

  @Test
  void cosineMayEndAboveZero() {
    double quarter = 0.1 + 0.3 * (1 + Math.sqrt(0.5)) / 2;
    assertRates(Schedule.cosine(0.4, 0.1, 8), steps(0, 2, 4, 8, 20), 0.4, quarter, 0.25, 0.1, 0.1);
  }

  @Test
  void cosineStartsAnewInLongerPeriods() {
    Schedule sgdr = Schedule.cosineRestarts(0.4, 0.2, 4, 2);
    assertRates(sgdr, steps(0, 2, 4, 8, 12, 20, 28), 0.4, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4);
    assertThat(sgdr.at(Long.MAX_VALUE)).isBetween(0.2, 0.4);
    Schedule equal = Schedule.cosineRestarts(0.4, 0.2, 4, 1);
    assertRates(equal, steps(0, 2, 4, 6, 400_002), 0.4, 0.3, 0.4, 0.3, 0.3);
    Schedule once = Schedule.cosineRestarts(0.4, 0.2, 4, Long.MAX_VALUE);
    assertRates(once, steps(4, 5, 1L << 30), 0.4, 0.4, 0.4);
  }

  /** PyTorch's OneCycleLR(max_lr=1, total_steps=20): phases end at the steps 5 and 19. */
  @Test
  void oneCycleRisesAndFallsBelowItsBeginning() {
    Schedule cycle = Schedule.oneCycle(1, 20);
    double third = 0.04 + 0.96 * (1 - Math.cos(Math.PI * 0.4)) / 2;
    assertRates(cycle, steps(0, 2, 5, 12, 19, 50), 0.04, third, 1, (1 + 4e-6) / 2, 4e-6, 4e-6);
  }

  @Test
  void oneCycleTakesOtherSettings() {
    Schedule cycle = Schedule.oneCycle(0.8, 11).rising(0.5).first(0.4).last(0.2);
    // The peak is at 4.5, between two steps.
    double before = 0.4 + 0.4 * (1 - Math.cos(Math.PI * 4 / 4.5)) / 2;
    double after = 0.8 - 0.6 * (1 - Math.cos(Math.PI * 0.5 / 5.5)) / 2;
    assertRates(cycle, steps(0, 4, 5, 10), 0.4, before, after, 0.2);
    assertRates(Schedule.oneCycle(1, 1), steps(0, 1), 4e-6, 4e-6);
    assertRates(Schedule.oneCycle(1, 10).rising(0.1), steps(0, 9), 1, 4e-6);
  }

  @Test
  void piecewiseChangesAtBoundaries() {
    double[] rates = {0.3, 0.2, 0.1};
    Schedule piecewise = Schedule.piecewise(rates, 5, 8);
    rates[0] = 7;
    assertRates(piecewise, steps(0, 4, 5, 7, 8, 100), 0.3, 0.3, 0.2, 0.2, 0.1, 0.1);
    assertRates(Schedule.piecewise(new double[] {0.5}), steps(0, 9), 0.5, 0.5);
  }

  @Test
  void anotherFollowsFromItsBeginning() {
    Schedule both = Schedule.linear(0, 0.4, 4).then(4, Schedule.exponential(0.4, 0.5));
    assertRates(both, steps(0, 3, 4, 5, 6), 0, 0.3, 0.4, 0.2, 0.1);
    Schedule three = Schedule.constant(1).then(2, Schedule.constant(2)).then(5, step -> step);
    assertRates(three, steps(1, 2, 4, 5, 7), 1, 2, 2, 0, 2);
  }

  @Test
  void scaledMultiplies() {
    assertRates(Schedule.linear(0, 0.4, 4).scaled(0.5), steps(0, 1, 4), 0, 0.05, 0.2);
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
    assertRefused("linear: the first", () -> Schedule.linear(-1, 1, 1));
    assertRefused("linear: the last", () -> Schedule.linear(1, Double.NaN, 1));
    assertRefused("linear: the number of steps", () -> Schedule.linear(1, 1, 0));
    assertRefused("polynomial: the power", () -> Schedule.polynomial(1, -1, 5));
    assertRefused("step: the factor", () -> Schedule.exponential(1, -0.5));
    assertRefused("step: the number of steps between", () -> Schedule.step(1, 0.5, 0));
    assertRefused("inverseTime: the decay", () -> Schedule.inverseTime(1, -1));
    assertRefused("cosine: the lowest", () -> Schedule.cosine(1, -1, 5));
    assertRefused("cosineRestarts: the growth", () -> Schedule.cosineRestarts(1, 0, 5, 0));
    assertRefused("oneCycle: the number of steps", () -> Schedule.oneCycle(1, 0));
    assertRefused("oneCycle: the share", () -> Schedule.oneCycle(1, 5).rising(1));
    assertRefused("oneCycle: the first", () -> Schedule.oneCycle(1, 5).first(-1));
    assertRefused("then: the number", () -> Schedule.constant(1).then(0, step -> 1));
    assertRefused("scaled: the factor", () -> Schedule.constant(1).scaled(-1));
    assertRefused("piecewise: there are 1", () -> Schedule.piecewise(new double[] {1}, 5));
    assertRefused("piecewise: a learning", () -> Schedule.piecewise(new double[] {1, -1}, 5));
    double[] three = {1, 1, 1};
    assertRefused("piecewise: the boundaries", () -> Schedule.piecewise(three, 5, 5));
    assertRefused("piecewise: the boundaries", () -> Schedule.piecewise(three, 0, 5));
  }

  private static void assertRefused(String start, ThrowingCallable schedule) {
    assertThatThrownBy(schedule)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(start);
  }
}
