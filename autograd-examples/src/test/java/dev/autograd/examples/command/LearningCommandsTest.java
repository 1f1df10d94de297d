package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.examples.images.MnistFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that learn something, in short: that they learn, draw, and repeat themselves. */
class LearningCommandsTest {

  private static final String LICENSE = Path.of("..", "LICENSE").toString();

  @TempDir private Path folder;

  private static Run run(String... args) {
    Run run = Run.of(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    return run;
  }

  private static double number(Run run, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(run.out());
    assertThat(matcher.find()).as(run.out()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  // ---------------------------------------------------------------- learning

  @Test
  void theArmsOfASpiralAreToldApart() {
    Run run = run("spiral", "--epochs", "30", "--seed", "3");
    assertThat(number(run, "held out ([0-9.]+) %")).isBetween(90.0, 100.0);
  }

  @Test
  void aCurveAndItsNoiseAreLearned() {
    Run run = run("regression", "--epochs", "150", "--seed", "2");
    double error = number(run, "held out: ([0-9.]+)");
    double noise = number(run, "sine itself: ([0-9.]+)");
    assertThat(error / noise).isBetween(0.95, 1.2);
    assertThat(number(run, "2 deviations: [0-9.]+ %, ([0-9.]+)")).isBetween(90.0, 99.0);
    assertThat(number(run, "  -2 +([0-9.]+)")).isLessThan(number(run, "   2 +([0-9.]+)"));
  }

  @Test
  void imagesAreRedrawn() {
    Run run = run("autoencoder", "--epochs", "10");
    double error = number(run, "pixels: ([0-9.]+)");
    double baseline = number(run, "mean image: ([0-9.]+)");
    assertThat(error).isLessThan(baseline / 2);
    assertThat(number(run("autoencoder", "--epochs", "10", "--code", "2"), "pixels: ([0-9.]+)"))
        .isGreaterThan(error);
  }

  @Test
  void aTextIsForetoldBetterThanByFrequencies() {
    Run run = run("char-rnn", LICENSE, "--epochs", "3", "--units", "32");
    double bits = number(run, "held-out character: ([0-9.]+)");
    assertThat(bits).isLessThan(number(run, "frequencies alone ([0-9.]+)"));
    assertThat(number(run, "frequencies alone ([0-9.]+)"))
        .isLessThan(number(run, "without knowledge ([0-9.]+)"));
    assertThat(run.out().lines().filter(line -> line.startsWith("  | "))).isNotEmpty();
  }

  @Test
  void digitsAreSorted() {
    Run run = run("attention", "--epochs", "3", "--length", "4");
    // Guessing is right at one place of ten.
    assertThat(number(run, "sequences: ([0-9.]+) %")).isGreaterThan(80);
    assertThat(run.out().lines().filter(line -> line.contains("  is sorted to  "))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "conv"})
  void imagesInFilesLikeMnistsAreRead(String network) throws IOException {
    MnistFiles.write(folder, 400, 100, 8);
    Run run = run("mnist", folder.toString(), "--network", network, "--epochs", "12");
    assertThat(number(run, "held out ([0-9.]+) %")).isGreaterThan(90);
    assertThat(run.out()).contains("400 images of 8 x 8 pixels to learn from, 100 to judge by");
    assertThat(run("mnist", folder.toString(), "--images", "50", "--epochs", "1").out())
        .contains("50 images");
  }

  @Test
  void theMeanOfSeveralSeedsIsTheirMean() {
    Run run = run("digits", "--seeds", "2", "--epochs", "1");
    double first = number(run, "seed 1: held out ([0-9.]+)");
    double second = number(run, "seed 2: held out ([0-9.]+)");
    assertThat(number(run, "mean of 2 seeds: held out ([0-9.]+)"))
        .isBetween((first + second) / 2 - 0.06, (first + second) / 2 + 0.06);
    assertThat(number(run, "lowest ([0-9.]+)")).isEqualTo(Math.min(first, second));
  }

  @Test
  void thePhysicsFitIsNearTheTruth() {
    Run run = run("physics", "--seed", "5");
    assertThat(number(run, "([0-4]) of 4 within two standard errors")).isGreaterThanOrEqualTo(3);
    assertThat(number(run, "birth +[0-9.]+ +([0-9.]+)")).isBetween(0.9, 1.1);
  }

  @Test
  void theNotesAndTheGradientsAgree() {
    assertThat(number(run("notes", "--seed", "9"), "all elements: ([0-9.e-]+)")).isLessThan(1e-14);
  }

  // ---------------------------------------------------------------- pictures

  @ParameterizedTest
  @CsvSource({
    "spiral --epochs 1, 560, 560",
    "regression --epochs 1, 640, 400",
    "autoencoder --epochs 1, 648, 168",
    "attention --epochs 1 --length 2, 640, 400",
    "digits --epochs 1, 648, 248",
    "iris, 308, 272",
  })
  void aPictureIsDrawn(String command, int width, int height) throws IOException {
    Path file = folder.resolve("a.png");
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--plot", file.toString()));
    assertThat(run(args.toArray(String[]::new)).out()).contains("Wrote " + file);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(width);
    assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(height);
  }

  @Test
  void curvesOfATextAndOfPopulationsAreDrawn() {
    Path file = folder.resolve("a.svg");
    run("char-rnn", LICENSE, "--epochs", "1", "--units", "4", "--plot", file.toString());
    assertThat(file).content(StandardCharsets.UTF_8).startsWith("<svg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.gif | FILE/a.gif: the name does not tell the format of the picture; end it in .png or"
            + " .svg",
        "no/a.png | there is no directory FILE/no; create it first",
      })
  void aPictureThatCannotBeWrittenIsRefusedBeforeTheTraining(String name, String message) {
    Run run = Run.of("spiral", "--plot", folder + "/" + name);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "error: Invalid value for option '--plot': "
                + message.replace("FILE", folder.toString())
                + "; see autograd-examples spiral --help"
                + System.lineSeparator());
  }

  // ---------------------------------------------------------------- seeds and errors

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiral --epochs 2",
        "autoencoder --epochs 2",
        "attention --epochs 1 --length 2",
        "digits --epochs 1"
      })
  void sameSeedSamePrint(String command) {
    String[] args = command.split(" ");
    assertThat(Run.of(args)).isEqualTo(Run.of(args));
    assertThat(Run.of((command + " --seed 2").split(" "))).isNotEqualTo(Run.of(args));
  }

  @Test
  void textsThatCannotBeLearned() throws IOException {
    Path missing = folder.resolve("a.txt");
    assertFails(missing, missing + ": there is no such file; check the path");
    assertFails(folder, folder + ": is a directory; name a file in it");
    Path brief = Files.writeString(folder.resolve("b.txt"), "brief");
    assertFails(brief, brief + ": has 5 characters; at least 1000 are needed");
    Path binary = Files.write(folder.resolve("c.txt"), new byte[] {(byte) 0xc3, 0x28});
    assertFails(binary, binary + ": is no UTF-8 text; save the file in UTF-8");
  }

  private static void assertFails(Path file, String message) {
    assertThat(Run.of("char-rnn", file.toString()))
        .isEqualTo(new Run(2, "", "error: " + message + System.lineSeparator()));
  }

  @Test
  void aFolderWithoutTheFilesOfMnist() {
    Run run = Run.of("mnist", folder.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("none is there").hasLineCount(1);
  }
}
