package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.io.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptionTest {

  @TempDir Path folder;
  private final List<String> messages = new ArrayList<>();

  private static Callback interruptingAt(long step) {
    return Callback.onStep(
        t -> {
          if (t.steps() == step) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Map<String, String> resumed(Trainer<Examples> settings, Toy toy) {
    settings.resume().run(Toy.loader(), 3);
    return toy.bits();
  }

  private static Map<String, String> undisturbed() {
    Toy toy = new Toy();
    toy.trainer().validate(Toy.validation()).run(Toy.loader(), 3);
    return toy.bits();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void anInterruptEndsTheRunWithACheckpoint(int ahead) {
    Path file = folder.resolve("run.safetensors");
    Checkpoints when = Checkpoints.in(file).everyEpochs(0);
    Toy toy = new Toy();
    DataLoader<Examples> data = Toy.loader().prefetch(ahead);
    History history =
        toy.trainer()
            .validate(Toy.validation())
            .checkpoint(when)
            .callback(interruptingAt(7))
            .messages(messages::add)
            .run(data, 3);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.end()).isEqualTo(History.End.INTERRUPTED);
    assertThat(history.reason()).isEqualTo("it was interrupted");
    assertThat(history.epochs()).hasSize(1);
    assertThat(messages)
        .containsExactly(
            "training was interrupted in epoch 2, after step 7; the last checkpoint is "
                + file
                + ", of step 7: run it again with resume() to go on from there");
    Toy again = new Toy();
    assertThat(resumed(again.trainer().validate(Toy.validation()).checkpoint(when), again))
        .isEqualTo(undisturbed());
  }

  @Test
  void anInterruptInAValidationRepeatsIt() {
    Checkpoints when = Checkpoints.in(folder.resolve("run.safetensors")).everyEpochs(0);
    Toy toy = new Toy();
    int[] batches = {0};
    Validation<Examples> interrupting =
        Toy.validation()
            .measure(
                "interrupt",
                () ->
                    new Measure.Sum<>() {
                      @Override
                      public void add(Tensor outputs, Examples batch, int rows) {
                        batches[0]++;
                        if (batches[0] == 6) {
                          Thread.currentThread().interrupt();
                        }
                      }

                      @Override
                      public double value() {
                        return 0;
                      }
                    });
    History history =
        toy.trainer()
            .validate(interrupting)
            .checkpoint(when)
            .messages(messages::add)
            .run(Toy.loader(), 3);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.epochs()).hasSize(1);
    assertThat(messages.get(0)).startsWith("training was interrupted in epoch 2, after step 10; ");
    Toy again = new Toy();
    assertThat(resumed(again.trainer().validate(interrupting).checkpoint(when), again))
        .isEqualTo(undisturbed());
    // Each has four batches: one validation, half of one, and that one again with the last.
    assertThat(batches[0]).isEqualTo(4 + 2 + 4 + 4);
  }

  @Test
  void withoutACheckpointItSaysThatNothingWasSaved() {
    new Toy().trainer().callback(interruptingAt(1)).messages(messages::add).run(Toy.loader(), 1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(messages)
        .containsExactly(
            "training was interrupted in epoch 1, after step 1; nothing was saved, because no"
                + " checkpoint(…) was asked for");
  }

  @Test
  void aThreadThatIsInterruptedBeforeTrainsNothing() {
    Toy toy = new Toy();
    Map<String, String> before = toy.bits();
    Thread.currentThread().interrupt();
    History history = toy.trainer().messages(messages::add).run(Toy.loader(), 1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.epochs()).isEmpty();
    assertThat(toy.bits()).isEqualTo(before);
  }

  /** Returns rows that are read from files when they are asked for; one reading is interrupted. */
  private Dataset<Examples> interruptedOnReading(long seed, int reading) {
    Dataset<Examples> data = Toy.data(seed);
    Examples all = data.rows(IntStream.range(0, data.size()).toArray());
    Path inputs = folder.resolve("inputs" + seed + ".npy");
    Path targets = folder.resolve("targets" + seed + ".npy");
    Npy.write(inputs, all.inputs());
    Npy.write(targets, all.targets());
    Dataset<Tensor> storedInputs = Npy.rows(inputs);
    Dataset<Tensor> storedTargets = Npy.rows(targets);
    int[] readings = {0};
    return new Dataset<>() {
      @Override
      public int size() {
        return data.size();
      }

      @Override
      public Examples rows(int... rows) {
        readings[0]++;
        if (readings[0] == reading) {
          Thread.currentThread().interrupt();
        }
        return new Examples(storedInputs.rows(rows), storedTargets.rows(rows));
      }
    };
  }

  private void endsInterrupted(DataLoader<Examples> data, Validation<Examples> validation) {
    Checkpoints when = Checkpoints.in(folder.resolve("run.safetensors")).everyEpochs(0);
    Toy toy = new Toy();
    History history =
        toy.trainer().validate(validation).checkpoint(when).messages(messages::add).run(data, 3);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.end()).isEqualTo(History.End.INTERRUPTED);
    assertThat(messages).hasSize(1);
    Toy again = new Toy();
    assertThat(resumed(again.trainer().validate(Toy.validation()).checkpoint(when), again))
        .isEqualTo(undisturbed());
  }

  @Test
  void anInterruptMayMeetTheReadingOfAFile() {
    endsInterrupted(DataLoader.of(interruptedOnReading(1, 7), 5).shuffle(3), Toy.validation());
    assertThat(messages.get(0)).startsWith("training was interrupted in epoch 2, after step 6; ");
  }

  @Test
  void anInterruptMayMeetTheReadingOfAFileInAValidation() {
    endsInterrupted(
        Toy.loader(),
        Validation.of(DataLoader.of(interruptedOnReading(2, 6), 6)).loss("held out", Toy::loss));
    assertThat(messages.get(0)).startsWith("training was interrupted in epoch 2, after step 10; ");
  }

  @Test
  void aThreadThatIsInterruptedResumesAndSavesAgain() {
    Checkpoints when = Checkpoints.in(folder.resolve("run.safetensors"));
    new Toy().trainer().checkpoint(when).run(Toy.loader(), 1);
    Toy toy = new Toy();
    Thread.currentThread().interrupt();
    History history =
        toy.trainer().checkpoint(when).resume().messages(messages::add).run(Toy.loader(), 2);
    history.toJson(folder.resolve("history.json"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.end()).isEqualTo(History.End.INTERRUPTED);
    assertThat(Toy.bits(History.fromJson(folder.resolve("history.json"))))
        .isEqualTo(Toy.bits(history));
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0)).startsWith("training was interrupted in epoch 2, after step 5; ");
  }

  @Test
  void aFailureOfTheDataIsNoInterruption() {
    Dataset<Examples> gone =
        Toy.data(1)
            .map(
                batch -> {
                  Thread.currentThread().interrupt();
                  throw new UncheckedIOException(new IOException("gone"));
                });
    Trainer<Examples> trainer = new Toy().trainer();
    assertThatThrownBy(() -> trainer.run(DataLoader.of(gone, 5), 1))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
