package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectedTest {

  private static final double[] GIVEN = {5, 1};

  private static final double EPSILON = Math.ulp(1.0);

  /** Returns a function whose single value is -3 x₀ + x₁, and what is claimed of it. */
  private static TestDerivative linear(double... claim) {
    return new TestDerivative(x -> new double[] {-3 * x[0] + x[1]}, (x, w) -> claim, GIVEN);
  }

  private static Around around(double value) {
    double[] noise = {Math.ulp(value) / 2};
    return Around.groups(
            new double[] {value}, noise, new double[1], Precision.DOUBLE, new Random(1))
        .get(0);
  }

  private static final double WEIGHT = around(1).weights()[0];

  private static Projected projected(Derivative function, Around around) {
    double[] value = function.value(new double[][] {GIVEN}, Place.GIVEN);
    RandomRounding rounding = new RandomRounding(function, value, 1);
    return new Projected(function, around, new Tolerance(0, 0), rounding, new Random(1));
  }

  private static double size(double value, double... claim) {
    return projected(linear(claim), around(value)).size();
  }

  private static CheckedElement judged(
      Derivative function, Projected projected, double largest, int element) {
    Direction direction = Direction.ofElement(function.blocks().get(0), element);
    List<Moves.Move> moves = List.of(new Moves.Move(0, direction));
    return projected.judged(new Moves(function, new double[][] {GIVEN}, moves), moves, largest);
  }

  private static CheckedElement judged(Derivative function, int element) {
    return judged(function, projected(function, around(-14)), 1, element);
  }

  @Test
  void theClaimIsMadeElsewhereFirstThenTwice() {
    TestDerivative function = linear(1, 1);
    assertThat(projected(function, around(-14)).reached(0)).isTrue();
    double less = 1 - 0x1p-10;
    assertThat(function.claimedAt).containsExactly(new double[] {5 * less, less}, GIVEN, GIVEN);
    function.reached = false;
    assertThat(projected(function, around(-14)).reached(0)).isFalse();
  }

  @Test
  void aClaimThatCannotBeMadeElsewhereIsMadeAllTheSame() {
    TestDerivative function =
        new TestDerivative(
            x -> new double[] {x[0]},
            (x, w) -> {
              if (x[0] < 5) {
                throw new IllegalStateException("outside");
              }
              return new double[] {1, 0};
            },
            GIVEN);
    assertThat(projected(function, around(-14)).reached(0)).isTrue();
  }

  @Test
  void claimsThatDifferAreRefused() {
    AtomicInteger calls = new AtomicInteger();
    TestDerivative function =
        new TestDerivative(
            x -> new double[] {x[0]},
            (x, w) -> new double[] {1, calls.incrementAndGet() < 3 ? 2 : 7},
            GIVEN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> projected(function, around(-14)))
        .withMessageContaining(
            "the gradient of \"x\" at [1] was 2.0 and 7.0 in two sweeps at the same inputs");
  }

  @Test
  void theSizeIsThatOfTheMostImportantElement() {
    // The scales of 5 and 1 are 4 and 1.
    assertThat(size(1, 2, -3)).isEqualTo(8);
    assertThat(size(1, 2, -30)).isEqualTo(30);
    assertThat(size(1, Double.NaN, -3)).isEqualTo(3);
    assertThat(size(1, 2, Double.POSITIVE_INFINITY)).isEqualTo(8);
  }

  @Test
  void theSizeIsTheMagnitudeIfAllClaimsAreZerosButForRounding() {
    double magnitude = 8 * Math.abs(WEIGHT);
    double zero = 64 * EPSILON * magnitude;
    assertThat(size(8, 0, 0)).isCloseTo(magnitude, within(1e-12));
    assertThat(size(8, 0, 0.99 * zero)).isCloseTo(magnitude, within(1e-12));
    assertThat(size(8, 0, 1.01 * zero)).isEqualTo(1.01 * zero);
    assertThat(size(0, 0, 0)).isGreaterThan(0);
    Around nothing =
        Around.groups(new double[0], new double[0], new double[0], Precision.DOUBLE, new Random(1))
            .get(0);
    assertThat(projected(linear(0, 0), nothing).size()).isEqualTo(1);
  }

  @Test
  void aZeroIsLargerInSinglePrecision() {
    TestDerivative function = linear(0, 1e-6);
    assertThat(projected(function, around(8)).size()).isEqualTo(1e-6);
    function.claimPrecision = Precision.SINGLE;
    assertThat(projected(function, around(8)).size())
        .isCloseTo(8 * Math.abs(WEIGHT), within(1e-12));
  }

  @Test
  void aDerivativeIsThatOfTheProjectionInUnits() {
    TestDerivative function = linear(-3 * WEIGHT, WEIGHT);
    CheckedElement element = judged(function, 0);
    assertThat(element.verdict()).isEqualTo(Verdict.CORRECT);
    assertThat(element.analytic()).isEqualTo(-3 * WEIGHT);
    assertThat(element.numeric()).isCloseTo(-3 * WEIGHT, within(1e-12));
    function.unit = WEIGHT;
    assertThat(judged(function, 0).analytic()).isEqualTo(-3);
    assertThat(judged(function, 1).numeric()).isCloseTo(1, within(1e-12));
    assertThat(judged(linear(3 * WEIGHT, WEIGHT), 0).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aClaimMayBeOffByAFewLastPlacesOfTheMostImportantOne() {
    TestDerivative function = linear(-3 * WEIGHT, WEIGHT);
    double size = 12 * Math.abs(WEIGHT);
    CheckedElement first = judged(function, 0);
    assertThat(first.tolerance() - first.accuracy())
        .isCloseTo(4 * EPSILON * size / 4, within(EPSILON / 100));
    CheckedElement second = judged(function, 1);
    assertThat(second.tolerance() - second.accuracy())
        .isCloseTo(4 * EPSILON * size, within(EPSILON / 100));
  }

  @Test
  void aClaimInSinglePrecisionMayBeOffByWhatRoundingOfInputsDoesToIt() {
    double single = Math.ulp(1f);
    TestDerivative steady = linear(-3 * WEIGHT, WEIGHT);
    steady.claimPrecision = Precision.SINGLE;
    double rest = 4 * single * 12 * Math.abs(WEIGHT);
    CheckedElement element = judged(steady, 1);
    assertThat(element.tolerance() - element.accuracy())
        .isCloseTo(rest + 16 * single * Math.abs(WEIGHT), within(1e-12));
    assertThat(steady.claimedAt).hasSize(6);
    assertThat(steady.claimedAt.subList(3, 6))
        .allMatch(at -> Math.abs(at[1] - 1) == single)
        .allMatch(at -> at[0] == (float) at[0] && at[0] != 5 && Math.abs(at[0] - 5) < 1e-6);
    // Claims that are the inputs themselves move as they do.
    TestDerivative moving =
        new TestDerivative(x -> new double[] {x[1]}, (x, w) -> new double[] {0, x[1]}, GIVEN);
    moving.claimPrecision = Precision.SINGLE;
    element = judged(moving, 1);
    assertThat(element.tolerance() - element.accuracy())
        .isCloseTo(4 * single + 24 * single, within(1e-12));
  }

  @Test
  void claimsThatAreMovedByRoundingInOneOfThreeNeighboursMayBeOffByThat() {
    for (int neighbour = 4; neighbour <= 6; neighbour++) {
      int moved = neighbour;
      AtomicInteger calls = new AtomicInteger();
      TestDerivative function =
          new TestDerivative(
              x -> new double[] {x[1]},
              (x, w) -> new double[] {0, calls.incrementAndGet() == moved ? 1.5 : 1},
              GIVEN);
      function.claimPrecision = Precision.SINGLE;
      CheckedElement element = judged(function, 1);
      assertThat(element.tolerance() - element.accuracy()).isCloseTo(4, within(1e-4));
    }
  }

  @Test
  void whatIsRightWithStopsCountedIsStopped() {
    TestDerivative function = linear(WEIGHT, WEIGHT);
    function.throughStops = new double[] {-3 * WEIGHT, WEIGHT};
    Projected projected = projected(function, around(-14));
    assertThat(judged(function, projected, 1, 1).verdict()).isEqualTo(Verdict.CORRECT);
    assertThat(function.askedThroughStops).isZero();
    CheckedElement stopped = judged(function, projected, 1, 0);
    assertThat(stopped.verdict()).isEqualTo(Verdict.STOPPED);
    assertThat(stopped.analytic()).isEqualTo(WEIGHT);
    judged(function, projected, 1, 0);
    assertThat(function.askedThroughStops).isEqualTo(1);
    function.reached = false;
    assertThat(judged(function, 0).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void whatIsWrongWithStopsCountedIsWrong() {
    TestDerivative function = linear(WEIGHT, WEIGHT);
    function.throughStops = new double[] {-4 * WEIGHT, WEIGHT};
    assertThat(judged(function, 0).verdict()).isEqualTo(Verdict.WRONG);
    function.throughStops = null;
    assertThat(judged(function, 0).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aKinkWithStopsCountedIsStopped() {
    TestDerivative function =
        new TestDerivative(
            x -> new double[] {Math.max(x[0], 5)}, (x, w) -> new double[] {9, 0}, GIVEN);
    function.throughStops = new double[] {WEIGHT / 2, 0};
    assertThat(judged(function, projected(function, around(5)), 1, 0).verdict())
        .isEqualTo(Verdict.STOPPED);
  }

  /** Returns what is found about x₁ if one output is 5 and does not move and the other is huge. */
  private static CheckedElement ofTheSmallOutput(double claim, double slope) {
    TestDerivative function =
        new TestDerivative(
            x -> new double[] {1e30 * x[0], 5 + slope * (x[1] - 1)},
            (x, w) -> new double[] {0, w[0] == 0 ? claim : 0},
            GIVEN);
    double[] value = function.value(new double[][] {GIVEN}, Place.GIVEN);
    List<Around> groups =
        Around.groups(
            value,
            new double[] {Math.ulp(5e30), Math.ulp(5.0)},
            new double[2],
            Precision.DOUBLE,
            new Random(1));
    assertThat(groups).hasSize(2);
    return judged(function, projected(function, groups.get(1)), 1, 1);
  }

  @Test
  void aClaimThatIsNanBesideOtherOutputsIsTakenForZero() {
    assertThat(ofTheSmallOutput(Double.NaN, 0).verdict()).isEqualTo(Verdict.CORRECT);
    assertThat(ofTheSmallOutput(Double.NaN, 1).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(ofTheSmallOutput(Double.NaN, 1).analytic()).isNaN();
    assertThat(ofTheSmallOutput(7, 0).verdict()).isEqualTo(Verdict.WRONG);
    TestDerivative alone =
        new TestDerivative(x -> new double[] {5}, (x, w) -> new double[] {0, Double.NaN}, GIVEN);
    assertThat(judged(alone, projected(alone, around(5)), 1, 1).verdict()).isEqualTo(Verdict.WRONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aDerivativeThatIsNothingAmongLargerOutputsIsRight(int element) {
    // The value is rounded so much that the slopes are hardly known.
    double[] noise = {1e-3};
    Around noisy =
        Around.groups(new double[] {-14}, noise, new double[1], Precision.DOUBLE, new Random(1))
            .get(0);
    double[] claim = {-3 * noisy.weights()[0], noisy.weights()[0]};
    TestDerivative function = linear(claim);
    Projected projected = projected(function, noisy);
    assertThat(judged(function, projected, 1, element).verdict()).isEqualTo(Verdict.TOO_NOISY);
    assertThat(judged(function, projected, 1e30, element).verdict()).isEqualTo(Verdict.CORRECT);
  }
}
