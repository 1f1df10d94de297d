package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.TrainingPass;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Sgd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {

  /** Batches of 12 and 10 rows: two or more in each of up to five shards. */
  private static final DataLoader<Examples> LARGER = DataLoader.of(Toy.data(1), 12).shuffle(3);

  private static Map<String, String> bits(int shards, int threads, int accumulated) {
    Toy toy = new Toy();
    History history =
        toy.trainer().shards(shards).threads(threads).accumulate(accumulated).run(LARGER, 3);
    Map<String, String> bits = toy.bits();
    bits.put("history", Toy.bits(history));
    return bits;
  }

  @Property(tries = 20)
  void theNumberOfThreadsChangesNoBit(
      @ForAll @IntRange(min = 1, max = 5) int shards,
      @ForAll @IntRange(min = 2, max = 5) int threads,
      @ForAll @IntRange(min = 1, max = 3) int accumulated) {
    assertThat(bits(shards, threads, accumulated)).isEqualTo(bits(shards, 1, accumulated));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aShardThatIsTooSmallIsNamed(int threads) {
    // The last batch has two rows.
    Trainer<Examples> trainer = new Toy().trainer().shards(2).threads(threads);
    assertThatThrownBy(() -> trainer.run(Toy.loader(), 1))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("batchNorm: ")
        .hasMessageEndingWith(
            " (shard 1 of 2 has 1 row; if that is too few, use dropLast() or fewer shards)")
        .hasCauseInstanceOf(ShapeException.class);
    trainer.run(Toy.loader().dropLast(), 1);
    assertThatThrownBy(() -> new Toy().trainer().run(DataLoader.of(Toy.data(1), 1), 1))
        .isInstanceOf(ShapeException.class)
        .hasNoCause();
  }

  @Test
  void theNumberOfShardsIsASetting() {
    assertThat(bits(2, 1, 1)).isNotEqualTo(bits(1, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7, 100})
  void theGradientIsThatOfTheMeanOverTheBatch(int shards) {
    SplittableRandom random = new SplittableRandom(3);
    Layer model = Sequential.of(Dense.of(4, 5, random), Tensor::tanh, Dense.of(5, 3, random));
    DataLoader<Examples> whole = DataLoader.of(Toy.data(1), Toy.ROWS);
    List<Gradients> seen = new ArrayList<>();
    Trainer<Examples> trainer =
        Trainer.of(
                model,
                Sgd.lr(0).over(model.parameters()),
                (Examples b) -> Toy.loss(model.forward(b.inputs(), Mode.TRAINING), b))
            .callback(
                new Callback() {
                  @Override
                  public void beforeStep(Training training, Gradients gradients) {
                    Map<Parameter, Tensor> kept = new LinkedHashMap<>();
                    model.parameters().forEach(p -> kept.put(p, gradients.of(p).keep()));
                    seen.add(Gradients.from(kept));
                  }
                });
    double loss = trainer.run(whole, 1).last().loss();
    double sharded = trainer.shards(shards).run(whole, 1).last().loss();
    assertThat(sharded).isCloseTo(loss, within(1e-14));
    for (Parameter p : model.parameters()) {
      assertThat(seen.get(1).of(p).allClose(seen.get(0).of(p), 1e-12, 1e-14)).isTrue();
    }
  }

  @Test
  void dropoutDrawsByShard() {
    Tensor ones = Tensor.ones(DType.F64, 4, 50);
    Dropout dropout = Dropout.of(0.5, 9);
    Map<Integer, List<double[]>> masks = new ConcurrentHashMap<>();
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    dropout.continueFrom(5);
    Trainer.of(
            Sequential.of(dropout),
            Sgd.lr(0).over(List.of(w)),
            (Tensor b) -> {
              Tensor first = dropout.forward(b, Mode.TRAINING);
              Tensor second = dropout.forward(b, Mode.TRAINING);
              int shard = (int) b.item(0, 0);
              masks.put(shard, List.of(first.toDoubleArray(), second.toDoubleArray()));
              return first.mul(w).sum();
            })
        .shards(2)
        .threads(2)
        .run(DataLoader.of(Dataset.of(numbered(ones)), 4), 1);
    Dropout expected = Dropout.of(0.5, 9);
    for (int draw = 0; draw < 2; draw++) {
      for (int shard = 0; shard < 2; shard++) {
        expected.continueFrom(5 + draw * 2 + shard);
        Tensor rows = numbered(ones).slice(0, 2 * shard, 2 * shard + 2);
        assertThat(Objects.requireNonNull(masks.get(2 * shard)).get(draw))
            .isEqualTo(expected.forward(rows, Mode.TRAINING).toDoubleArray());
      }
    }
    assertThat(dropout.passes()).isEqualTo(9);
  }

  /** Returns a matrix whose first column is the number of the row. */
  private static Tensor numbered(Tensor ones) {
    int rows = ones.shape().dim(0);
    return Tensor.concat(1, Tensor.arange(DType.F64, rows).reshape(rows, 1), ones);
  }

  @Test
  void shardsRunAtTheSameTime() {
    // Each waits for the other: on one thread this would never end.
    CountDownLatch both = new CountDownLatch(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    Trainer.of(
            Tensor::tanh,
            Sgd.lr(0.1).over(List.of(w)),
            (Tensor b) -> {
              threads.add(Thread.currentThread());
              both.countDown();
              try {
                both.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return b.mul(w).mean();
            })
        .shards(2)
        .threads(2)
        .run(DataLoader.of(Dataset.of(Tensor.of(1.0, 2)), 2), 1);
    assertThat(threads).hasSize(2).contains(Thread.currentThread());
  }

  @Test
  void theFirstShardThatFailsIsThrownAndNothingHasChanged() {
    Toy toy = new Toy();
    Map<String, String> before = toy.bits();
    Trainer<Examples> failing =
        Trainer.of(
                toy.model,
                toy.optimizer,
                (Examples b) -> {
                  Tensor loss = toy.loss(b);
                  double first = b.inputs().item(0, 0);
                  Tensor all = Toy.data(1).rows(rows()).inputs();
                  for (int row : new int[] {5, 10}) {
                    if (first == all.item(row, 0)) {
                      throw new IllegalStateException("row " + row);
                    }
                  }
                  return loss;
                })
            .shards(4)
            .threads(3);
    DataLoader<Examples> whole = DataLoader.of(Toy.data(1), 20);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> failing.run(whole, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("row 5");
      assertThat(toy.bits()).isEqualTo(before);
    }
  }

  @Test
  void whatAHelperThrowsUncheckedByTheCompilerEndsTheRunToo() {
    // Each waits for the other, so that one is the helper's; as Kotlin may throw it.
    CountDownLatch both = new CountDownLatch(2);
    Thread caller = Thread.currentThread();
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    IOException failure = new IOException("gone");
    Trainer<Tensor> trainer =
        Trainer.of(
                Tensor::tanh,
                Sgd.lr(0.1).over(List.of(w)),
                (Tensor b) -> {
                  both.countDown();
                  try {
                    both.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  if (Thread.currentThread() != caller) {
                    ShardsTest.<RuntimeException>throwAs(failure);
                  }
                  return b.mul(w).mean();
                })
            .shards(2)
            .threads(2);
    assertThatThrownBy(() -> trainer.run(DataLoader.of(Dataset.of(Tensor.of(1.0, 2)), 2), 1))
        .isInstanceOf(CompletionException.class)
        .hasCause(failure);
    assertThat(w.item()).isEqualTo(1);
  }

  @SuppressWarnings("unchecked") // the compiler is not to know what is thrown
  private static <E extends Throwable> void throwAs(Throwable failure) throws E {
    throw (E) failure;
  }

  private static int[] rows() {
    return IntStream.range(0, Toy.ROWS).toArray();
  }

  @Test
  void helpersEndWithTheRun() {
    Toy toy = new Toy();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Trainer.of(
            toy.model,
            toy.optimizer,
            (Examples b) -> {
              threads.add(Thread.currentThread());
              return toy.loss(b);
            })
        .shards(4)
        .threads(4)
        .run(LARGER, 20);
    Set<Thread> helpers = new HashSet<>(threads);
    helpers.remove(Thread.currentThread());
    assertThat(helpers).allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    for (Thread helper : helpers) {
      assertThat(helper.getName()).startsWith("autograd-shards-");
      try {
        helper.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aPassKeepsWhatLayersLeaveUntilItIsCommitted() {
    Dropout dropout = Dropout.of(0.5, 1);
    List<String> effects = new ArrayList<>();
    TrainingPass pass = TrainingPass.over(3);
    Tensor x = Tensor.ones(DType.F64, 3);
    for (int shard : new int[] {2, 0, 1}) {
      pass.shard(
          shard,
          () -> {
            TrainingPass.effect(() -> effects.add("a" + shard));
            TrainingPass.effect(() -> effects.add("b" + shard));
            return dropout.forward(x, Mode.TRAINING);
          });
    }
    assertThat(effects).isEmpty();
    assertThat(dropout.passes()).isZero();
    pass.commit();
    assertThat(effects).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(dropout.passes()).isEqualTo(3);
    pass.commit();
    assertThat(effects).hasSize(6);
    TrainingPass.effect(() -> effects.add("now"));
    assertThat(effects).last().isEqualTo("now");
    assertThatThrownBy(() -> TrainingPass.over(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pass.shard(3, () -> 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void recomputationInAShardRepeatsItsMask() {
    Dropout dropout = Dropout.of(0.5, 3);
    TrainingPass pass = TrainingPass.over(2);
    Tensor x = Tensor.ones(DType.F64, 50).withGrad();
    Tensor g =
        pass.shard(
            1,
            () -> {
              Tensor y = Autograd.recompute(t -> dropout.forward(t, Mode.TRAINING).square(), x);
              return Autograd.grad(y.sum(), x);
            });
    pass.commit();
    assertThat(dropout.passes()).isEqualTo(2);
    dropout.continueFrom(1);
    assertThat(g.toDoubleArray())
        .isEqualTo(dropout.forward(x, Mode.TRAINING).square().mul(2).toDoubleArray());
  }
}
