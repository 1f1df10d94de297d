package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlopesTest {

  private static Slope slope(double value) {
    return new Slope(value, 0, 0);
  }

  /** Returns a slope that has not settled. */
  private static Slope rough(double value) {
    return new Slope(value, Math.abs(value), 0);
  }

  private static Extrapolation attempt(
      double step, @Nullable Slope central, @Nullable Slope left, @Nullable Slope right) {
    return new Extrapolation(step, central, left, right, 1);
  }

  private static Extrapolation central(double step, Slope slope) {
    return attempt(step, slope, null, null);
  }

  private static boolean diverge(Slope first, Slope last) {
    return Slopes.diverge(List.of(central(4, first), central(2, slope(1)), central(1, last)));
  }

  private static Extrapolation bent(double step, double left, double right, double bound) {
    return attempt(
        step, slope((left + right) / 2), new Slope(left, bound, 0), new Slope(right, bound, 0));
  }

  private static Extrapolation smooth(double step, double value, double bound) {
    Slope slope = new Slope(value, bound, 0);
    return attempt(step, slope, slope, slope);
  }

  @Test
  void divergeIfTheyGrowFourfoldInThreeStepsWithoutSettling() {
    assertThat(diverge(rough(1), rough(4.1))).isTrue();
    assertThat(diverge(rough(-1), rough(-4.1))).isTrue();
    assertThat(diverge(rough(1), rough(4))).isFalse();
    assertThat(diverge(rough(4.1), rough(1))).isFalse();
  }

  @Test
  void doNotDivergeOnceTheyHaveSettled() {
    assertThat(diverge(rough(1), new Slope(8, 8.1e-3, 0))).isTrue();
    assertThat(diverge(rough(1), new Slope(-8, 8e-3, 0))).isFalse();
    assertThat(diverge(rough(1), new Slope(8, 7.9e-3, 0))).isFalse();
  }

  @Test
  void doNotDivergeIfRoundingMayBeAllThatGrows() {
    assertThat(diverge(rough(1), new Slope(8, 8, 1.9))).isTrue();
    assertThat(diverge(rough(1), new Slope(-8, 8, 1.9))).isTrue();
    assertThat(diverge(rough(1), new Slope(8, 8, 2))).isFalse();
  }

  @Test
  void divergeInAnyOrderOfSteps() {
    assertThat(
            Slopes.diverge(
                List.of(central(1, rough(9)), central(4, rough(1)), central(2, rough(3)))))
        .isTrue();
    assertThat(
            Slopes.diverge(
                List.of(central(4, rough(9)), central(1, rough(1)), central(2, rough(3)))))
        .isFalse();
  }

  @Test
  void areComparedOverTheThreeShortestStepsOnly() {
    List<Extrapolation> attempts =
        List.of(
            central(8, rough(0.1)),
            central(4, rough(1)),
            central(2, rough(1)),
            central(1, rough(1)));
    assertThat(Slopes.diverge(attempts)).isFalse();
    assertThat(Slopes.diverge(List.of(central(2, rough(1)), central(1, rough(9))))).isFalse();
    assertThat(Slopes.diverge(List.of())).isFalse();
  }

  @Test
  void divergeOnEitherSideAlone() {
    Slope calm = rough(1);
    Slope grown = rough(9);
    assertThat(
            Slopes.diverge(
                List.of(
                    attempt(4, null, calm, null),
                    attempt(2, null, calm, null),
                    attempt(1, null, grown, null))))
        .isTrue();
    assertThat(
            Slopes.diverge(
                List.of(
                    attempt(4, null, null, calm),
                    attempt(2, null, null, calm),
                    attempt(1, null, null, grown))))
        .isTrue();
    assertThat(
            Slopes.diverge(
                List.of(
                    attempt(4, null, calm, null),
                    attempt(2, null, calm, null),
                    attempt(1, null, null, grown))))
        .isFalse();
  }

  @Test
  void haveNoKinkWhereTheyAreOne() {
    assertThat(Slopes.kink(List.of())).isNull();
    assertThat(Slopes.kink(List.of(smooth(2, 1, 0), smooth(1, 1, 0)))).isNull();
  }

  @Test
  void haveTheKinkThatTheShortestStepFinds() {
    Extrapolation near = bent(1, 0, 1, 0);
    Extrapolation far = bent(2, 5, 9, 0);
    assertThat(Slopes.kink(List.of(far, near))).isSameAs(near);
    assertThat(Slopes.kink(List.of(near, far))).isSameAs(near);
    Extrapolation alike = bent(1, 0, 2, 0);
    assertThat(Slopes.kink(List.of(near, alike))).isSameAs(near);
  }

  @Test
  void haveNoKinkIfShorterStepsAreSmoothAndSharpEnoughToTell() {
    Extrapolation kink = bent(2, 0, 4, 0);
    assertThat(Slopes.kink(List.of(kink, smooth(1, 0, 0.9)))).isNull();
    assertThat(Slopes.kink(List.of(kink, smooth(1, 2, 2.5)))).isSameAs(kink);
    assertThat(Slopes.kink(List.of(kink, bent(1, 0, 9, 0)))).isNotSameAs(kink);
    assertThat(Slopes.kink(List.of(kink, smooth(1, 7, 0.5)))).isNull();
    assertThat(Slopes.kink(List.of(kink, smooth(2, 0, 0)))).isSameAs(kink);
    assertThat(Slopes.kink(List.of(kink, smooth(4, 0, 0)))).isSameAs(kink);
    assertThat(Slopes.kink(List.of(kink, attempt(1, null, slope(0), null)))).isSameAs(kink);
    assertThat(Slopes.kink(List.of(kink, attempt(1, null, null, slope(0))))).isNull();
  }

  @Test
  void haveTheKinkOfTheSharpestAttemptThatAgrees() {
    Extrapolation near = bent(1, 0, 4, 0.5);
    Extrapolation sharper = bent(2, 0.5, 4.5, 0.25);
    Extrapolation sharpest = bent(3, 0.4, 4.4, 0.125);
    assertThat(Slopes.kink(List.of(sharper, near))).isSameAs(sharper);
    assertThat(Slopes.kink(List.of(near, sharpest, sharper))).isSameAs(sharpest);
    assertThat(Slopes.kink(List.of(near, bent(2, 0, 4, 0.5)))).isSameAs(near);
    assertThat(Slopes.kink(List.of(near, smooth(2, 0, 0.125)))).isSameAs(near);
    assertThat(Slopes.kink(List.of(near, bent(2, 1, 4, 0.25)))).isSameAs(near);
    assertThat(Slopes.kink(List.of(near, bent(2, 0, 5, 0.25)))).isSameAs(near);
  }

  @Test
  void areKnownAsWellAsBothSidesTogether() {
    assertThat(Slopes.bounds(attempt(1, null, new Slope(1, 2, 3), new Slope(1, 4, 5))))
        .isEqualTo(14);
    assertThat(Slopes.bounds(attempt(1, null, null, slope(1)))).isInfinite();
    assertThat(Slopes.bounds(attempt(1, null, slope(1), null))).isInfinite();
  }
}
