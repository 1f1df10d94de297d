package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.optim.Sgd;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private static final DataLoader<Tensor> DATA = DataLoader.of(Dataset.of(Tensor.of(1.0, 1)), 1);

  private static Trainer<Tensor> trainer() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    return Trainer.of(Tensor::tanh, Sgd.lr(0.5).over(List.of(w)), b -> b.mul(w).sum());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "5, 5", "7, 5", "1000, 5"})
  void neverMoreThanFiveLinesAndAlwaysTheLast(int epochs, int expected) {
    List<String> lines = new ArrayList<>();
    trainer().callback(Progress.lines(lines::add)).run(DATA, epochs);
    assertThat(lines).hasSize(expected);
    assertThat(lines).last().asString().startsWith("epoch " + epochs + " of " + epochs + ": loss ");
  }

  @Test
  void linesTellTheLossAndTheMeasures() {
    List<String> lines = new ArrayList<>();
    trainer()
        .callback(Progress.lines(lines::add))
        .validate(
            Validation.of(DATA, (Layer m, Tensor b) -> b).loss("score", (y, b) -> y.mul(0.5).sum()))
        .run(DATA, 2);
    assertThat(lines)
        .containsExactly(
            "epoch 1 of 2: loss 0.7500, score 0.5000", "epoch 2 of 2: loss -0.2500, score 0.5000");
  }

  @Test
  void theEpochAfterWhichARunStopsHasALine() {
    List<String> lines = new ArrayList<>();
    trainer()
        .callback(
            Callback.onEpoch(
                t -> {
                  if (t.epoch() == 3) {
                    t.stop("enough");
                  }
                }))
        .callback(Progress.lines(lines::add))
        .run(DATA, 1000);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("epoch 3 of 1000: ");
  }

  @Test
  void aBarStaysOnItsLine() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(shown, true, StandardCharsets.UTF_8);
    trainer().callback(Progress.bar(terminal)).run(DATA, 50);
    String text = shown.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("training", "100/100", "loss -").startsWith("\r");
    assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }

  /** A run of a few milliseconds may be over before the bar was shown once. */
  @Test
  void aBarOfAShortRunEndsItsLineToo() {
    for (int i = 0; i < 50; i++) {
      ByteArrayOutputStream shown = new ByteArrayOutputStream();
      PrintStream terminal = new PrintStream(shown, true, StandardCharsets.UTF_8);
      trainer().callback(Progress.bar(terminal)).run(DATA, 1);
      String text = shown.toString(StandardCharsets.UTF_8);
      assertThat(text).contains("2/2").endsWith("\n");
      assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(1);
    }
  }

  @Test
  void aBarOfAnInterruptedRunEndsItsLineAndTheInterruptStays() {
    for (int i = 0; i < 20; i++) {
      ByteArrayOutputStream shown = new ByteArrayOutputStream();
      PrintStream terminal = new PrintStream(shown, true, StandardCharsets.UTF_8);
      trainer()
          .messages(line -> {})
          .callback(Callback.onEpoch(t -> Thread.currentThread().interrupt()))
          .callback(Progress.bar(terminal))
          .run(DATA, 10);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(shown.toString(StandardCharsets.UTF_8)).contains("2/20").endsWith("\n");
    }
  }

  @Test
  void aBarIsFlushed() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    OutputStream buffered = new BufferedOutputStream(shown, 1 << 16);
    PrintStream terminal = new PrintStream(buffered, false, StandardCharsets.UTF_8);
    trainer().callback(Progress.bar(terminal)).run(DATA, 2);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("4/4").endsWith("\n");
  }

  @Test
  void withoutATerminalThereAreLines() {
    List<String> lines = new ArrayList<>();
    trainer().callback(Progress.of(lines::add)).run(DATA, 2);
    assertThat(lines).hasSize(2);
  }
}
