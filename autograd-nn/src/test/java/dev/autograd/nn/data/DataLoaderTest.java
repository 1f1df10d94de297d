package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DataLoaderTest {

  private static final Dataset<Examples> TEN =
      Dataset.of(Tensor.of(new double[10][3]), IntStream.range(0, 10).toArray());

  /** A data set whose batches are the row numbers themselves. */
  private static Dataset<List<Integer>> numbers(int size) {
    return new Dataset<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public List<Integer> rows(int... rows) {
        return Arrays.stream(rows).boxed().toList();
      }
    };
  }

  private static <B> List<B> all(Loading<B> loading) {
    List<B> batches = new ArrayList<>();
    try (loading) {
      loading.forEachRemaining(batches::add);
    }
    return batches;
  }

  @Test
  void readsInOrder() {
    DataLoader<List<Integer>> loader = DataLoader.of(numbers(5), 2);
    assertThat(all(loader.epoch(0))).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
    assertThat(all(loader.epoch(1))).isEqualTo(all(loader.epoch(0)));
    assertThat(loader.batches()).isEqualTo(3);
    assertThat(all(loader.dropLast().epoch(0))).containsExactly(List.of(0, 1), List.of(2, 3));
    assertThat(loader.dropLast().batches()).isEqualTo(2);
  }

  @Test
  void shufflesByTheOrdersOfBatches() {
    DataLoader<List<Integer>> loader = DataLoader.of(numbers(20), 6).shuffle(9);
    List<List<Integer>> expected =
        Batches.of(20, 6, 9).epoch(3).stream()
            .map(rows -> Arrays.stream(rows).boxed().toList())
            .toList();
    assertThat(all(loader.epoch(3))).isEqualTo(expected);
    assertThat(all(loader.epoch(4))).isNotEqualTo(expected);
  }

  @Property(tries = 200)
  void anEpochIsTheSameHoweverItIsLoaded(
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll @IntRange(min = 1, max = 5) int ahead,
      @ForAll boolean dropLast,
      @ForAll long seed,
      @ForAll long epoch) {
    DataLoader<List<Integer>> whole = DataLoader.of(numbers(rows), size).shuffle(seed);
    DataLoader<List<Integer>> loader = dropLast && rows >= size ? whole.dropLast() : whole;
    List<List<Integer>> batches = all(loader.epoch(epoch));
    assertThat(all(loader.prefetch(ahead).epoch(epoch))).isEqualTo(batches);
    for (int first = 0; first <= batches.size(); first++) {
      List<List<Integer>> rest = batches.subList(first, batches.size());
      assertThat(all(loader.epoch(epoch, first))).isEqualTo(rest);
      assertThat(all(loader.prefetch(ahead).epoch(epoch, first))).isEqualTo(rest);
    }
  }

  @Test
  void batchesLoadedAheadBelongToNoTape() {
    DataLoader<Examples> loader = DataLoader.of(TEN.map(b -> b.rows(0)), 4).prefetch(2);
    try (Loading<Examples> batches = loader.epoch(0)) {
      Tape tape = Tape.open();
      Examples batch = batches.next();
      tape.close();
      assertThat(batch.inputs().toDoubleArray()).containsExactly(0, 0, 0);
    }
  }

  @Test
  void whatMakesBatchesIsNotRecorded() {
    Tensor scale = Tensor.scalar(2).withGrad();
    Dataset<Tensor> scaled = TEN.map(b -> b.inputs().mul(scale));
    for (int ahead : new int[] {0, 1}) {
      try (Loading<Tensor> batches = DataLoader.of(scaled, 4).prefetch(ahead).epoch(0)) {
        assertThat(batches.next().requiresGrad()).isFalse();
      }
    }
  }

  @Test
  void endsAfterTheLastBatch() {
    for (int ahead : new int[] {0, 1}) {
      Loading<List<Integer>> batches = DataLoader.of(numbers(2), 1).prefetch(ahead).epoch(0);
      batches.next();
      batches.next();
      assertThat(batches.hasNext()).isFalse();
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
      batches.close();
      batches.close();
      assertThat(batches.hasNext()).isFalse();
    }
  }

  @Test
  void refusesWhatLeavesNothing() {
    DataLoader<List<Integer>> loader = DataLoader.of(numbers(5), 2);
    assertThatThrownBy(() -> DataLoader.of(numbers(0), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DataLoader.of(numbers(5), 6).dropLast())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 5 rows, 6 per batch, so no batch is full");
    assertThatThrownBy(() -> loader.prefetch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefetch is -1");
    for (int first : new int[] {-1, 4}) {
      assertThatThrownBy(() -> loader.epoch(0, first))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("the first batch is " + first + "; an epoch has 3");
    }
  }

  @Test
  void printsWhatDecidesItsBatches() {
    Dataset<Tensor> seven = Dataset.of(Tensor.zeros(DType.F64, 7));
    assertThat(DataLoader.of(seven, 3)).hasToString("7 rows, 3 per batch");
    assertThat(DataLoader.of(seven, 3).shuffle(-1).dropLast().prefetch(2))
        .hasToString("7 rows, 3 per batch, the last one left out, shuffled by seed -1");
    assertThat(DataLoader.of(seven, 7).dropLast()).hasToString("7 rows, 7 per batch");
  }
}
