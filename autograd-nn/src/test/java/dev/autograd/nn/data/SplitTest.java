package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static int[] sorted(Split split) {
    return IntStream.concat(IntStream.of(split.train()), IntStream.of(split.test()))
        .sorted()
        .toArray();
  }

  private static int[] countOf(int[] classes, int[] rows) {
    int[] counts = new int[10];
    for (int row : rows) {
      counts[classes[row]]++;
    }
    return counts;
  }

  @Property
  void eachRowIsInExactlyOnePart(
      @ForAll @IntRange(min = 2, max = 300) int rows,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double fraction,
      @ForAll long seed) {
    Split split = Split.random(rows, fraction, seed);
    assertThat(sorted(split)).isEqualTo(IntStream.range(0, rows).toArray());
    assertThat(split.test()).isNotEmpty();
    assertThat(split.train()).isNotEmpty();
    assertThat(Math.abs(split.test().length - rows * fraction)).isLessThanOrEqualTo(1);
  }

  @Property
  void stratifiedPartsHaveEachClassInItsShare(
      @ForAll @Size(min = 2, max = 200) int[] seeds,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double fraction,
      @ForAll long seed) {
    int[] classes = Arrays.stream(seeds).map(value -> Math.floorMod(value, 4)).toArray();
    Assume.that(Arrays.stream(classes).distinct().count() < classes.length);
    Split split = Split.stratified(classes, fraction, seed);
    assertThat(sorted(split)).isEqualTo(IntStream.range(0, classes.length).toArray());
    assertThat(split.test()).isNotEmpty();
    int[] all = countOf(classes, IntStream.range(0, classes.length).toArray());
    int[] test = countOf(classes, split.test());
    for (int c = 0; c < all.length; c++) {
      assertThat(Math.abs(test[c] - all[c] * fraction)).isLessThan(1 + 1e-9);
      assertThat(all[c] == 0 || test[c] < all[c]).isTrue();
    }
  }

  @Test
  void stratifiedSizesAreExactWhereClassesAllow() {
    int[] classes = new int[150];
    Arrays.fill(classes, 50, 100, 1);
    Arrays.fill(classes, 100, 150, 2);
    Split split = Split.stratified(classes, 0.2, 1);
    assertThat(countOf(classes, split.test())).startsWith(10, 10, 10);
    assertThat(split).hasToString("Split(120 train, 30 test)");
    // 7, 5 and 3 rows at 0.3 are 2.1, 1.5 and 0.9: the two largest fractions take the rest of 5.
    int[] uneven = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2};
    assertThat(countOf(uneven, Split.stratified(uneven, 0.3, 1).test())).startsWith(2, 2, 1);
  }

  @Test
  void sameSeedSameSplit() {
    assertThat(Split.random(50, 0.3, 4).test()).isEqualTo(Split.random(50, 0.3, 4).test());
    assertThat(Split.random(50, 0.3, 4).test()).isNotEqualTo(Split.random(50, 0.3, 5).test());
  }

  @Test
  void splitIsTheSameOnEveryJdk() {
    // Computed by another program from the specification of java.util.Random.
    assertThat(Split.random(10, 0.3, 42).test()).containsExactly(4, 6, 1);
    assertThat(Split.random(10, 0.3, 42).train()).containsExactly(9, 3, 7, 5, 8, 0, 2);
  }

  @Test
  void rowsAreShuffled() {
    int[] train = Split.random(1000, 0.1, 3).train();
    assertThat(train).isNotEqualTo(Arrays.stream(train).sorted().toArray());
  }

  @Test
  void arraysAreCopies() {
    Split split = Split.random(10, 0.5, 1);
    int[] test = split.test();
    Arrays.fill(test, -1);
    assertThat(split.test()).doesNotContain(-1);
  }

  @Test
  void rowsThatAllDifferCannotBeStratified() {
    assertThatThrownBy(() -> Split.stratified(new int[] {3, 1, 2}, 0.5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: each of the 3 rows has a class of its own; use random(…)");
  }

  @Test
  void refusesWhatCannotBeSplit() {
    assertThatThrownBy(() -> Split.random(1, 0.5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rows");
    for (double fraction : new double[] {0, 1, -0.2, Double.NaN}) {
      assertThatThrownBy(() -> Split.stratified(new int[4], fraction, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fraction is " + fraction);
    }
  }
}
