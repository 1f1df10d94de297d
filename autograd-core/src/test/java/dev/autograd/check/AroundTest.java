package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AroundTest {

  private static final double WIDE = 0x1p20;

  private static List<Around> groups(double[] value, double[] noise, double... natural) {
    return Around.groups(value, noise, natural, Precision.DOUBLE, new Random(1));
  }

  private static Around one(double[] value, double[] noise, double... natural) {
    List<Around> groups = groups(value, noise, natural);
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private static double weight(Around around, int element) {
    return around.weights()[element];
  }

  @Test
  void outputsThatAreAboutEquallyNoisyAreOneGroup() {
    assertThat(groups(new double[3], new double[] {1, WIDE, 3}, 0, 0, 0)).hasSize(1);
    assertThat(groups(new double[3], new double[] {1, 2 * WIDE, 3}, 0, 0, 0)).hasSize(2);
    assertThat(one(new double[2], new double[] {1, 1}, 0, 0).partial()).isFalse();
  }

  @Test
  void theNoisiestComeFirst() {
    List<Around> groups =
        groups(new double[4], new double[] {1, 4 * WIDE, 5, 8 * WIDE * WIDE}, 0, 0, 0, 0);
    assertThat(groups).hasSize(3).allMatch(Around::partial);
    assertThat(weight(groups.get(0), 3)).isNotZero();
    assertThat(Arrays.stream(groups.get(0).weights()).filter(w -> w != 0)).hasSize(1);
    assertThat(weight(groups.get(1), 1)).isNotZero();
    assertThat(Arrays.stream(groups.get(1).weights()).filter(w -> w != 0)).hasSize(2);
    assertThat(weight(groups.get(1), 2)).isNotZero();
    assertThat(weight(groups.get(2), 0)).isNotZero();
    assertThat(Arrays.stream(groups.get(2).weights()).filter(w -> w != 0)).hasSize(1);
  }

  @Test
  void ofNoOutputsThereIsOneGroupAllTheSame() {
    Around nothing = one(new double[0], new double[0]);
    assertThat(nothing.weights()).isEmpty();
    assertThat(nothing.magnitude()).isZero();
    assertThat(nothing.partial()).isFalse();
  }

  @Test
  void weightsHaveRandomSignsAndSizesAndAreExactInSinglePrecision() {
    double[] noise = new double[1000];
    Arrays.fill(noise, 1);
    double[] weights = one(new double[1000], noise, new double[1000]).weights();
    assertThat(Arrays.stream(weights).allMatch(w -> w == (float) w)).isTrue();
    assertThat(Arrays.stream(weights).map(Math::abs).allMatch(w -> w >= 0.5 && w <= 1.5)).isTrue();
    assertThat(Arrays.stream(weights).map(Math::abs).min().orElseThrow()).isLessThan(0.52);
    assertThat(Arrays.stream(weights).map(Math::abs).max().orElseThrow()).isGreaterThan(1.48);
    assertThat(Arrays.stream(weights).filter(w -> w > 0).count()).isBetween(400L, 600L);
  }

  @Test
  void weightsAreLargerWhereRoundingIsSmaller() {
    double[] even = one(new double[2], new double[] {8, 8}, 0, 0).weights();
    double[] uneven = one(new double[2], new double[] {8, 2}, 0, 0).weights();
    assertThat(uneven[0]).isEqualTo(even[0]);
    assertThat(uneven[1]).isEqualTo(4 * even[1]);
  }

  @Test
  void theMagnitudeIsThatOfTheValueOrOfWhatItWasComputedFrom() {
    double[] tiny = {1e-30, 1e-30};
    Around value = one(new double[] {-3, 5}, tiny, 0, 0);
    double first = Math.abs(weight(value, 0));
    double second = Math.abs(weight(value, 1));
    assertThat(value.magnitude()).isCloseTo(3 * first + 5 * second, within(1e-12));
    assertThat(one(new double[] {-3, 5}, tiny, 7, 0).magnitude())
        .isCloseTo(7 * first + 5 * second, within(1e-12));
    double epsilon = Math.ulp(1.0);
    assertThat(
            one(new double[] {-3, 5}, new double[] {11 * epsilon, 11 * epsilon}, 7, 0).magnitude())
        .isCloseTo(11 * first + 11 * second, within(1e-12));
  }

  @Test
  void onlyTheGroupCounts() {
    Around large = groups(new double[] {3, 5}, new double[] {4 * WIDE, 1}, 0, 0).get(0);
    double weight = weight(large, 0);
    assertThat(large.change(new double[] {4, 9})).isEqualTo(weight);
    assertThat(large.deviation(new double[] {4, 9})).isEqualTo(Math.abs(weight) * 4 * WIDE);
    assertThat(large.magnitude())
        .isEqualTo(Math.abs(weight) * (4 * WIDE / Precision.DOUBLE.epsilon()));
  }

  @Test
  void theChangeIsThatOfTheProjection() {
    Around around = one(new double[] {3, 5}, new double[] {1, 1}, 0, 0);
    assertThat(around.change(new double[] {3, 5})).isZero();
    assertThat(around.change(new double[] {4, 3}))
        .isCloseTo(weight(around, 0) - 2 * weight(around, 1), within(1e-15));
  }

  @Test
  void deviationsOfAllOutputsAddUpAsSquares() {
    Around around = one(new double[] {3, 5}, new double[] {0.5, 0.5}, 0, 0);
    assertThat(around.deviation(new double[] {3, 5}))
        .isCloseTo(0.5 * Math.hypot(weight(around, 0), weight(around, 1)), within(1e-15));
  }

  @Test
  void aDeviationIsAtLeastHalfALastPlaceOfTheLargerValue() {
    Around around = one(new double[] {-1e6}, new double[] {1e-30}, 0);
    double weight = Math.abs(weight(around, 0));
    assertThat(around.deviation(new double[] {1})).isEqualTo(weight * Math.ulp(1e6) / 2);
    assertThat(around.deviation(new double[] {-1e9})).isEqualTo(weight * Math.ulp(1e9) / 2);
  }
}
