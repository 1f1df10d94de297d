package dev.autograd.kernel.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.kernel.Gemm;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GridTest {

  @Property(tries = 500)
  void blocksAreNeitherEmptyNorMoreThanWanted(
      @ForAll @IntRange(min = 1, max = 2000) int m,
      @ForAll @IntRange(min = 1, max = 2000) int n,
      @ForAll @IntRange(min = 1, max = 2000) int k,
      @ForAll @IntRange(min = 1, max = 256) int most) {
    Grid grid = Grid.of(new Gemm(m, n, k, false, true), most);
    assertThat(grid.count()).isBetween(1, most);
    assertThat(grid.row(0)).isZero();
    assertThat(grid.row(grid.rows())).isEqualTo(m);
    for (int i = 0; i < grid.rows(); i++) {
      assertThat(grid.row(i)).isLessThan(grid.row(i + 1));
    }
    assertThat(grid.column(0)).isZero();
    assertThat(grid.column(grid.columns())).isEqualTo(n);
    for (int i = 0; i < grid.columns(); i++) {
      assertThat(grid.column(i)).isLessThan(grid.column(i + 1));
    }
  }

  @Test
  void whatIsCopiedLeastIsCut() {
    assertThat(cut(64, 256, 784, 2)).containsExactly(1, 2);
    assertThat(cut(784, 256, 64, 2)).containsExactly(2, 1);
    assertThat(cut(1024, 1024, 1024, 4)).containsExactly(2, 2);
    assertThat(cut(8, 4096, 1024, 4)).containsExactly(1, 4);
    assertThat(cut(100, 100, 100, 4)).containsExactly(1, 1);
  }

  private static int[] cut(int m, int n, int k, int blocks) {
    Grid grid = Grid.of(new Gemm(m, n, k, false, false), blocks);
    return new int[] {grid.rows(), grid.columns()};
  }
}
