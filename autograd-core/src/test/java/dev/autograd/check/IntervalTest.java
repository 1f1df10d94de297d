package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where samples are drawn; the domain 0 to 32 is free of them within 1 of its ends and points. */
class IntervalTest {

  private static final Interval WIDE = new Interval(0, 32, List.of());

  private static Interval between(double from, double to) {
    return new Interval(from, to, List.of());
  }

  @Test
  void numbersHaveEqualSharesOfWhatIsInsideTheMargins() {
    assertThat(WIDE.spread(0.5, 0.5, 0.5)).containsExactly(6, 16, 26);
  }

  @Test
  void offsetsMoveNumbersInTheMiddleHalfOfTheirShare() {
    assertThat(WIDE.spread(0)).containsExactly(8.5);
    assertThat(WIDE.spread(1)).containsExactly(23.5);
  }

  @Test
  void numbersAreExactInSinglePrecision() {
    assertThat(WIDE.spread(0.1)[0]).isEqualTo((float) (1 + 30 * 0.3));
  }

  @Test
  void aNumberAtTheEndOfAPieceStaysThere() {
    assertThat(WIDE.except(16).spread(0.5)).containsExactly(15);
  }

  @Test
  void numbersKeepAwayFromPointsInAnyOrder() {
    assertThat(WIDE.except(16).spread(0.5, 0.5)).containsExactly(8, 24);
    assertThat(WIDE.except(24, 8).spread(0, 0, 0))
        .containsExactly(1 + 26 / 12.0f, 13.833333f, 22.5)
        .isEqualTo(WIDE.except(8, 24).spread(0, 0, 0));
  }

  @Test
  void aPointWithinTheMarginTakesNoMoreThanItsOwn() {
    assertThat(WIDE.except(0.5).spread(0)).containsExactly(1.5 + 29.5 / 4);
  }

  @Test
  void pointsOutsideAreOfNoAccount() {
    for (double point : new double[] {-1, 0, 32, 33}) {
      assertThat(WIDE.except(point).spread(0, 1)).isEqualTo(WIDE.spread(0, 1));
    }
  }

  @Test
  void anInfiniteEndIsSampledFarEnough() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(between(5, infinity).spread(0.5)).containsExactly(7);
    assertThat(between(-infinity, -5).spread(0.5)).containsExactly(-7);
    assertThat(between(-3, infinity).spread(0.5)).containsExactly(-0.5);
    assertThat(between(-infinity, 3).spread(0.5)).containsExactly(0.5);
    assertThat(between(-infinity, infinity).spread(0)).containsExactly(-1.875 / 2);
  }

  @Test
  void withoutRoomThereAreNoNumbers() {
    double[] everySecond = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WIDE.except(everySecond).spread(0.5))
        .withMessage(
            "domain: between 0.0 and 32.0 without [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0,"
                + " 18.0, 20.0, 22.0, 24.0, 26.0, 28.0, 30.0] there is no room for samples; widen"
                + " it, or give your own with sample(...)");
  }

  @Test
  void edgesAreTheEndsThePointsAndZero() {
    assertThat(Interval.DEFAULT.edges()).containsExactly(-2, 2, 0);
    assertThat(between(1, 2).edges()).containsExactly(1, 2);
    assertThat(between(-2, -1).edges()).containsExactly(-2, -1);
    assertThat(between(0, 2).edges()).containsExactly(0, 2);
    assertThat(between(-3, 3).except(0, 1).edges()).containsExactly(-3, 3, 0, 1);
  }
}
