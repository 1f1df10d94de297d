package dev.autograd.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DrawsTest {

  @Test
  void theGeneratorIsKnuthsMmixModulo2To64() {
    BigInteger modulus = BigInteger.ONE.shiftLeft(64);
    BigInteger state = BigInteger.valueOf(21);
    Draws draws = new Draws(21);
    for (int i = 0; i < 1000; i++) {
      state =
          state
              .multiply(new BigInteger("6364136223846793005"))
              .add(new BigInteger("1442695040888963407"))
              .mod(modulus);
      assertThat(draws.next()).isEqualTo(state.shiftRight(40).doubleValue() / 16777216.0);
    }
  }

  @Test
  void valuesAreExactInSinglePrecision() {
    for (double u : Draws.uniform(7, 10_000)) {
      assertThat((double) (float) u).isEqualTo(u).isBetween(0.0, 1 - 0x1p-24);
    }
  }

  @Test
  void symmetricValuesAreUniformOnesStretched() {
    double[] u = Draws.uniform(3, 5);
    double[] s = Draws.symmetric(3, 5, 0.25);
    for (int i = 0; i < 5; i++) {
      assertThat(s[i]).isEqualTo((2 * u[i] - 1) * 0.25);
    }
  }
}
