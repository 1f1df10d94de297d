package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlopeTest {

  @Test
  void isBoundByTruncationAndRounding() {
    assertThat(new Slope(-3, 0.25, 0.5).bound()).isEqualTo(0.75);
  }

  @Test
  void isTooWideIfTruncationIsTheLarger() {
    assertThat(new Slope(1, 0.5, 0.25).tooWide()).isTrue();
    assertThat(new Slope(1, 0.25, 0.5).tooWide()).isFalse();
    assertThat(new Slope(1, 0.5, 0.5).tooWide()).isFalse();
  }

  @Test
  void hasTheMagnitudeOfTheLargerOfItAndAFiniteClaim() {
    Slope slope = new Slope(-3, 0, 0);
    assertThat(slope.magnitude(-2)).isEqualTo(3);
    assertThat(slope.magnitude(-4)).isEqualTo(4);
    assertThat(slope.magnitude(Double.POSITIVE_INFINITY)).isEqualTo(3);
    assertThat(slope.magnitude(Double.NaN)).isEqualTo(3);
  }

  @Test
  void agreesWithAnotherUpToTheBoundsOfBoth() {
    Slope slope = new Slope(1, 0.25, 0.5);
    assertThat(slope.agreesWith(new Slope(2, 0.125, 0.125))).isTrue();
    assertThat(slope.agreesWith(new Slope(0, 0.125, 0.125))).isTrue();
    assertThat(slope.agreesWith(new Slope(2.01, 0.125, 0.125))).isFalse();
    assertThat(slope.agreesWith(new Slope(-0.01, 0.125, 0.125))).isFalse();
  }
}
