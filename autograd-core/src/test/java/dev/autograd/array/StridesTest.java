package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StridesTest {

  @Test
  void readsAsStored() {
    Strides plan = Strides.of(Shape.of(2, 3, 4));
    assertThat(plan.shape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(plan.offset()).isZero();
    assertThat(plan.strides()).containsExactly(12, 4, 1);
    assertThat(Strides.of(Shape.SCALAR).strides()).isEmpty();
  }

  @Test
  void permutesAxes() {
    Strides plan = Strides.of(Shape.of(2, 3, 4)).permute(2, 0, 1);
    assertThat(plan.shape()).isEqualTo(Shape.of(4, 2, 3));
    assertThat(plan.strides()).containsExactly(1, 12, 4);
  }

  @Test
  void slicesAxes() {
    Strides plan =
        Strides.of(Shape.of(4, 5, 6)).slice(Slice.range(1, 4).step(2), Slice.at(-1), Slice.from(2));
    assertThat(plan.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(plan.offset()).isEqualTo(30 + 24 + 2);
    assertThat(plan.strides()).containsExactly(60, 1);
    assertThatThrownBy(() -> Strides.of(Shape.of(2)).slice(Slice.at(2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readsDiagonals() {
    Strides matrices = Strides.of(Shape.of(2, 3, 4));
    assertThat(matrices.diagonal(0)).isEqualTo(new Strides(Shape.of(2, 3), 0, new int[] {12, 5}));
    assertThat(matrices.diagonal(2)).isEqualTo(new Strides(Shape.of(2, 2), 2, new int[] {12, 5}));
    assertThat(matrices.diagonal(-1)).isEqualTo(new Strides(Shape.of(2, 2), 4, new int[] {12, 5}));
    assertThat(matrices.diagonal(4).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(matrices.diagonal(Integer.MIN_VALUE).shape()).isEqualTo(Shape.of(2, 0));
  }

  @Test
  void repeatsByStrideZero() {
    Strides plan = Strides.of(Shape.of(3, 1)).broadcastTo(Shape.of(2, 3, 4));
    assertThat(plan.shape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(plan.strides()).containsExactly(0, 1, 0);
  }

  @Test
  void readsFromTheEnd() {
    Strides plan = Strides.of(Shape.of(2, 3, 4)).flip(0, 2);
    assertThat(plan.shape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(plan.offset()).isEqualTo(12 + 3);
    assertThat(plan.strides()).containsExactly(-12, 4, -1);
    assertThat(Strides.of(Shape.of(0, 2)).flip(0, 1).offset()).isEqualTo(1);
  }

  @Test
  void listsItsPositions() {
    Strides plan = Strides.of(Shape.of(2, 1, 3)).flip(2).broadcastTo(Shape.of(2, 2, 3));
    assertThat(plan.positions()).containsExactly(2, 1, 0, 2, 1, 0, 5, 4, 3, 5, 4, 3);
    assertThat(Strides.of(Shape.SCALAR).positions()).containsExactly(0);
    assertThat(Strides.of(Shape.of(3, 0)).positions()).isEmpty();
    Strides part = Strides.of(Shape.of(4, 5)).slice(Slice.range(1, 4).step(2), Slice.at(-1));
    assertThat(part.positions()).containsExactly(9, 19);
  }

  @Test
  void equalsByValue() {
    Strides plan = Strides.of(Shape.of(2, 3));
    assertThat(plan).isEqualTo(Strides.of(Shape.of(2, 3)));
    assertThat(plan).hasSameHashCodeAs(Strides.of(Shape.of(2, 3)));
    assertThat(plan).isNotEqualTo(Strides.of(Shape.of(3, 2)));
    assertThat(plan).isNotEqualTo(new Strides(Shape.of(2, 3), 1, new int[] {3, 1}));
    assertThat(plan).isNotEqualTo(new Strides(Shape.of(2, 3), 0, new int[] {1, 3}));
    assertThat(plan).isNotEqualTo("plan");
    assertThat(plan).hasToString("[2, 3] from 0 by [3, 1]");
  }
}
