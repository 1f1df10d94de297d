package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

class EluTest {

  @Test
  void bendsTowardsItsLimit() {
    Tensor x = Tensor.of(-1e3, -1, 0, 2);
    assertThat(new Elu(2).forward(x).toDoubleArray()).containsExactly(-2, 2 * Math.expm1(-1), 0, 2);
    assertThat(new Elu(2)).isEqualTo(new Elu(2)).isNotEqualTo(new Elu(1));
  }
}
