package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Loading;
import dev.autograd.nn.optim.Ema;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Plateau;
import dev.autograd.nn.optim.PlateauSchedule;
import dev.autograd.nn.optim.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

  /** A model of one number, w, whose loss for a row x is w x. */
  private record Line(Parameter w) implements Layer {

    Line() {
      this(Parameter.of("w", Tensor.scalar(2)));
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(w).mean();
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(w);
    }

    @Override
    public Layer map(java.util.function.UnaryOperator<Tensor> f) {
      Tensor mapped = f.apply(w);
      return x -> x.mul(mapped).mean();
    }
  }

  private final Line line = new Line();
  private final Optimizer sgd = Sgd.lr(0.5).over(line.parameters());

  private Trainer<Tensor> lineTrainer() {
    return Trainer.of(line, sgd, line::forward);
  }

  private static DataLoader<Tensor> numbers(int batch, double... numbers) {
    return DataLoader.of(Dataset.of(Tensor.of(numbers)), batch);
  }

  @Test
  void hasTheBitsOfALoopWrittenByHand() {
    Toy byHand = new Toy();
    for (int epoch = 1; epoch <= 3; epoch++) {
      try (Loading<Examples> batches = Toy.loader().epoch(epoch)) {
        while (batches.hasNext()) {
          Examples batch = batches.next();
          byHand.optimizer.minimize(() -> byHand.loss(batch));
        }
      }
    }
    Toy toy = new Toy();
    Map<String, String> before = toy.bits();
    History history = toy.trainer().run(Toy.loader(), 3);
    assertThat(toy.bits()).isEqualTo(byHand.bits()).isNotEqualTo(before);
    assertThat(history.end()).isEqualTo(History.End.COMPLETED);
    assertThat(history.reason()).isEmpty();
  }

  @Test
  void anEpochsLossIsTheMeanOverItsRows() {
    // w is 2, 2 - 0.5 · 2 = 1, and then 1 - 0.5 · 10: the losses are 4, 4, and 10.
    History history = lineTrainer().run(numbers(2, 1, 3, 10), 1);
    assertThat(history.epochs()).hasSize(1);
    Epoch epoch = history.last();
    assertThat(epoch.number()).isEqualTo(1);
    assertThat(epoch.steps()).isEqualTo(2);
    assertThat(epoch.loss()).isEqualTo((4 + 4 + 10) / 3.0);
    assertThat(epoch.lr()).isEqualTo(0.5);
    assertThat(epoch.seconds()).isNotNegative();
    assertThat(line.w().item()).isEqualTo(-4);
  }

  @Test
  void validationsAreMeansOverRowsInInference() {
    Validation<Tensor> validation =
        Validation.of(numbers(2, 1, 2, 6), (Layer model, Tensor b) -> model.forward(b))
            .loss("twice", (y, b) -> y.mul(2))
            .loss("once", (y, b) -> y);
    History history = lineTrainer().validate(validation).run(numbers(3, 1, 3, 2), 2);
    // w is 1 and 0 after the epochs; the mean of the rows is 3.
    assertThat(history.values("once")).containsExactly(3, 0);
    assertThat(history.values("twice")).containsExactly(6, 0);
    assertThat(history.epochs().get(0).measures()).containsOnlyKeys("twice", "once");
    assertThat(validation.measure(line)).containsEntry("once", 0.0);
    assertThatThrownBy(() -> history.values("thrice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no value \"thrice\" of an epoch; there are [loss, lr, twice, once]");
  }

  @Test
  void validationChangesNothing() {
    Toy with = new Toy();
    Toy without = new Toy();
    with.trainer().validate(Toy.validation()).run(Toy.loader(), 2);
    without.trainer().run(Toy.loader(), 2);
    assertThat(with.bits()).isEqualTo(without.bits());
  }

  @Test
  void namesOfMeasuresAreUsable() {
    List<String> reserved = List.of("epoch", "steps", "loss", "lr", "seconds");
    List<String> noLines = List.of("", "a\nb", "a\n", "a\r", "\uD83D");
    for (String name :
        Stream.of(List.of("held out"), reserved, noLines).flatMap(List::stream).toList()) {
      assertThatThrownBy(() -> Toy.validation().loss(name, Toy::loss))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be the name of a measure");
    }
    Trainer<Examples> twice = new Toy().trainer().validate(Toy.validation());
    assertThatThrownBy(() -> twice.validate(Toy.validation()).run(Toy.loader(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two validations have a measure \"held out\"");
  }

  private static final class Recorder implements Callback {

    private final List<String> calls = new ArrayList<>();

    private void note(String call, Training t) {
      calls.add(call + " " + t.epoch() + "/" + t.batch() + "/" + t.steps());
    }

    @Override
    public void beforeRun(Training training) {
      note("begin", training);
    }

    @Override
    public void beforeStep(Training training, Gradients gradients) {
      note("before", training);
    }

    @Override
    public void afterStep(Training training) {
      note("step", training);
    }

    @Override
    public void afterEpoch(Training training) {
      note("epoch", training);
    }

    @Override
    public void afterRun(Training training) {
      calls.add("end " + training.history().end());
    }
  }

  @Test
  void callbacksSeeTheRun() {
    Recorder recorder = new Recorder();
    lineTrainer().callback(recorder).run(numbers(2, 1, 3, 10), 2);
    assertThat(recorder.calls)
        .containsExactly(
            "begin 1/0/0",
            "before 1/0/0",
            "step 1/1/1",
            "before 1/1/1",
            "step 1/2/2",
            "epoch 1/2/2",
            "before 2/0/2",
            "step 2/1/3",
            "before 2/1/3",
            "step 2/2/4",
            "epoch 2/2/4",
            "end COMPLETED");
  }

  @Test
  void callbacksSeeGradientsBeforeTheStepAndTheLossAfterIt() {
    List<Double> seen = new ArrayList<>();
    lineTrainer()
        .callback(
            new Callback() {
              @Override
              public void beforeStep(Training training, Gradients gradients) {
                seen.add(training.loss());
                seen.add(line.w().item());
                seen.add(gradients.of(line.w()).item());
              }
            })
        .callback(Callback.onStep(t -> seen.add(t.loss())))
        .run(numbers(3, 1, 3, 2), 1);
    assertThat(seen).containsExactly(Double.NaN, 2.0, 2.0, 4.0);
  }

  @Test
  void aCallbackStopsTheRun() {
    Recorder recorder = new Recorder();
    History history =
        lineTrainer()
            .callback(Callback.onStep(t -> t.stop("it is enough")))
            .callback(recorder)
            .run(numbers(1, 1, 3, 10), 5);
    assertThat(history).isEqualTo(new History(List.of(), History.End.STOPPED, "it is enough"));
    assertThat(recorder.calls)
        .containsExactly("begin 1/0/0", "before 1/0/0", "step 1/1/1", "end STOPPED");
    History second =
        lineTrainer()
            .callback(Callback.onEpoch(t -> t.stop("it is enough")))
            .run(numbers(1, 1, 3, 10), 5);
    assertThat(second.epochs()).hasSize(1);
    assertThatThrownBy(
            () -> lineTrainer().callback(Callback.onStep(t -> t.stop(" "))).run(numbers(1, 1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatACallbackThrowsEndsTheRunAfterAllHaveHeardOfIt() {
    Recorder recorder = new Recorder();
    IllegalStateException thrown = new IllegalStateException("so");
    Trainer<Tensor> failing =
        lineTrainer()
            .callback(recorder)
            .callback(
                Callback.onStep(
                    t -> {
                      throw thrown;
                    }));
    assertThatThrownBy(() -> failing.run(numbers(1, 1, 3), 1)).isSameAs(thrown);
    assertThat(recorder.calls).last().isEqualTo("end RUNNING");
  }

  @Test
  void accumulatedBatchesAreOne() {
    List<Double> losses = new ArrayList<>();
    History history =
        lineTrainer()
            .accumulate(2)
            .callback(Callback.onStep(t -> losses.add(t.loss())))
            .run(numbers(2, 1, 3, 2, 7, 1), 1);
    // Rows 1, 3, 2 and 7 with w = 2: 6.5, then w = 2 - 0.5 · 3.25; row 1.
    assertThat(losses).containsExactly(6.5, 0.375);
    assertThat(line.w().item()).isEqualTo(0.375 - 0.5);
    assertThat(history.last().steps()).isEqualTo(2);
    assertThat(history.last().loss()).isCloseTo((4 * 6.5 + 0.375) / 5, within(1e-15));
  }

  @Test
  void averagesAreUpdatedAndMeasured() {
    MovingAverage average = Ema.decay(0.5).over(line.parameters());
    History history =
        lineTrainer()
            .average(average)
            .validate(
                Validation.of(numbers(1, 1), (Layer m, Tensor b) -> m.forward(b))
                    .loss("average", (y, b) -> y))
            .run(numbers(1, 2), 2);
    // w is 2, 1, 0; its average 2, 1.5, 0.75.
    assertThat(history.values("average")).containsExactly(1.5, 0.75);
    assertThat(average.updates()).isEqualTo(2);
  }

  @Test
  void aPlateauLowersTheRate() {
    PlateauSchedule rate = Plateau.ofLoss().factor(0.5).patience(1).over(0.25);
    Optimizer optimizer = Sgd.lr(rate).over(line.parameters());
    History history =
        Trainer.of(line, optimizer, (Tensor b) -> line.w().mul(0).add(1))
            .plateau(rate, "loss")
            .run(numbers(1, 2), 5);
    assertThat(history.values("lr")).containsExactly(0.25, 0.25, 0.25, 0.125, 0.125);
  }

  @Test
  void batchesOfAnyClassAreTrainedOnOnceTheirRowsAreKnown() {
    DataLoader<String> words =
        DataLoader.of(Dataset.of(Tensor.of(1.0, 2, 3)).map(t -> "x".repeat(t.size())), 2);
    Trainer<String> trainer = Trainer.of(line, sgd, b -> line.w().mul(b.length()));
    assertThatThrownBy(() -> trainer.run(words, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("how many rows a java.lang.String has")
        .hasMessageContaining("batching(Batching.of(");
    History history = trainer.batching(Batching.of(String::length)).run(words, 1);
    assertThat(history.last().loss()).isEqualTo((2 * 2 * 2 + 1 * (2 - 0.5 * 2)) / 3);
    assertThatThrownBy(() -> trainer.batching(Batching.of(String::length)).shards(2).run(words, 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("it is not known how to cut a java.lang.String");
  }

  @Test
  void settingsAreChecked() {
    Trainer<Tensor> trainer = lineTrainer();
    assertThatThrownBy(() -> trainer.shards(0)).hasMessageContaining("shards is 0");
    assertThatThrownBy(() -> trainer.threads(0)).hasMessageContaining("threads is 0");
    assertThatThrownBy(() -> trainer.accumulate(0)).hasMessageContaining("accumulate is 0");
    assertThatThrownBy(() -> trainer.run(numbers(1, 1), 0)).hasMessageContaining("epochs is 0");
  }

  @Test
  void settingsMustFitEachOtherBeforeTheFirstStep() {
    Trainer<Tensor> trainer =
        lineTrainer()
            .callback(
                Callback.onStep(
                    t -> {
                      throw new AssertionError("a step was made");
                    }));
    PlateauSchedule rate = Plateau.ofLoss().over(0.25);
    refuses(
        trainer.stopEarly(EarlyStopping.on("held out")),
        "Trainer: stopEarly: there is no value \"held out\" of an epoch; there are [loss, lr]; take"
            + " one of these, or add a validation that measures it");
    refuses(
        trainer.plateau(rate, "held out"),
        "Trainer: plateau: there is no value \"held out\" of an epoch; there are [loss, lr]; take"
            + " one of these, or add a validation that measures it");
    Path file = Path.of("no", "such", "folder", "run.safetensors");
    refuses(
        trainer.checkpoint(Checkpoints.in(file)),
        "Trainer: the checkpoint is to be "
            + file
            + ", and there is no directory "
            + file.toAbsolutePath().getParent()
            + "; create it first");
    refuses(
        trainer.resume(),
        "Trainer: resume() is asked for without a file to go on from; say by checkpoint(…) where"
            + " the run's checkpoints are");
  }

  private static void refuses(Trainer<Tensor> trainer, String message) {
    assertThatThrownBy(() -> trainer.run(numbers(1, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void halfASurrogatePairInAReasonDoesNotLoseTheRun(@TempDir Path folder) {
    Checkpoints when = Checkpoints.in(folder.resolve("run.safetensors"));
    History history =
        lineTrainer()
            .checkpoint(when)
            .callback(Callback.onStep(t -> t.stop("cut \uD83D")))
            .run(numbers(1, 1), 1);
    assertThat(history.reason()).isEqualTo("cut ?");
    assertThat(when.file()).exists();
  }

  @Test
  void callbacksKnowTheLastStepOfAnEpoch() {
    List<Boolean> seen = new ArrayList<>();
    lineTrainer()
        .accumulate(2)
        .callback(
            new Callback() {
              @Override
              public void beforeStep(Training training, Gradients gradients) {
                seen.add(training.isLastStepOfEpoch());
              }

              @Override
              public void afterStep(Training training) {
                seen.add(training.isLastStepOfEpoch());
              }
            })
        .run(numbers(1, 1, 2, 3, 4), 2);
    assertThat(seen).containsExactly(false, false, true, true, false, false, true, true);
  }

  @Test
  void aSettingLeavesTheTrainerAsItIs() {
    Trainer<Tensor> trainer = lineTrainer();
    List<Long> steps = new ArrayList<>();
    Trainer<Tensor> other = trainer.callback(Callback.onStep(t -> steps.add(t.steps())));
    trainer.run(numbers(1, 1), 1);
    assertThat(steps).isEmpty();
    other.run(numbers(1, 1), 1);
    assertThat(steps).containsExactly(1L);
  }

  @Test
  void learnsWhatCanBeLearnt() {
    Toy toy = new Toy();
    History history = toy.trainer().validate(Toy.validation()).run(Toy.loader(), 60);
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss() / 2);
    assertThat(history.last().value("held out"))
        .isLessThan(history.epochs().get(0).value("held out"));
  }
}
