package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AxesTest {

  @Test
  void resolveCountsFromTheStartAndSorts() {
    assertThat(Axes.of(-1, 0).resolve(3)).containsExactly(0, 2);
    assertThat(Axes.of(1).resolve(2)).containsExactly(1);
    assertThat(Axes.of().resolve(2)).isEmpty();
  }

  @Test
  void allAreAllOfAnyRank() {
    assertThat(Axes.all().resolve(3)).containsExactly(0, 1, 2);
    assertThat(Axes.all().resolve(0)).isEmpty();
  }

  @Test
  void scalarsAcceptTheirOnlyNearAxis() {
    assertThat(Axes.of(0).resolve(0)).isEmpty();
    assertThat(Axes.of(-1).resolve(0)).isEmpty();
    assertThatThrownBy(() -> Axes.of(1).resolve(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("axis 1 does not exist in rank 0");
  }

  @Test
  void unknownAndRepeatedAxesAreRefused() {
    assertThatThrownBy(() -> Axes.of(2).resolve(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("axis 2 does not exist in rank 2; use -2 to 1");
    assertThatThrownBy(() -> Axes.of(-3).resolve(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Axes.of(1, -1).resolve(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is named twice");
  }

  @Test
  void keepIsRemembered() {
    Axes axes = Axes.of(1);
    assertThat(axes.isKept()).isFalse();
    assertThat(axes.keep().isKept()).isTrue();
    assertThat(axes.keep().resolve(2)).containsExactly(1);
    assertThat(Axes.all().keep().isKept()).isTrue();
  }

  @Test
  void theCallersArrayIsCopied() {
    int[] axes = {0};
    Axes copied = Axes.of(axes);
    axes[0] = 1;
    assertThat(copied.resolve(2)).containsExactly(0);
  }

  @Test
  void printsWhatItIs() {
    assertThat(Axes.of(0, -1)).hasToString("[0, -1]");
    assertThat(Axes.all().keep()).hasToString("all keep");
  }
}
