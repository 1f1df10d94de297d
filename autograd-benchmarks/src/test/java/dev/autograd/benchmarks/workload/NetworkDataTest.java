package dev.autograd.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkDataTest {

  @Test
  void exclusiveOrHasFourRows() {
    NetworkData data = NetworkData.exclusiveOr();
    assertThat(data.inputs()).containsExactly(0, 0, 0, 1, 1, 0, 1, 1);
    assertThat(data.targets()).containsExactly(0, 1, 1, 0);
    assertThat(data.weights(0)).isEqualTo(Draws.symmetric(1, 32, 1));
    assertThat(data.weights(1)).isEqualTo(Draws.symmetric(2, 16, 0.25));
  }

  @Test
  void equalSignsAreTheTarget() {
    NetworkData data = NetworkData.equalSigns();
    double[] x = data.inputs();
    assertThat(x).hasSize(128);
    for (int i = 0; i < 64; i++) {
      boolean same = Math.signum(x[2 * i]) == Math.signum(x[2 * i + 1]);
      assertThat(data.targets()[i]).isEqualTo(same ? 1 : 0);
    }
  }

  @Test
  void classesAreTenIntegers() {
    double[] classes = NetworkData.tenClasses().targets();
    assertThat(classes).hasSize(64).contains(0, 9);
    for (double c : classes) {
      assertThat(c).isIn(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    }
  }

  @Test
  void transposedWeightsAreTheSame() {
    NetworkData data = NetworkData.tenClasses();
    double[] w = data.weights(1);
    double[] t = data.transposed(1);
    for (int in = 0; in < 256; in++) {
      for (int out = 0; out < 128; out++) {
        assertThat(t[out * 256 + in]).isEqualTo(w[in * 128 + out]);
      }
    }
  }

  @Test
  void weightsFillTheirInterval() {
    double[] weights = NetworkData.tenClasses().weights(0);
    double bound = Math.sqrt(6.0 / 784);
    assertThat(weights).hasSize(784 * 256);
    assertThat(Arrays.stream(weights).max().getAsDouble()).isBetween(0.999 * bound, bound);
    assertThat(Arrays.stream(weights).min().getAsDouble()).isBetween(-bound, -0.999 * bound);
    assertThat(Arrays.stream(weights).average().getAsDouble())
        .isBetween(-0.01 * bound, 0.01 * bound);
  }

  @Test
  void aWorkloadWithoutNetworkHasNoData() {
    assertThatThrownBy(() -> NetworkData.of(Case.W5_F32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("W5_F32");
  }
}
