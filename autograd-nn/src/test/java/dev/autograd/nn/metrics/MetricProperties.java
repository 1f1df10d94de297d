package dev.autograd.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The value of a metric does not depend on how rows were divided into batches or parts. */
class MetricProperties {

  private static final int ROWS = 60;
  private static final int CLASSES = 4;

  /** Rows that any metric of one kind can judge, of any seed. */
  private record Rows(Tensor predictions, Tensor targets) {

    Rows between(int from, int to) {
      return new Rows(predictions.slice(0, from, to), targets.slice(0, from, to));
    }
  }

  private static Rows scores(Random random) {
    Tensor logits = Tensor.normal(random, DType.F64, ROWS, CLASSES);
    int[] classes = random.ints(ROWS, 0, CLASSES).toArray();
    return new Rows(logits.softmax(1), Tensor.indices(classes));
  }

  private static Rows binary(Random random) {
    double[] scores = random.ints(ROWS, 0, 20).mapToDouble(i -> i / 20.0).toArray();
    double[] labels = random.ints(ROWS, 0, 2).asDoubleStream().toArray();
    return new Rows(Tensor.of(scores), Tensor.of(labels));
  }

  private static Rows numbers(Random random) {
    Tensor truth = Tensor.normal(random, DType.F64, ROWS, 1).mul(1e3).add(1e6);
    return new Rows(truth.add(Tensor.normal(random, DType.F64, ROWS, 1)), truth);
  }

  /** Returns the metric with rows added in batches that end where the cuts are. */
  private static <M extends Metric<M>> M inBatches(M metric, Rows rows, List<Integer> cuts) {
    M sum = metric;
    int from = 0;
    for (int cut : cuts.stream().sorted().toList()) {
      if (cut > from) {
        Rows batch = rows.between(from, cut);
        sum = sum.plus(batch.predictions(), batch.targets());
        from = cut;
      }
    }
    Rows last = rows.between(from, ROWS);
    return sum.plus(last.predictions(), last.targets());
  }

  private static <M extends Metric<M>> void check(
      M metric, Rows rows, double rounding, List<Integer> cuts) {
    M whole = metric.plus(rows.predictions(), rows.targets());
    M batches = inBatches(metric, rows, cuts);
    assertThat(batches.value()).isEqualTo(whole.value());
    assertThat(batches.count()).isEqualTo(ROWS);
    int half = cuts.get(0);
    Rows first = rows.between(0, half);
    Rows second = rows.between(half, ROWS);
    M left = metric.plus(first.predictions(), first.targets());
    M right = metric.plus(second.predictions(), second.targets());
    for (M both : Arrays.asList(left.plus(right), right.plus(left), metric.plus(whole))) {
      assertThat(both.value()).isCloseTo(whole.value(), within(rounding));
      assertThat(both.count()).isEqualTo(ROWS);
    }
    assertThat(left.count()).isEqualTo(half);
  }

  @Property(tries = 100)
  void countsAreExact(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = ROWS - 1) Integer> cuts,
      @ForAll long seed) {
    Random random = new Random(seed);
    Rows scores = scores(random);
    check(Accuracy.of(Classes::ofScores), scores, 0, cuts);
    check(TopK.of(2), scores, 0, cuts);
    for (Average average : Average.values()) {
      check(ConfusionMetric.of(CLASSES, Classes::ofScores, m -> m.f1(average)), scores, 0, cuts);
    }
    check(RocAuc.NONE, binary(random), 0, cuts);
  }

  @Property(tries = 100)
  void sumsHaveTheSameBitsInOrderAndAreTheSameToRoundingInParts(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = ROWS - 1) Integer> cuts,
      @ForAll long seed) {
    Random random = new Random(seed);
    Rows numbers = numbers(random);
    check(Mae.NONE, numbers, 1e-14, cuts);
    check(Rmse.NONE, numbers, 1e-14, cuts);
    check(R2.NONE, numbers, 1e-14, cuts);
    check(Brier.NONE, binary(random), 1e-15, cuts);
    check(Brier.NONE, scores(random), 1e-15, cuts);
    check(Calibration.of(7), binary(random), 1e-15, cuts);
    check(Calibration.of(7), scores(random), 1e-15, cuts);
  }

  @Property(tries = 100)
  void aMeanLossIsThatOfAllRows(
      @ForAll @IntRange(min = 1, max = ROWS - 1) int cut, @ForAll long seed) {
    Rows rows = scores(new Random(seed));
    MeanLoss loss = MeanLoss.of(Losses::crossEntropy);
    double whole = loss.plus(rows.predictions(), rows.targets()).value();
    assertThat(inBatches(loss, rows, List.of(cut)).value()).isCloseTo(whole, within(1e-14));
  }

  @Property(tries = 100)
  void r2IsOneMinusTheRatioOfSquares(@ForAll long seed) {
    Rows rows = numbers(new Random(seed));
    double errors = rows.predictions().sub(rows.targets()).square().sum().item();
    double deviations = rows.targets().sub(rows.targets().mean()).square().sum().item();
    assertThat(R2.NONE.plus(rows.predictions(), rows.targets()).value())
        .isCloseTo(1 - errors / deviations, within(1e-12));
  }
}
