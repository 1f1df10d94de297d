package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One input of a checked function. */
class BlockTest {

  private static final Block BLOCK =
      new Block("w", "\"w\"", Shape.of(2, 2), new double[] {1, -4, 3, 0});

  @Test
  void knowsItsNamesAndItsLargestMagnitude() {
    assertThat(BLOCK.name()).isEqualTo("w");
    assertThat(BLOCK.label()).isEqualTo("\"w\"");
    assertThat(BLOCK.largest()).isEqualTo(4);
    assertThat(new Block("", "input 0", Shape.of(0), new double[0]).largest()).isZero();
    assertThat(Block.valuesOf(List.of(BLOCK))).hasDimensions(1, 4);
  }

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
