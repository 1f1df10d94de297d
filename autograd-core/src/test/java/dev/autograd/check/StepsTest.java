package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

class StepsTest {

  private static Block block(double... values) {
    return new Block("", "x", Shape.of(values.length), Precision.DOUBLE, values);
  }

  @Test
  void fitTheMagnitudeOfTheElementAsAPowerOfTwo() {
    Block block = block(5, -0.75, 1024);
    assertThat(Steps.scale(block, 0)).isEqualTo(4);
    assertThat(Steps.scale(block, 1)).isEqualTo(0.5);
    assertThat(Steps.scale(block, 2)).isEqualTo(1024);
  }

  @Test
  void fitTheLargestElementWhereOneIsZeroOrNextToIt() {
    assertThat(Steps.scale(block(0, -20), 0)).isEqualTo(16);
    assertThat(Steps.scale(block(1e-290, 20), 0)).isEqualTo(16);
    assertThat(Steps.scale(block(2e-290, 20), 0)).isLessThan(1e-289);
  }

  @Test
  void areOneWhereAllAreZeroOrNextToIt() {
    assertThat(Steps.scale(block(0, 0), 0)).isEqualTo(1);
    assertThat(Steps.scale(block(0, 1e-290), 0)).isEqualTo(1);
  }

  @Test
  void areLongerUpToTheLargestElementAndOne() {
    assertThat(Steps.longer(block(1e-6, 0.001), 0)).containsExactly(0x1p-10, 1.0);
    assertThat(Steps.longer(block(1e-6, 3e4), 0)).containsExactly(1.0, 16384.0);
    assertThat(Steps.longer(block(2, 3e4), 0)).containsExactly(16384.0);
    assertThat(Steps.longer(block(1e-6), 0)).containsExactly(1.0);
  }

  @Test
  void areNoLongerThanTheFirstIfThatIsNear() {
    assertThat(Steps.longer(block(1, 256), 0)).isEmpty();
    assertThat(Steps.longer(block(1, 257), 0)).containsExactly(256.0);
    assertThat(Steps.longer(block(1 / 256.0), 0)).isEmpty();
    assertThat(Steps.longer(block(1 / 512.0), 0)).containsExactly(1.0);
    // From the second to the third, too.
    assertThat(Steps.longer(block(1e-6, 1 / 256.0), 0)).containsExactly(1 / 256.0);
    assertThat(Steps.longer(block(0, 0), 0)).isEmpty();
  }
}
