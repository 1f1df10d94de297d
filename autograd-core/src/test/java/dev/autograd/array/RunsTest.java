package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunsTest {

  @Test
  void takesChosenIndicesOfTheMiddleAxis() {
    Runs plan = Runs.along(Shape.of(2, 3, 4), 1, 2, 0, 2);
    assertThat(plan.count()).isEqualTo(6);
    assertThat(plan.length()).isEqualTo(4);
    assertThat(IntStream.range(0, 6).map(plan::start)).containsExactly(8, 0, 8, 20, 12, 20);
  }

  @Test
  void takesNothingOfNothing() {
    assertThat(Runs.along(Shape.of(2, 3, 4), 1).count()).isZero();
    assertThat(Runs.along(Shape.of(0, 3, 4), 1, 1).count()).isZero();
    // As many runs of length 0 as the outer axes and indices make could not be counted.
    assertThat(Runs.along(Shape.of(1 << 30, 3, 0), 1, 1, 1, 2, 0).count()).isZero();
  }

  @Test
  void areDistinctIfNoneBeginsWhereAnotherDoes() {
    assertThat(new Runs(new int[] {4, 0, 2}, 2).distinct()).isTrue();
    assertThat(new Runs(new int[] {4, 0, 4}, 2).distinct()).isFalse();
    assertThat(new Runs(new int[] {}, 2).distinct()).isTrue();
  }
}
