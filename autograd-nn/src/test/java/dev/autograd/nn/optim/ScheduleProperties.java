package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ScheduleProperties {

  /** Asserts that no step changes the rate by more than a share of the range, and stays within. */
  private static void assertSmooth(
      Schedule schedule, long steps, double low, double high, double steepest) {
    double before = schedule.at(0);
    for (long step = 0; step <= steps + 3; step++) {
      double rate = schedule.at(step);
      assertThat(rate).isBetween(low - 1e-15, high + 1e-15);
      assertThat(Math.abs(rate - before)).isLessThanOrEqualTo((high - low) * steepest + 1e-15);
      before = rate;
    }
  }

  @Property(tries = 100)
  void linesCosinesAndPowersAreContinuousAndBounded(
      @ForAll @DoubleRange(min = 0, max = 2) double low,
      @ForAll @DoubleRange(min = 0, max = 2) double above,
      @ForAll @IntRange(min = 1, max = 300) int steps,
      @ForAll @DoubleRange(min = 1, max = 4) double power) {
    double high = low + above;
    assertSmooth(Schedule.linear(low, high, steps), steps, low, high, 1.0 / steps + 1e-12);
    assertSmooth(Schedule.linear(high, low, steps), steps, low, high, 1.0 / steps + 1e-12);
    assertSmooth(Schedule.cosine(high, low, steps), steps, low, high, Math.PI / 2 / steps);
    assertSmooth(Schedule.polynomial(high, power, steps), steps, 0, high, power / steps + 1e-12);
  }

  @Property(tries = 100)
  void oneCycleIsContinuousBoundedAndHasOnePeak(
      @ForAll @DoubleRange(min = 0.01, max = 2) double largest,
      @ForAll @IntRange(min = 10, max = 300) int steps,
      @ForAll @DoubleRange(min = 0.25, max = 0.75) double rising) {
    Schedule cycle = Schedule.oneCycle(largest, steps).rising(rising);
    double shorter = Math.min(rising * steps - 1, steps - rising * steps);
    assertSmooth(cycle, steps, largest / 250_000, largest, Math.PI / 2 / shorter);
    int turns = 0;
    for (long step = 1; step < steps - 1; step++) {
      boolean risesBefore = cycle.at(step) > cycle.at(step - 1);
      boolean risesAfter = cycle.at(step + 1) > cycle.at(step);
      turns += risesBefore == risesAfter ? 0 : 1;
    }
    assertThat(turns).isEqualTo(1);
  }

  /**
   * PyTorch's closed form: n = ⌊log_k(t/T (k - 1) + 1)⌋, period T kⁿ, since t - T (kⁿ - 1)/(k - 1).
   */
  @Property
  void restartsAreWhereTheClosedFormHasThem(
      @ForAll @LongRange(min = 0, max = 100_000) long step,
      @ForAll @IntRange(min = 1, max = 50) int first,
      @ForAll @IntRange(min = 2, max = 5) int growth) {
    double share = step / (double) first * (growth - 1) + 1;
    // A small part more, for the logarithm of a power may round to below the whole number.
    double n = Math.floor(Math.log(share) / Math.log(growth) + 1e-12);
    double power = Math.pow(growth, n);
    double since = step - first * (power - 1) / (growth - 1);
    double expected = 0.1 + 0.4 * (1 + Math.cos(Math.PI * since / (first * power))) / 2;
    assertThat(Schedule.cosineRestarts(0.5, 0.1, first, growth).at(step))
        .isCloseTo(expected, within(1e-12));
  }

  @Property
  void stepsArePowersOfOneFactor(
      @ForAll @LongRange(min = 0, max = 1000) long step,
      @ForAll @IntRange(min = 1, max = 50) int every,
      @ForAll @DoubleRange(min = 0, max = 1) double factor) {
    Schedule schedule = Schedule.step(0.5, factor, every);
    double expected = 0.5;
    for (long i = every; i <= step; i += every) {
      expected *= factor;
    }
    assertThat(schedule.at(step)).isCloseTo(expected, within(1e-13));
    assertThat(schedule.at(step + every)).isCloseTo(expected * factor, within(1e-13));
  }

  @Property
  void followingIsEitherOneOrTheOther(
      @ForAll @LongRange(min = 0, max = 1000) long step,
      @ForAll @LongRange(min = 1, max = 1000) long length,
      @ForAll @DoubleRange(min = 0, max = 10) double factor) {
    Schedule one = Schedule.exponential(1, 0.99);
    Schedule other = Schedule.inverseTime(1, 0.1);
    double expected = step < length ? one.at(step) : other.at(step - length);
    assertThat(one.then(length, other).at(step)).isEqualTo(expected);
    assertThat(one.then(length, other).scaled(factor).at(step)).isEqualTo(expected * factor);
  }

  /** Equal rates of both at the border make a rise and a fall without a jump. */
  @Property(tries = 100)
  void warmUpThenCosineIsContinuous(
      @ForAll @IntRange(min = 1, max = 100) int rise,
      @ForAll @IntRange(min = 1, max = 300) int fall) {
    Schedule both = Schedule.linear(0, 0.5, rise).then(rise, Schedule.cosine(0.5, fall));
    double steepest = Math.max(1.0 / rise, Math.PI / 2 / fall) + 1e-12;
    assertSmooth(both, rise + fall, 0, 0.5, steepest);
    assertThat(both.at(rise)).isEqualTo(0.5);
  }
}
