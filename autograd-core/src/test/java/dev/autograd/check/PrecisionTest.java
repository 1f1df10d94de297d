package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrecisionTest {

  @Test
  void doubleIsThatOfDouble() {
    assertThat(Precision.DOUBLE.epsilon()).isEqualTo(Math.ulp(1.0));
    assertThat(Precision.DOUBLE.firstStep()).isEqualTo(-7);
    assertThat(Precision.DOUBLE.spacing()).isEqualTo(0x1p-22);
    assertThat(Precision.DOUBLE.lastPlace(3)).isEqualTo(Math.ulp(3.0));
    assertThat(Precision.DOUBLE.round(0.1)).isEqualTo(0.1);
  }

  @Test
  void singleIsThatOfFloat() {
    assertThat(Precision.SINGLE.epsilon()).isEqualTo(Math.ulp(1f));
    assertThat(Precision.SINGLE.firstStep()).isEqualTo(-3);
    assertThat(Precision.SINGLE.spacing()).isEqualTo(0x1p-10);
    assertThat(Precision.SINGLE.lastPlace(3)).isEqualTo(Math.ulp(3f));
    assertThat(Precision.SINGLE.round(0.1)).isEqualTo(0.1f);
  }
}
