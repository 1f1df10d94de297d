package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts about functions of one number, at the borders between one verdict and another. */
class JudgeTest {

  private static final Tolerance NONE = new Tolerance(0, 0);

  private static final Importance ORDINARY = new Importance(1, 1, 1);

  private static final Importance LITTLE = new Importance(1e-200, 1e-200, 1e-200);

  private static final double FIRST = 1 / 128.0;

  /** The bound that rounding sets to a slope over the first step, per deviation. */
  private static final double ROUNDING =
      Slope.SAFETY * Math.sqrt(256 * 256 + 40 * 40 + 1) / 45 / Math.sqrt(2) / FIRST;

  /** What is judged, with what can be left as it is. */
  private record Case(
      TestLine line,
      Precision claimPrecision,
      Tolerance tolerance,
      double accuracy,
      Importance importance) {

    Case with(Tolerance other) {
      return new Case(line, claimPrecision, other, accuracy, importance);
    }

    Case with(Importance other) {
      return new Case(line, claimPrecision, tolerance, accuracy, other);
    }

    Case withAccuracy(double other) {
      return new Case(line, claimPrecision, tolerance, other, importance);
    }

    /** Returns the case with noise that bounds slopes over the first step to some amount. */
    Case withBound(double bound) {
      TestLine noisy = line.withDeviation(bound / ROUNDING);
      return new Case(noisy, claimPrecision, tolerance, accuracy, importance);
    }

    Case withLonger(Double... lengths) {
      TestLine longer = line.withLonger(List.of(lengths));
      return new Case(longer, claimPrecision, tolerance, accuracy, importance);
    }

    Case single() {
      return new Case(line, Precision.SINGLE, tolerance, accuracy, importance);
    }

    CheckedElement judged(double claimed) {
      return new Judge(
              line, Precision.DOUBLE, claimPrecision, tolerance, claimed, accuracy, importance)
          .verdict();
    }

    Verdict verdict(double claimed) {
      return judged(claimed).verdict();
    }
  }

  private static Case of(DoubleUnaryOperator f) {
    return new Case(TestLine.of(f), Precision.DOUBLE, NONE, 0, ORDINARY);
  }

  private static DoubleUnaryOperator slopes(double left, double right) {
    return x -> x < 0 ? left * x : right * x;
  }

  @Test
  void aSmoothDerivativeIsReportedWithEverythingKnown() {
    assertThat(of(x -> 4 * x).with(new Tolerance(0.125, 0.5)).withAccuracy(0.25).judged(3))
        .isEqualTo(new CheckedElement(List.of(3, 4), -1, Verdict.CORRECT, 3, 4, 1.25, 0, 4, 4));
  }

