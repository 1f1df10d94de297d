package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckedElementTest {

  private static CheckedElement element(double analytic, double numeric, double tolerance) {
    return new CheckedElement(
        List.of(1), -1, Verdict.WRONG, analytic, numeric, tolerance, 0.25, numeric, numeric);
  }

  private static String convention(double analytic, double left, double right) {
    double numeric = left / 2 + right / 2;
    return new CheckedElement(List.of(), -1, Verdict.KINK, analytic, numeric, 0.125, 0, left, right)
        .convention();
  }

  private static CheckedInput input(CheckedElement... worst) {
    return new CheckedInput(
        1,
        "x",
        Shape.of(5),
        true,
        0,
        5,
        0,
        Map.of(Verdict.CORRECT, 3, Verdict.KINK, 2),
        List.of(worst));
  }

  @Test
  void isOffByTheDistanceOrInfinitely() {
    assertThat(element(3, 5, 1).error()).isEqualTo(2);
    assertThat(element(5, 3, 1).error()).isEqualTo(2);
    assertThat(element(Double.NaN, 3, 1).error()).isInfinite();
    assertThat(element(3, Double.NaN, 1).error()).isInfinite();
    assertThat(element(Double.POSITIVE_INFINITY, 3, 1).error()).isInfinite();
  }

  @Test
  void isAsSevereAsItsErrorInTolerances() {
    assertThat(element(3, 5, 0.5).severity()).isEqualTo(4);
    assertThat(element(3, 5, 0).severity()).isInfinite();
    assertThat(element(3, 3, 0).severity()).isZero();
  }

  @Test
  void takesASlopeUpToTheTolerance() {
    assertThat(convention(-1, -1, 3)).isEqualTo("left");
    assertThat(convention(-1.125, -1, 3)).isEqualTo("left");
    assertThat(convention(3.125, -1, 3)).isEqualTo("right");
    assertThat(convention(1.125, -1, 3)).isEqualTo("mean");
    assertThat(convention(1.25, -1, 3)).isEqualTo("between");
    assertThat(convention(1.25, 3, -1)).isEqualTo("between");
    assertThat(convention(-1.25, -1, 3)).isEqualTo("outside");
    assertThat(convention(3.25, 3, -1)).isEqualTo("outside");
    assertThat(convention(3.25, -1, 3)).isEqualTo("outside");
    assertThat(convention(Double.NaN, -1, 3)).isEqualTo("outside");
  }

  @Test
  void isTheSameInOtherUnits() {
    CheckedElement kink = new CheckedElement(List.of(7), -1, Verdict.KINK, 2, 4, 6, 8, 10, 12);
    assertThat(kink.dividedBy(-2))
        .isEqualTo(new CheckedElement(List.of(7), -1, Verdict.KINK, -1, -2, 3, 4, -5, -6));
    assertThat(kink.with(Verdict.WRONG))
        .isEqualTo(new CheckedElement(List.of(7), -1, Verdict.WRONG, 2, 4, 6, 8, 10, 12));
    assertThat(kink.smooth()).isFalse();
    assertThat(element(3, 5, 1).smooth()).isTrue();
  }

  @Test
  void isCountedByVerdict() {
    assertThat(input().count(Verdict.CORRECT)).isEqualTo(3);
    assertThat(input().count(Verdict.KINK)).isEqualTo(2);
    assertThat(input().count(Verdict.WRONG)).isZero();
  }

  @Test
  void makesAnInputAsSevereAsTheFirst() {
    assertThat(input().severity()).isZero();
    assertThat(input(element(3, 5, 1), element(3, 9, 1)).severity()).isEqualTo(2);
  }

  @Test
  void verdictsAreOrderedByHowMuchThereIsToWorryAbout() {
    assertThat(Stream.of(Verdict.values()).sorted(Verdict.GRAVITY))
        .containsExactly(
            Verdict.CORRECT,
            Verdict.STOPPED,
            Verdict.KINK,
            Verdict.NOT_DIFFERENTIABLE,
            Verdict.TOO_NOISY,
            Verdict.WRONG);
  }
}
