package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void noSizesMakeTheSharedScalarShape() {
    assertThat(Shape.of()).isSameAs(Shape.SCALAR);
    assertThat(Shape.SCALAR.rank()).isZero();
    assertThat(Shape.SCALAR.size()).isEqualTo(1);
    assertThat(Shape.SCALAR).hasToString("[]");
  }

  @Test
  void sizeIsTheProduct() {
    assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
    assertThat(Shape.of(2, 0, 4).size()).isZero();
    assertThat(Shape.of(2, 3).rank()).isEqualTo(2);
  }

  @Test
  void axesCountFromEitherEnd() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.dim(0)).isEqualTo(2);
    assertThat(shape.dim(-1)).isEqualTo(4);
    assertThat(shape.dim(-3)).isEqualTo(2);
    assertThatThrownBy(() -> shape.dim(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("shape [2, 3, 4] has no axis 3");
    assertThatThrownBy(() -> shape.dim(-4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Shape.SCALAR.dim(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void negativeSizesAreRefused() {
    assertThatThrownBy(() -> Shape.of(2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("axis 1 has the negative size -1");
    assertThatThrownBy(() -> Shape.of(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreElementsThanAnArrayHoldsAreRefused() {
    assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has more than 2147483647 elements");
    int huge = Integer.MAX_VALUE;
    assertThatThrownBy(() -> Shape.of(huge, huge, huge, huge))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Shape.of(huge, huge, 0).size()).isZero();
  }

  @Test
  void equalsByValueAndIsNotChangedFromOutside() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 7;
    shape.toArray()[1] = 7;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(null).isNotEqualTo("[2, 3]");
    assertThat(shape).hasToString("[2, 3]");
  }
}
