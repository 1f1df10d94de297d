package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  private static final int ROWS = 200;

  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static Run train(Path file, String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "train";
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
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

  /** Rows (a, b, colour, price): the price is 1000 + 50 a - 20 b, and 30 more if red. */
  private static String prices() {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("a,b,colour,price\n");
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      String colour = random.nextBoolean() ? "red" : "green";
      double price = 1000 + 50 * a - 20 * b + (colour.equals("red") ? 30 : 0);
      text.append(String.format(Locale.ROOT, "%.4f,%.4f,%s,%.4f%n", a, b, colour, price));
    }
    return text.toString();
  }

  @Test
  void learnsANumberAndReportsItInUnitsOfTheFile() throws IOException {
    Path file = write(prices());
    Run run = train(file, "--target", "price", "--lr", "0.01");
    assertThat(run.out())
        .contains("\"price\", a number, 200 different values")
        .contains("2 columns of numbers and 1 column of texts, 4 inputs")
        .contains("mean squared error", "160 to train on, 40 held out")
        .doesNotContain("--regression");
    // The prices' own deviation is about 21; standardised units would give errors below 0.1.
    assertThat(number(run, "RMSE.*held out ([0-9.]+)")).isBetween(0.1, 3.0);
    assertThat(number(run, "R2.*held out ([0-9.]+)")).isBetween(0.98, 1.0);
  }

  @Test
  void aColumnOfTextsIsLearnedFrom() throws IOException {
    Path file = write(prices());
    double with = number(train(file, "--target", "price"), "R2.*held out ([0-9.]+)");
    double without =
        number(train(file, "--target", "price", "--ignore", "colour"), "R2.*held out ([0-9.-]+)");
    assertThat(with).isGreaterThan(0.95);
    assertThat(without).isLessThan(0.6);
  }

  @Test
  void textsAreLearnedAsClasses() throws IOException {
    Path file = write(prices());
    Run run = train(file, "--target", "colour");
    assertThat(run.out())
        .containsPattern("\"colour\", classes green \\(\\d+\\), red \\(\\d+\\)")
        .contains("-> 1; binary cross-entropy of logits", "the same share of each class")
        .containsPattern("actual . predicted +green +red")
        .doesNotContain("--regression");
    assertThat(number(run, "held out ([0-9.]+) %")).isGreaterThan(90);
  }

  @Test
  void moreClassesAreLearnedWithSoftmax() throws IOException {
    StringBuilder text = new StringBuilder("x;y;where\n");
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < ROWS; i++) {
      double x = random.nextDouble(-1, 1);
      double y = random.nextDouble(-1, 1);
      String where = x < -0.3 ? "left" : x > 0.3 ? "right" : "between";
      text.append(x).append(';').append(y).append(';').append(where).append('\n');
    }
    Run run = train(write(text.toString()), "--target", "where", "--lr", "0.01");
    assertThat(run.out()).contains("-> 3; softmax cross-entropy", "2 columns of numbers, 2 inputs");
    assertThat(number(run, "held out ([0-9.]+) %")).isGreaterThan(90);
  }

  @Test
  void fewWholeNumbersAreClassesUnlessRegressionIsAskedFor() throws IOException {
    StringBuilder text = new StringBuilder("x,stars\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i * 0.1).append(',').append(1 + i * 5 / ROWS).append('\n');
    }
    Path file = write(text.toString());
    assertThat(train(file, "--target", "stars", "--epochs", "2").out())
        .contains("\"stars\", classes 1 (40), 2 (40), 3 (40), 4 (40), 5 (40)")
        .contains("The classes are whole numbers; --regression learns the number instead.");
    assertThat(train(file, "--target", "stars", "--epochs", "2", "--regression").out())
        .contains("\"stars\", a number, 5 different values")
        .contains("mean squared error")
        .doesNotContain("Accuracy");
  }

  @Test
  void compressedTablesAreRead() throws IOException {
    Path plain = write(prices());
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(prices().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(train(packed, "--target", "price", "--epochs", "3"))
        .isEqualTo(train(plain, "--target", "price", "--epochs", "3"));
  }

  @Test
  void everyOptionReachesTheTraining() throws IOException {
    Path file = write(prices());
    Run run =
        train(
            file,
            "--target=price",
            "--hidden=7,5",
            "--epochs=4",
            "--batch=50",
            "--lr=0.02",
            "--seed=9",
            "--test-fraction=0.5");
    assertThat(run.out())
        .contains("dense 4 -> 7, tanh, dense 7 -> 5, tanh, dense 5 -> 1;")
        .contains("100 to train on, 100 held out")
        .contains("epoch 4 of 4");
    Run base = train(file, "--target=price", "--epochs=4");
    for (String option : new String[] {"--batch=50", "--lr=0.02", "--seed=9"}) {
      assertThat(train(file, "--target=price", "--epochs=4", option)).isNotEqualTo(base);
    }
    assertThat(train(file, "--target=price", "--epochs=4")).isEqualTo(base);
  }

  @Test
  void aBatchOfAllRowsIsFine() throws IOException {
    assertThat(train(write(prices()), "--target=price", "--batch=1000000", "--epochs=2").out())
        .contains("epoch 2 of 2");
  }
}
