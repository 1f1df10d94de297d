package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
}
