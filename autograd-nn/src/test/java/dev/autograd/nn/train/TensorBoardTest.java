package dev.autograd.nn.train;

import static dev.autograd.nn.io.EventFile.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.nn.io.EventFile;
import dev.autograd.nn.io.EventFile.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {

  @TempDir Path folder;

  /** What was logged: {@code tag step value}, with a hash sign for the value of a histogram. */
  private List<String> logged() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    List<String> entries = new ArrayList<>();
    for (Path file : files) {
      List<List<Field>> events = EventFile.read(file);
      for (List<Field> event : events.subList(1, events.size())) {
        long step = (Long) field(event, 2).value();
        List<Field> value = field(field(event, 5).asMessage(), 1).asMessage();
        boolean isScalar = value.stream().anyMatch(f -> f.number() == 2);
        entries.add(
            field(value, 1).asText()
                + " "
                + step
                + " "
                + (isScalar ? (float) field(value, 2).asDouble() : "#"));
      }
    }
    return entries;
  }

  @Test
  void logsLossesMeasuresRatesAndHistograms() throws IOException {
    Toy toy = new Toy();
    History history =
        toy.trainer()
            .validate(Toy.validation())
            .callback(TensorBoard.in(folder).everySteps(4).histograms(2).callback())
            .run(Toy.loader(), 3);
    List<String> logged = logged();
    assertThat(logged)
        .contains(
            "epoch/loss 2 " + (float) history.epochs().get(1).loss(),
            "epoch/lr 3 0.02",
            "epoch/held out 1 " + (float) history.epochs().get(0).value("held out"),
            "weights/0.weight 2 #",
            "gradients/0.weight 2 #")
        .doesNotHaveDuplicates();
    assertThat(logged.stream().filter(e -> e.startsWith("step/loss"))).hasSize(3);
    // Six parameters, in one of three epochs.
    assertThat(logged.stream().filter(e -> e.endsWith("#"))).hasSize(12);
    assertThat(logged).hasSize(3 + 9 + 12);
  }

  @Test
  void withAccumulationGradientsAreThoseOfTheLastStep() throws IOException {
    new Toy()
        .trainer()
        .accumulate(2)
        .callback(TensorBoard.in(folder).histograms(1).callback())
        .run(Toy.loader(), 1);
    assertThat(logged()).contains("gradients/0.weight 1 #").doesNotHaveDuplicates();
  }

  @Test
  void theLastStepMayHaveSeveralBatches() throws IOException {
    new Toy()
        .trainer()
        .accumulate(3)
        .callback(TensorBoard.in(folder).histograms(1).callback())
        .run(Toy.loader(), 2);
    // Steps of three and of two batches.
    assertThat(logged())
        .contains("gradients/0.weight 1 #", "gradients/0.weight 2 #")
        .doesNotHaveDuplicates();
  }

  @Test
  void anInterruptedRunHasItsLog() throws IOException {
    new Toy()
        .trainer()
        .callback(Callback.onStep(t -> Thread.currentThread().interrupt()))
        .callback(TensorBoard.in(folder).callback())
        .messages(line -> {})
        .run(Toy.loader(), 2);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(logged()).hasSize(1);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> TensorBoard.in(folder).everySteps(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TensorBoard.in(folder).histograms(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
