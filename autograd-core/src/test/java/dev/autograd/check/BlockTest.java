package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

/** Small things that reports and bounds are made of. */
class BlockTest {

  @Test
  void indicesAreCountedInRowMajorOrder() {
    Shape shape = Shape.of(2, 3, 2);
    assertThat(Block.index(shape, 0)).containsExactly(0, 0, 0);
    assertThat(Block.index(shape, 5)).containsExactly(0, 2, 1);
    assertThat(Block.index(shape, 11)).containsExactly(1, 2, 1);
    assertThat(Block.index(Shape.SCALAR, 0)).isEmpty();
  }

  @Test
  void aToleranceIsAPartAndAnAmount() {
    Tolerance tolerance = new Tolerance(0.5, 2);
    assertThat(tolerance.of(8)).isEqualTo(6);
    assertThat(new Tolerance(0, 0).of(8)).isZero();
  }
}
