package dev.autograd.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private static String lines(int epochs) {
    StringWriter text = new StringWriter();
    try (Progress progress = Progress.lines(epochs, new PrintWriter(text))) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        progress.epoch(epoch, 1.0 / epoch);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "5, 5", "7, 5", "1000, 5", "1000000, 5"})
  void neverMoreThanFiveLinesAndAlwaysTheLast(int epochs, int expected) {
    assertThat(lines(epochs).lines()).hasSize(expected);
    assertThat(lines(epochs)).contains("epoch " + epochs + " of " + epochs + ": loss ");
  }

  @Test
  void linesTellTheLoss() {
    assertThat(lines(2).lines())
        .containsExactly("  epoch 1 of 2: loss 1.0000", "  epoch 2 of 2: loss 0.5000");
  }

  @Test
  void aBarStaysOnItsLine() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (Progress progress =
        Progress.bar(50, new PrintStream(shown, true, StandardCharsets.UTF_8))) {
      for (int epoch = 1; epoch <= 50; epoch++) {
        progress.epoch(epoch, 0.25);
      }
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("training", "50/50", "loss 0.2500").startsWith("\r");
    assertThat(text.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(60);
    assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }
}
