package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Ema;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Plateau;
import dev.autograd.nn.optim.PlateauSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

  private static final int EPOCHS = 4;

  /** What a crash throws. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A run with everything that has a state. */
  private static final class Full {

    final Toy toy = new Toy();
    final PlateauSchedule rate = Plateau.ofLoss().factor(0.5).patience(0).over(0.05);
    final Optimizer adam = Adam.lr(rate).over(toy.model.parameters()).clipNorm(0.5);
    final MovingAverage average = Ema.decay(0.9).over(toy.model.parameters());

    Trainer<Examples> trainer() {
      return Trainer.of(toy.model, adam, (Examples b) -> toy.loss(b))
          .validate(Toy.validation())
          .average(average)
          .plateau(rate, "held out")
          .stopEarly(EarlyStopping.on("held out").patience(50));
    }

    /** Returns all bits after the run has ended. */
    Map<String, String> run(Trainer<Examples> trainer) {
      History history = trainer.run(Toy.loader().prefetch(2), EPOCHS);
      Map<String, String> bits = new LinkedHashMap<>(Toy.bits(toy.model, adam));
      average.state().forEach((name, value) -> bits.put("average " + name, Toy.bits(value)));
      rate.state().forEach((name, value) -> bits.put("rate " + name, Toy.bits(value)));
      bits.put("history", Toy.bits(history));
      return bits;
    }
  }

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("run.safetensors");
  }

  private static Map<String, String> undisturbed() {
    Full full = new Full();
    return full.run(full.trainer());
  }

  private static Callback crashAt(long step) {
    return Callback.onStep(
        t -> {
          if (t.steps() == step) {
            throw new Crash();
          }
        });
  }

  /** Runs with crashes, each further on than the one before, until a run is through. */
  private static Map<String, String> crashing(Checkpoints when, int first, int stride) {
    for (int crash = first; ; crash += stride) {
      Full full = new Full();
      try {
        return full.run(full.trainer().checkpoint(when).resume().callback(crashAt(crash)));
      } catch (Crash e) {
        assertThat(crash).isLessThanOrEqualTo(20);
      }
    }
  }

  @Test
  void checkpointsChangeNothing() {
    Full full = new Full();
    Checkpoints often = Checkpoints.in(file).everySteps(1).every(Duration.ofNanos(1));
    assertThat(full.run(full.trainer().checkpoint(often))).isEqualTo(undisturbed());
  }

  @Property(tries = 12)
  void aRunThatCrashesAndIsResumedEndsWithTheSameBits(
      @ForAll @IntRange(min = 1, max = 20) int first,
      @ForAll @IntRange(min = 1, max = 9) int stride,
      @ForAll @IntRange(min = 1, max = 7) int steps)
      throws IOException {
    Path own = Files.createTempDirectory("resume");
    Path target = own.resolve("run.safetensors");
    try {
      Checkpoints when = Checkpoints.in(target).everySteps(steps).everyEpochs(0);
      assertThat(crashing(when, first, Math.max(stride, steps))).isEqualTo(undisturbed());
    } finally {
      Files.deleteIfExists(target);
      Files.delete(own);
    }
  }

  @Test
  void aRunThatIsOverStaysAsItIs() {
    Full first = new Full();
    Map<String, String> bits = first.run(first.trainer().checkpoint(Checkpoints.in(file)));
    Full again = new Full();
    int[] steps = {0};
    Map<String, String> same =
        again.run(
            again
                .trainer()
                .checkpoint(Checkpoints.in(file))
                .resume()
                .callback(Callback.onStep(t -> steps[0]++)));
    assertThat(same).isEqualTo(bits);
    assertThat(steps[0]).isZero();
  }

  @Test
  void moreEpochsGoOnFromTheLastWeights() {
    Toy whole = new Toy();
    whole.trainer().run(Toy.loader(), 5);
    Toy first = new Toy();
    Checkpoints when = Checkpoints.in(file);
    first.trainer().checkpoint(when).run(Toy.loader(), 2);
    Toy second = new Toy();
    second.trainer().checkpoint(when).resume().run(Toy.loader(), 5);
    assertThat(second.bits()).isEqualTo(whole.bits());
  }

  @Test
  void theBestWeightsArePutBackAlsoAfterAResume() {
    EarlyStopping rule = EarlyStopping.on("held out").patience(3);
    Toy whole = new Toy();
    History history =
        whole.trainer().validate(Toy.validation()).stopEarly(rule).run(Toy.loader(), 500);
    assertThat(history.end()).isEqualTo(History.End.STOPPED);
    long steps = history.last().steps();
    Checkpoints when = Checkpoints.in(file).everySteps(2);
    Toy crashed = new Toy();
    Trainer<Examples> crashing =
        crashed
            .trainer()
            .validate(Toy.validation())
            .stopEarly(rule)
            .checkpoint(when)
            .callback(crashAt(steps - 3));
    assertThatThrownBy(() -> crashing.run(Toy.loader(), 500)).isInstanceOf(Crash.class);
    for (int i = 0; i < 2; i++) {
      Toy resumed = new Toy();
      History end =
          resumed
              .trainer()
              .validate(Toy.validation())
              .stopEarly(rule)
              .checkpoint(when)
              .resume()
              .messages(line -> {})
              .run(Toy.loader(), 500);
      assertThat(resumed.bits()).isEqualTo(whole.bits());
      assertThat(Toy.bits(end)).isEqualTo(Toy.bits(history));
    }
  }

  // ---------------------------------------------------------------- refusals

  private void refuses(Trainer<Examples> other, DataLoader<Examples> data, String... parts) {
    assertThatThrownBy(() -> other.checkpoint(Checkpoints.in(file)).resume().run(data, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("nothing was changed")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
  }

  @Test
  void refusesTheCheckpointOfAnotherRunAndChangesNothing() {
    Toy saved = new Toy();
    saved
        .trainer()
        .checkpoint(Checkpoints.in(file))
        .stopEarly(EarlyStopping.on("loss"))
        .run(Toy.loader(), 2);
    Toy here = new Toy();
    Map<String, String> before = here.bits();
    Trainer<Examples> same = here.trainer().stopEarly(EarlyStopping.on("loss"));
    refuses(same.shards(2), Toy.loader(), "shards is \"2\" here and \"1\" in the file");
    refuses(
        same,
        DataLoader.of(Toy.data(1), 4),
        "the loader is \"22 rows, 4 per batch\" here and \"22 rows, 5 per batch, shuffled by seed 3\"");
    refuses(same.validate(Toy.validation()), Toy.loader(), "measures is \"held out\" here");
    refuses(here.trainer(), Toy.loader(), "of callbacks that are not here");
    Optimizer faster = Adam.lr(0.03).over(here.model.parameters());
    refuses(
        Trainer.of(here.model, faster, (Examples b) -> here.loss(b))
            .stopEarly(EarlyStopping.on("loss")),
        Toy.loader(),
        "the learning rate of the next step is 0.03 here and 0.02 in the file");
    assertThat(here.bits()).isEqualTo(before);
    assertThat(faster.steps()).isZero();
    Layer other = Dense.of(4, 3, new SplittableRandom(1));
    refuses(
        Trainer.of(other, Adam.lr(0.02).over(other.parameters()), (Examples b) -> Tensor.scalar(1))
            .stopEarly(EarlyStopping.on("loss")),
        Toy.loader(),
        "is of another model or optimiser",
        "\"model.weight\" is not in the file");
  }

  @Test
  void refusesWhatNothingHereRemembers() {
    Full full = new Full();
    full.run(full.trainer().checkpoint(Checkpoints.in(file)));
    Full here = new Full();
    Map<String, String> before = here.toy.bits();
    Trainer<Examples> common =
        Trainer.of(here.toy.model, here.adam, (Examples b) -> here.toy.loss(b))
            .validate(Toy.validation())
            .stopEarly(EarlyStopping.on("held out").patience(50));
    refuses(
        common.plateau(here.rate, "held out"),
        Toy.loader(),
        "the file has \"average.",
        "more, for which there is nothing here");
    refuses(common.average(here.average), Toy.loader(), "the file has \"plateau0.");
    assertThat(here.toy.bits()).isEqualTo(before);
    Checkpoint.load(file, here.toy.model, here.adam);
    assertThat(here.toy.bits()).isEqualTo(full.toy.bits());
  }

  @Test
  void aRunThatWasStoppedSaysSo() {
    List<String> messages = new ArrayList<>();
    Callback stopping = Callback.onStep(t -> t.stop("it is enough"));
    Trainer<Examples> trainer =
        new Toy().trainer().checkpoint(Checkpoints.in(file)).messages(messages::add);
    trainer.callback(stopping).run(Toy.loader(), 5);
    assertThat(messages).isEmpty();
    History history = trainer.resume().run(Toy.loader(), 5);
    assertThat(history.end()).isEqualTo(History.End.STOPPED);
    assertThat(history.epochs()).isEmpty();
    assertThat(messages)
        .containsExactly(
            "training does not go on, because it was stopped: it is enough; delete "
                + file
                + " to begin again, or begin with its weights by Checkpoint.load");
  }

  @Test
  void aFileThatMayNotBeLookedAtIsNotWrittenOver() throws IOException {
    Files.createSymbolicLink(file, file);
    Trainer<Examples> trainer = new Toy().trainer().checkpoint(Checkpoints.in(file)).resume();
    assertThatThrownBy(() -> trainer.run(Toy.loader(), 1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be read");
    assertThat(file).isSymbolicLink();
  }

  @Test
  void aFileWithoutARunIsNoRunToGoOnWith() {
    Toy toy = new Toy();
    Checkpoint.save(file, toy.model, toy.optimizer);
    assertThatThrownBy(
            () -> toy.trainer().checkpoint(Checkpoints.in(file)).resume().run(Toy.loader(), 5))
        .hasMessageContaining("holds a model and an optimiser, and no run that could go on");
  }

  @Test
  void callbacksWithAStateNeedNames() {
    Callback remembering =
        new Callback() {
          @Override
          public Map<String, Tensor> state() {
            return Map.of("a", Tensor.scalar(1));
          }
        };
    Trainer<Examples> trainer = new Toy().trainer().callback(remembering).callback(remembering);
    assertThatThrownBy(() -> trainer.run(Toy.loader(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("override name() of one");
  }
}
