package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Property
  void anEpochHasEachRowOnce(
      @ForAll @IntRange(min = 1, max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 5) int epoch) {
    Batches batches = Batches.of(rows, size, seed);
    List<int[]> list = batches.epoch(epoch);
    assertThat(list.stream().flatMapToInt(Arrays::stream).sorted())
        .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
    assertThat(list).hasSize(batches.count());
    assertThat(list.subList(0, list.size() - 1)).allMatch(batch -> batch.length == size);
    assertThat(list.get(list.size() - 1)).hasSizeBetween(1, size);
  }

  @Test
  void anEpochIsTheSameWheneverItIsAskedFor() {
    Batches batches = Batches.of(20, 6, 9);
    assertThat(batches.epoch(3)).containsExactlyElementsOf(Batches.of(20, 6, 9).epoch(3));
    assertThat(batches.epoch(3).get(0)).isNotEqualTo(batches.epoch(4).get(0));
    assertThat(batches.epoch(3).get(0)).isNotEqualTo(Batches.of(20, 6, 10).epoch(3).get(0));
  }

  @Test
  void firstPlacesAreEvenlyTaken() {
    Batches batches = Batches.of(10, 10, 1);
    int[] first = new int[10];
    for (int epoch = 0; epoch < 10_000; epoch++) {
      first[batches.epoch(epoch).get(0)[0]]++;
    }
    // Binomial with mean 1,000 and standard deviation 30.
    assertThat(Arrays.stream(first)).allMatch(n -> n > 850 && n < 1150);
  }

  @Test
  void areInOrderUnlessShuffled() {
    assertThat(Batches.of(5, 2).epoch(4))
        .containsExactly(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
    assertThat(Batches.of(20, 6).shuffle(9).epoch(3))
        .containsExactlyElementsOf(Batches.of(20, 6, 9).epoch(3));
  }

  @Test
  void mayLeaveOutTheRest() {
    Batches full = Batches.of(20, 6, 9).dropLast();
    assertThat(full.count()).isEqualTo(3);
    assertThat(full.epoch(3))
        .containsExactlyElementsOf(Batches.of(20, 6, 9).epoch(3).subList(0, 3));
    assertThat(Batches.of(6, 6).dropLast().count()).isEqualTo(1);
    assertThatThrownBy(() -> Batches.of(5, 6).dropLast())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> Batches.of(0, 4, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Batches.of(4, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batches: there are 4 rows, 0 per batch; both must be at least 1");
  }
}
