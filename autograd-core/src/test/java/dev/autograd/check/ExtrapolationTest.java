package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.check.Extrapolation.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtrapolationTest {

  private static final double CENTRAL_NOISE =
      Math.sqrt(256 * 256 + 40 * 40 + 1) / 45 / Math.sqrt(2);

  private static final double ONE_SIDED_NOISE = Math.sqrt(32 * 32 + 12 * 12 + 1 + 21 * 21) / 3;

  private static Extrapolation of(double step, DoubleUnaryOperator f) {
    return Extrapolation.of(step, way -> new Change(f.applyAsDouble(way), 0, Math.abs(way)));
  }

  private static Slope some(@Nullable Slope slope) {
    assertThat(slope).isNotNull();
    return Objects.requireNonNull(slope);
  }

  private static Slope slope(double value) {
    return new Slope(value, 0, 0);
  }

  @Test
  void looksAtAStepItsHalfAndItsQuarterOnBothSides() {
    List<Double> ways = new ArrayList<>();
    of(
        0.5,
        way -> {
          ways.add(way);
          return way;
        });
    assertThat(ways).containsExactlyInAnyOrder(0.5, -0.5, 0.25, -0.25, 0.125, -0.125);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void isExactFromBothSidesForPowersUpToTheSixth(int power) {
    Extrapolation found = of(0.5, x -> 3 * x + 2 * Math.pow(x, power));
    double slope = power == 1 ? 5 : 3;
    assertThat(found.step()).isEqualTo(0.5);
    assertThat(some(found.central()).value()).isCloseTo(slope, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void isExactFromOneSideForPowersUpToTheThird(int power) {
    Extrapolation found = of(0.5, x -> 3 * x + 2 * Math.pow(x, power));
    double slope = power == 1 ? 5 : 3;
    assertThat(some(found.left()).value()).isCloseTo(slope, within(1e-14));
    assertThat(some(found.right()).value()).isCloseTo(slope, within(1e-14));
  }

  @Test
  void tellsTheLastExtrapolationFromBothSides() {
    // The quotients of x⁵ are h⁴, h⁴/16 and h⁴/256: extrapolated once, -h⁴/4 and -h⁴/64.
    assertThat(some(of(1, x -> Math.pow(x, 5)).central())).isEqualTo(new Slope(0, 1 / 64.0, 0));
    // Those of x⁷ are h⁶, h⁶/64 and h⁶/4096: -15/48 and -15/3072, then 15/3072·(-16 + 64)/15.
    Slope seventh = some(of(1, x -> Math.pow(x, 7)).central());
    assertThat(seventh.value()).isCloseTo(1 / 64.0, within(1e-15));
    assertThat(seventh.truncation()).isCloseTo(1 / 64.0 + 15 / 3072.0, within(1e-15));
  }

  @Test
  void tellsTheLastExtrapolationFromOneSide() {
    // The quotients of x³ are h², h²/4 and h²/16: extrapolated once, -h²/2 and -h²/8.
    Extrapolation cubic = of(1, x -> Math.pow(x, 3));
    assertThat(some(cubic.right())).isEqualTo(new Slope(0, 1 / 8.0, 0));
    assertThat(some(cubic.left()).truncation()).isEqualTo(1 / 8.0);
    // Those of x⁴ are h³, h³/8 and h³/64: -3/4 and -3/32, then (-3/8 + 3/4)/3.
    Extrapolation quartic = of(1, x -> Math.pow(x, 4));
    assertThat(some(quartic.right())).isEqualTo(new Slope(1 / 8.0, 7 / 32.0, 0));
    assertThat(some(quartic.left())).isEqualTo(new Slope(-1 / 8.0, 7 / 32.0, 0));
  }

  @Test
  void dividesByTheWayThatWasReallyGone() {
    Extrapolation found =
        Extrapolation.of(1, way -> new Change(6 * way, 0, Math.abs(way) * (way > 0 ? 2 : 1)));
    assertThat(some(found.right()).value()).isCloseTo(3, within(1e-14));
    assertThat(some(found.left()).value()).isCloseTo(6, within(1e-14));
    assertThat(some(found.central()).value()).isCloseTo(4, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.25, 0.125, -0.5, -0.25, -0.125})
  void countsTheLargestDeviationWhereverItIs(double noisy) {
    Extrapolation found =
        Extrapolation.of(0.5, way -> new Change(way, way == noisy ? 3e-9 : 1e-9, Math.abs(way)));
    double quiet = Slope.SAFETY * ONE_SIDED_NOISE * 1e-9 / 0.5;
    double loud = Slope.SAFETY * ONE_SIDED_NOISE * 3e-9 / 0.5;
    assertThat(some(found.central()).rounding())
        .isCloseTo(Slope.SAFETY * CENTRAL_NOISE * 3e-9 / 0.5, within(1e-20));
    assertThat(some(found.left()).rounding()).isCloseTo(noisy < 0 ? loud : quiet, within(1e-20));
    assertThat(some(found.right()).rounding()).isCloseTo(noisy > 0 ? loud : quiet, within(1e-20));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.25, 0.125})
  void hasOneSideIfTheFunctionEndsOnTheOther(double end) {
    Extrapolation ends =
        Extrapolation.of(0.5, way -> way == end ? null : new Change(2 * way, 0, Math.abs(way)));
    assertThat(ends.central()).isNull();
    assertThat(ends.right()).isNull();
    assertThat(some(ends.left()).value()).isEqualTo(2);
    assertThat(ends.slope()).isEqualTo(ends.left());
    Extrapolation begins =
        Extrapolation.of(0.5, way -> way == -end ? null : new Change(2 * way, 0, Math.abs(way)));
    assertThat(begins.central()).isNull();
    assertThat(begins.left()).isNull();
    assertThat(some(begins.right()).value()).isEqualTo(2);
    assertThat(begins.slope()).isEqualTo(begins.right());
  }

  @Test
  void hasNoSlopeWhereTheFunctionIsNotDefined() {
    Extrapolation nothing = Extrapolation.of(1, way -> null);
    assertThat(nothing).isEqualTo(new Extrapolation(1, null, null, null, 0));
    assertThat(nothing.slope()).isNull();
    assertThat(nothing.bent()).isFalse();
    assertThat(nothing.bend()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.25, 0.125, -0.5, -0.25, -0.125})
  void knowsTheLargestChangeWhereverItIs(double place) {
    assertThat(of(0.5, way -> way == place ? -7 : 1).change()).isEqualTo(7);
    Extrapolation partly =
        Extrapolation.of(
            0.5, way -> way == 0.25 ? null : new Change(way == place ? 7 : 1, 0, Math.abs(way)));
    assertThat(partly.change()).isEqualTo(place == 0.25 ? 1 : 7);
    assertThat(of(0.5, way -> 0).change()).isZero();
  }

  @Test
  void prefersTheSlopeFromBothSides() {
    assertThat(new Extrapolation(1, slope(1), slope(2), slope(3), 1).slope()).isEqualTo(slope(1));
    assertThat(new Extrapolation(1, null, slope(2), slope(3), 1).slope()).isEqualTo(slope(2));
    assertThat(new Extrapolation(1, null, null, slope(3), 1).slope()).isEqualTo(slope(3));
  }

  @Test
  void isBentWhereTheSlopesOfBothSidesAreTwo() {
    Extrapolation kink = of(1, x -> x < 0 ? x : 4 * x);
    assertThat(kink.bent()).isTrue();
    assertThat(kink.bend()).isCloseTo(3, within(1e-14));
    assertThat(of(1, x -> x < 0 ? 4 * x : x).bend()).isCloseTo(3, within(1e-14));
    assertThat(of(1, x -> 4 * x).bent()).isFalse();
    assertThat(new Extrapolation(1, slope(1), slope(2), null, 1).bent()).isFalse();
    assertThat(new Extrapolation(1, slope(1), slope(2), null, 1).bend()).isZero();
    assertThat(new Extrapolation(1, slope(1), null, slope(2), 1).bent()).isFalse();
    assertThat(new Extrapolation(1, slope(1), null, slope(2), 1).bend()).isZero();
  }
}