  @Test
  void aClaimMayBeOffByToleranceBoundAndItsOwnAccuracy() {
    assertThat(of(x -> 4 * x).with(new Tolerance(0.125, 0.5)).verdict(3))
        .isEqualTo(Verdict.CORRECT);
    assertThat(of(x -> 4 * x).with(new Tolerance(0.125, 0.5)).verdict(2.99))
        .isEqualTo(Verdict.WRONG);
    // The tolerance is a part of the larger one.
    assertThat(of(x -> 4 * x).with(new Tolerance(0.2, 0)).verdict(5)).isEqualTo(Verdict.CORRECT);
    assertThat(of(x -> 4 * x).withAccuracy(1).verdict(3)).isEqualTo(Verdict.CORRECT);
    assertThat(of(x -> 4 * x).withAccuracy(1).verdict(5.01)).isEqualTo(Verdict.WRONG);
    assertThat(of(x -> 4 * x).withBound(0.1).verdict(4.099)).isEqualTo(Verdict.CORRECT);
    assertThat(of(x -> 4 * x).withBound(0.1).verdict(4.101)).isEqualTo(Verdict.WRONG);
    assertThat(
            of(x -> 4 * x)
                .withBound(0.1)
                .withAccuracy(0.1)
                .with(new Tolerance(0, 0.1))
                .verdict(3.7001))
        .isEqualTo(Verdict.CORRECT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aClaimThatIsNotFiniteIsWrong(double claimed) {
    CheckedElement found = of(x -> 4 * x).with(new Tolerance(1, 1e300)).judged(claimed);
    assertThat(found.verdict()).isEqualTo(Verdict.WRONG);
    assertThat(found.numeric()).isEqualTo(4);
  }

  @Test
  void aLongerStepIsTakenIfTheFirstIsNotSharpEnough() {
    Case noisy = of(x -> 4 * x).withLonger(1024.0);
    assertThat(noisy.withBound(3.9e-8).judged(4).accuracy()).isCloseTo(3.9e-8, within(1e-12));
    assertThat(noisy.withBound(4.1e-8).judged(4).accuracy()).isCloseTo(4e-11, within(1e-12));
  }

  @Test
  void aZeroIsSharpEnoughIfItIsWithinThatPartOfTheLeastImportance() {
    Case zero = of(x -> x * x).withLonger(1024.0);
    assertThat(zero.with(new Importance(1, 2, 1)).withBound(1.9e-8).judged(0).accuracy())
        .isCloseTo(1.9e-8, within(1e-12));
    assertThat(zero.with(new Importance(1, 2, 1)).withBound(2.1e-8).judged(0).accuracy())
        .isLessThan(1e-10);
    // What is a zero, the natural importance tells.
    Case slight = zero.with(new Importance(1e-10, 2, 1)).withBound(1e-9);
    assertThat(slight.judged(1.4e-24).accuracy()).isCloseTo(1e-9, within(1e-12));
    assertThat(slight.judged(-1.4e-24).accuracy()).isCloseTo(1e-9, within(1e-12));
    assertThat(slight.judged(1.5e-24).accuracy()).isLessThan(1e-11);
    assertThat(slight.judged(-1.5e-24).accuracy()).isLessThan(1e-11);
  }

  @Test
  void aDerivativeIsTooNoisyToTellIfTheBoundIsMoreThanHalfOfIt() {
    Case line = of(x -> 4 * x).with(LITTLE);
    assertThat(line.withBound(1.99).verdict(4)).isEqualTo(Verdict.CORRECT);
    assertThat(line.withBound(2.01).verdict(4)).isEqualTo(Verdict.TOO_NOISY);
    // Half of the larger one.
    assertThat(line.withBound(2.4).verdict(5)).isEqualTo(Verdict.CORRECT);
    assertThat(line.withBound(2.6).verdict(5)).isEqualTo(Verdict.TOO_NOISY);
  }

  @Test
  void aZeroIsVerifiedAgainstItsNaturalMagnitude() {
    Case flat = of(x -> 1e-9 * x);
    assertThat(flat.withBound(0.9e-6).verdict(0)).isEqualTo(Verdict.CORRECT);
    assertThat(flat.withBound(1.1e-6).verdict(0)).isEqualTo(Verdict.TOO_NOISY);
    assertThat(flat.with(new Importance(2, 1, 1)).withBound(1.1e-6).verdict(0))
        .isEqualTo(Verdict.CORRECT);
  }

  @Test
  void aNumberIsAZeroUpToSomeLastPlacesOfItsNaturalMagnitude() {
    Case flat = of(x -> 1e-9 * x).withBound(0.5e-6);
    double most = 64 * Math.ulp(1.0);
    assertThat(flat.verdict(most)).isEqualTo(Verdict.CORRECT);
    assertThat(flat.verdict(-most)).isEqualTo(Verdict.CORRECT);
    assertThat(flat.verdict(1.01 * most)).isEqualTo(Verdict.TOO_NOISY);
    assertThat(flat.verdict(-1.01 * most)).isEqualTo(Verdict.TOO_NOISY);
    assertThat(flat.single().verdict(1e-8)).isEqualTo(Verdict.CORRECT);
    assertThat(flat.verdict(1e-8)).isEqualTo(Verdict.TOO_NOISY);
  }

  @Test
  void aFunctionWithALevelPlaceVariesAroundIt() {
    // It changes by a part of 1/128 over the first step, which is its natural slope.
    Case level = of(x -> x * x).with(LITTLE);
    assertThat(level.withBound(0.9e-6 * FIRST).verdict(0)).isEqualTo(Verdict.CORRECT);
    assertThat(level.withBound(1.1e-6 * FIRST).verdict(0)).isEqualTo(Verdict.TOO_NOISY);
  }

  @Test
  void aZeroOfAFunctionThatDoesNotMoveIsVerified() {
    Case still = of(x -> 0).with(LITTLE).withBound(1);
    assertThat(still.verdict(0)).isEqualTo(Verdict.CORRECT);
    assertThat(still.verdict(1e-30)).isEqualTo(Verdict.TOO_NOISY);
    assertThat(of(x -> 1e-30 * x).with(LITTLE).withBound(1).verdict(0))
        .isEqualTo(Verdict.TOO_NOISY);
  }

  @Test
  void aDerivativeThatIsNothingAmongOthersIsVerified() {
    double last = 64 * Math.ulp(1.0);
    Case line = of(x -> 4 * x).withBound(4);
    assertThat(line.with(new Importance(1e-200, 1e-200, 8.01 / last)).verdict(4))
        .isEqualTo(Verdict.CORRECT);
    assertThat(line.with(new Importance(1e-200, 1e-200, 7.99 / last)).verdict(4))
        .isEqualTo(Verdict.TOO_NOISY);
  }

  @Test
  void aKinkIsReportedWithBothSlopes() {
    assertThat(of(slopes(-1, 3)).with(new Tolerance(0.125, 0.5)).withAccuracy(0.25).judged(2))
        .isEqualTo(new CheckedElement(List.of(3, 4), -1, Verdict.KINK, 2, 1, 1.125, 0, -1, 3));
  }

  @Test
  void aKinkAllowsWhatLiesBetweenItsSlopesGiveOrTake() {
    for (Case kink : List.of(of(slopes(-1, 3)), of(slopes(3, -1)))) {
      assertThat(kink.verdict(-1)).isEqualTo(Verdict.KINK);
      assertThat(kink.verdict(3)).isEqualTo(Verdict.KINK);
      assertThat(kink.verdict(-1.001)).isEqualTo(Verdict.WRONG);
      assertThat(kink.verdict(3.001)).isEqualTo(Verdict.WRONG);
      Case tolerant = kink.with(new Tolerance(0.125, 0.5)).withAccuracy(0.125);
      assertThat(tolerant.verdict(-2)).isEqualTo(Verdict.KINK);
      assertThat(tolerant.verdict(4)).isEqualTo(Verdict.KINK);
      assertThat(tolerant.verdict(-2.001)).isEqualTo(Verdict.WRONG);
      assertThat(tolerant.verdict(4.001)).isEqualTo(Verdict.WRONG);
      assertThat(kink.verdict(Double.NaN)).isEqualTo(Verdict.WRONG);
    }
    CheckedElement noisy = of(slopes(-1, 3)).withBound(1e-3).judged(1);
    assertThat(noisy.accuracy()).isBetween(2e-3, 1e-1);
    assertThat(noisy.tolerance()).isEqualTo(noisy.accuracy());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1e9, Double.NaN})
  void jumpsAndVerticalTangentsHaveNoDerivative(double claimed) {
    assertThat(of(Math::cbrt).verdict(claimed)).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    assertThat(of(Math::sqrt).verdict(claimed)).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    assertThat(of(x -> Math.sqrt(-x)).verdict(claimed)).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    assertThat(of(x -> x < 0 ? 0 : 1).verdict(claimed)).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    assertThat(of(x -> x > 0 ? 1 : 0).verdict(claimed)).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
  }

  @Test
  void theSlopesAtAJumpAreThoseOfEachSide() {
    CheckedElement jump = of(x -> x > 0 ? 1 : 0).judged(0);
    assertThat(jump.left()).isZero();
    assertThat(jump.right()).isGreaterThan(100);
  }

  @Test
  void aSecondLookMustBeSharpToMakeAClaimRight() {
    // Shorter steps are so noisy that they accept nearly everything.
    assertThat(of(x -> 4 * x).withBound(0.01).verdict(4.0101)).isEqualTo(Verdict.WRONG);
    assertThat(of(x -> 4 * x).withBound(0.01).verdict(3.9899)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aFunctionThatIsNowhereDefinedHasNoDerivative() {
    CheckedElement found = of(x -> x == 0 ? 0 : Double.NaN).judged(2);
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(found)
        .isEqualTo(
            new CheckedElement(
                List.of(3, 4),
                -1,
                Verdict.NOT_DIFFERENTIABLE,
                2,
                nan,
                infinity,
                infinity,
                nan,
                nan));
  }

  @Test
  void theSlopeAtTheBorderOfADomainIsHeldAgainstTheClaim() {
    Case right = of(x -> x < 0 ? Double.NaN : 4 * x);
    Case left = of(x -> x > 0 ? Double.NaN : 4 * x);
    assertThat(right.judged(4))
        .isEqualTo(
            new CheckedElement(List.of(3, 4), -1, Verdict.CORRECT, 4, 4, 0, 0, Double.NaN, 4));
    assertThat(left.judged(4))
        .isEqualTo(
            new CheckedElement(List.of(3, 4), -1, Verdict.CORRECT, 4, 4, 0, 0, 4, Double.NaN));
    assertThat(right.verdict(4.001)).isEqualTo(Verdict.WRONG);
    assertThat(left.verdict(3.999)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void theSlopeAtTheBorderOfADomainMustBeSharpToMakeAClaimWrong() {
    Case border = of(x -> x < 0 ? Double.NaN : 4 * x).with(LITTLE);
    // A slope from one side is noisier than one from both.
    double ratio = border.withBound(1e-6).judged(4).accuracy() / 1e-6;
    assertThat(border.withBound(3.9e-6 / ratio).verdict(5)).isEqualTo(Verdict.WRONG);
    assertThat(border.withBound(4.1e-6 / ratio).verdict(5)).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    Case important = border.with(new Importance(8, 1, 1));
    assertThat(important.withBound(7.9e-6 / ratio).verdict(5)).isEqualTo(Verdict.WRONG);
    assertThat(important.withBound(8.1e-6 / ratio).verdict(5))
        .isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    Case falling = of(x -> x < 0 ? Double.NaN : -4 * x).with(LITTLE);
    assertThat(falling.withBound(3.9e-6 / ratio).verdict(5)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aWaveThatLooksFlatFromAfarIsLookedAtAgain() {
    double frequency = 2 * Math.PI * 1024;
    Case wave = of(x -> Math.sin(frequency * x)).with(new Tolerance(1e-6, 0)).withBound(1e-12);
    CheckedElement right = wave.judged(frequency);
    assertThat(right.verdict()).isEqualTo(Verdict.CORRECT);
    assertThat(right.numeric()).isCloseTo(frequency, within(0.1));
    assertThat(wave.verdict(1.01 * frequency)).isEqualTo(Verdict.WRONG);
    assertThat(wave.verdict(Double.POSITIVE_INFINITY)).isEqualTo(Verdict.WRONG);
  }

  /** Returns a line with waves so short that they do not count over the first step. */
  private static Case wavy(double slope) {
    return of(x -> slope * x + 0.9e-5 * slope * Math.sin(x * 1e5)).withBound(1e-13);
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, -4})
  void slopesOfAWavyLineAreNotTold(double slope) {
    CheckedElement found = wavy(slope).judged(slope);
    assertThat(found.verdict()).isEqualTo(Verdict.TOO_NOISY);
    assertThat(found.numeric()).isCloseTo(slope, within(0.1));
    assertThat(wavy(slope).verdict(1.03 * slope)).isEqualTo(Verdict.TOO_NOISY);
    assertThat(wavy(slope).verdict(0.97 * slope)).isEqualTo(Verdict.TOO_NOISY);
    assertThat(wavy(slope).verdict(1.9 * slope)).isEqualTo(Verdict.CORRECT);
    assertThat(wavy(slope).verdict(1.4 * slope)).isEqualTo(Verdict.WRONG);
    assertThat(wavy(slope).verdict(0.9 * slope)).isEqualTo(Verdict.WRONG);
    assertThat(wavy(slope).verdict(-slope)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void slopesThatAreAlmostOneAreTold() {
    // Over short steps the slope is larger by a fifth, which rounding does not explain.
    Case ripples = of(x -> 4 * x + 0.2e-5 * 4 * Math.sin(x * 1e5)).withBound(1e-13);
    assertThat(ripples.verdict(4)).isEqualTo(Verdict.WRONG);
    assertThat(ripples.verdict(4.8)).isEqualTo(Verdict.CORRECT);
  }
}
