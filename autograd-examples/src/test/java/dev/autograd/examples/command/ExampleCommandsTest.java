package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleCommandsTest {

  private static final Pattern HELD_OUT = Pattern.compile("held out ([0-9.]+) %");

  /** Returns the last held-out accuracy that was printed, in percent. */
  private static double heldOut(Run run) {
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    Matcher matcher = HELD_OUT.matcher(run.out());
    double last = Double.NaN;
    while (matcher.find()) {
      last = Double.parseDouble(matcher.group(1));
    }
    return last;
  }

  @ParameterizedTest
  @CsvSource({"breast-cancer, 97", "digits, 98", "iris, 93"})
  void learnsWithTheDefaultSeed(String command, double least) {
    assertThat(heldOut(Run.of(command))).isBetween(least, 100.0);
  }

  @Test
  void learnsBreastCancerOnAverageOverTenSeeds() {
    Run run = Run.of("breast-cancer", "--seeds", "10");
    assertThat(heldOut(run)).isBetween(97.0, 100.0);
    assertThat(run.out().lines().filter(line -> line.startsWith("seed "))).hasSize(10);
    assertThat(run.out()).contains("mean of 10 seeds: held out ");
  }

  @Test
  void oneOfManySeedsIsThatSeed() {
    String alone = Run.of("iris", "--seed", "2").out();
    String second = Run.of("iris", "--seeds", "2").out().lines().skip(1).findFirst().orElseThrow();
    assertThat(second).startsWith("seed 2: ");
    assertThat(alone).contains("Accuracy: " + second.substring("seed 2: ".length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "iris", "xor", "graph"})
  void sameSeedSamePrint(String command) {
    assertThat(Run.of(command)).isEqualTo(Run.of(command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"breast-cancer", "iris", "xor"})
  void otherSeedOtherNumbers(String command) {
    assertThat(Run.of(command, "--seed", "2").out()).isNotEqualTo(Run.of(command).out());
  }

  @Test
  void breastCancerShowsHowItLearned() {
    String out = Run.of("breast-cancer").out();
    assertThat(out)
        .contains("\"diagnosis\", classes benign (357), malignant (212)")
        .contains("dense 30 -> 16, tanh, dense 16 -> 1, sigmoid; binary cross-entropy")
        .contains("455 to train on, 114 held out")
        .containsSubsequence(
            "Gradient check on 8 rows: all 513 derivatives agree with finite differences",
            "epoch 6 of 30")
        .contains("always answering the most frequent class: 63.2 %")
        .containsPattern("epoch 30 of 30: loss 0\\.\\d{4}")
        .containsPattern("benign +\\d+ +\\d+")
        .containsPattern("malignant +\\d+ +\\d+")
        .contains("Go on:", "autograd-examples digits", "autograd-examples train FILE.csv");
  }

  @Test
  void progressIsAFewLinesWhereThereIsNoTerminal() {
    assertThat(Run.of("iris").out().lines().filter(line -> line.contains("epoch"))).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void learnsExclusiveOrWithEverySeed(long seed) {
    Run run = Run.of("xor", "--seed", Long.toString(seed));
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("4 of 4 right");
  }
}
