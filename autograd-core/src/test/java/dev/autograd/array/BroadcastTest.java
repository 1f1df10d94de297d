package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BroadcastTest {

  @Test
  void equalShapesAreOneLoop() {
    Broadcast plan = Broadcast.of(Shape.of(2, 3, 4), Shape.of(2, 3, 4));
    assertLoops(plan, new int[] {24}, new int[] {1}, new int[] {1});
    assertLoops(
        Broadcast.of(Shape.SCALAR, Shape.SCALAR), new int[] {1}, new int[] {1}, new int[] {1});
  }

  @Test
  void aScalarRepeatsAlongOneLoop() {
    Broadcast plan = Broadcast.of(Shape.of(2, 3), Shape.SCALAR);
    assertThat(plan.shape()).isEqualTo(Shape.of(2, 3));
    assertLoops(plan, new int[] {6}, new int[] {1}, new int[] {0});
  }

  @Test
  void aRowRepeatsAlongTheOuterLoop() {
    Broadcast plan = Broadcast.of(Shape.of(3), Shape.of(2, 3));
    assertLoops(plan, new int[] {2, 3}, new int[] {0, 1}, new int[] {3, 1});
  }

  @Test
  void columnAndRowMakeATable() {
    Broadcast plan = Broadcast.of(Shape.of(2, 1), Shape.of(1, 3));
    assertThat(plan.shape()).isEqualTo(Shape.of(2, 3));
    assertLoops(plan, new int[] {2, 3}, new int[] {1, 0}, new int[] {0, 1});
  }

  @Test
  void neighbouringAxesAreJoinedWhereBothAllowIt() {
    Broadcast plan = Broadcast.of(Shape.of(2, 3, 4, 5), Shape.of(4, 5));
    assertLoops(plan, new int[] {6, 20}, new int[] {20, 1}, new int[] {0, 1});
  }

  @Test
  void axesOfSizeOneVanish() {
    Broadcast plan = Broadcast.of(Shape.of(1, 1), Shape.of(1));
    assertThat(plan.shape()).isEqualTo(Shape.of(1, 1));
    assertLoops(plan, new int[] {1}, new int[] {1}, new int[] {1});
  }

  @Test
  void nothingBroadcastsToNothing() {
    Broadcast plan = Broadcast.of(Shape.of(0, 3), Shape.of(1, 3));
    assertThat(plan.shape()).isEqualTo(Shape.of(0, 3));
    assertThat(Broadcast.of(Shape.of(0), Shape.SCALAR).shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void conflictsNameTheAxis() {
    assertThat(Broadcast.conflict(Shape.of(3, 4), Shape.of(3, 5))).isEqualTo(1);
    assertThat(Broadcast.conflict(Shape.of(2, 3, 4), Shape.of(5, 4))).isEqualTo(1);
    assertThat(Broadcast.conflict(Shape.of(2, 3), Shape.of(3))).isEqualTo(-1);
    assertThat(Broadcast.conflict(Shape.of(0), Shape.of(2))).isZero();
    assertThatThrownBy(() -> Broadcast.of(Shape.of(3, 4), Shape.of(3, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shapes [3, 4] and [3, 5] do not broadcast at axis 1");
  }

  @Test
  void expandsSaysWhatCanBeRepeated() {
    assertThat(Broadcast.expands(Shape.of(1, 3), Shape.of(2, 3))).isTrue();
    assertThat(Broadcast.expands(Shape.SCALAR, Shape.of(2, 3))).isTrue();
    assertThat(Broadcast.expands(Shape.of(2, 3), Shape.of(3))).isFalse();
    assertThat(Broadcast.expands(Shape.of(2, 3), Shape.of(1, 3))).isFalse();
    assertThat(Broadcast.expands(Shape.of(1), Shape.of(0))).isTrue();
  }

  private static void assertLoops(Broadcast plan, int[] dims, int[] left, int[] right) {
    assertThat(plan.dims()).containsExactly(dims);
    assertThat(plan.leftStrides()).containsExactly(left);
    assertThat(plan.rightStrides()).containsExactly(right);
  }
}
