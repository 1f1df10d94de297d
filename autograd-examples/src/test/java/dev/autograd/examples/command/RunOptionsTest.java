package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What train leaves behind, and what predict makes of it. */
class RunOptionsTest {

  @TempDir private Path folder;

  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    StringBuilder text = new StringBuilder("x,y,where\n");
    for (int i = 0; i < 60; i++) {
      double x = Math.cos(7 * i);
      double y = Math.sin(3 * i);
      text.append(x).append(',').append(y).append(',').append(x > y ? "low" : "high").append('\n');
    }
    table = Files.writeString(folder.resolve("data.csv"), text.toString());
  }

  private Run train(String... options) {
    List<String> args = new ArrayList<>(List.of("train", table.toString(), "--target", "where"));
    args.addAll(Arrays.asList(options));
    return Run.of(args.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertSucceeded(Run run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
  }

  // ---------------------------------------------------------------- save and predict

  @Test
  void whatIsSavedPredictsTheSame() throws IOException {
    assertSucceeded(train("--epochs", "40", "--lr", "0.02", "--save", file("a.model")));
    Run shown = Run.of("predict", file("a.model"), table.toString());
    assertSucceeded(shown);
    List<String> lines = shown.out().lines().toList();
    assertThat(lines).hasSize(61);
    assertThat(lines.get(0))
        .isEqualTo("x,y,where,predicted where,probability of high,probability of low");
    long right =
        lines.stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .filter(fields -> fields[2].equals(fields[3]))
            .count();
    assertThat(right).isGreaterThanOrEqualTo(54);
    Run written = Run.of("predict", file("a.model"), table.toString(), "--out", file("p.csv"));
    assertSucceeded(written);
    assertThat(written.out())
        .isEqualTo("Wrote " + file("p.csv") + ", 60 rows" + System.lineSeparator());
    assertThat(Files.readAllLines(folder.resolve("p.csv"))).isEqualTo(lines);
  }

  @Test
  void fieldsAreQuotedOnTheScreenAsInFiles() throws IOException {
    assertSucceeded(train("--epochs", "1", "--save", file("a.model")));
    Path odd = Files.writeString(folder.resolve("odd.csv"), "x,y,note\n1,2,\"a, \"\"b\"\"\"\n");
    Run shown = Run.of("predict", file("a.model"), odd.toString());
    assertThat(shown.out()).contains("1,2,\"a, \"\"b\"\"\",");
    assertSucceeded(Run.of("predict", file("a.model"), odd.toString(), "--out", file("p.csv")));
    assertThat(Files.readString(folder.resolve("p.csv"))).isEqualTo(shown.out());
  }

  @Test
  void aModelThatIsNoneIsOneLine() {
    assertThat(Run.of("predict", file("none.model"), table.toString()).exit()).isEqualTo(2);
    Run run = Run.of("predict", table.toString(), table.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: " + table).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aTableWithoutAColumnIsOneLine() throws IOException {
    assertSucceeded(train("--epochs", "1", "--save", file("a.model")));
    Path other = Files.writeString(folder.resolve("other.csv"), "x,z\n1,2\n");
    Run run = Run.of("predict", file("a.model"), other.toString(), "--out", file("p.csv"));
    assertThat(run)
        .isEqualTo(
            new Run(
                2,
                "",
                "error: "
                    + other
                    + ": there is no column \"y\"; the columns are \"x\", \"z\""
                    + System.lineSeparator()));
    assertThat(folder.resolve("p.csv")).doesNotExist();
  }

  // ---------------------------------------------------------------- checkpoint and resume

  @Test
  void aRunInTwoPartsIsTheSameAsOne() throws IOException {
    assertSucceeded(train("--epochs", "6", "--save", file("whole.model")));
    String[] parts = {"--checkpoint", file("run"), "--resume"};
    assertSucceeded(
        train(Stream.concat(Stream.of(parts), Stream.of("--epochs", "2")).toArray(String[]::new)));
    Run second =
        train(
            Stream.concat(
                    Stream.of(parts), Stream.of("--epochs", "6", "--save", file("parts.model")))
                .toArray(String[]::new));
    assertSucceeded(second);
    assertThat(second.out()).doesNotContain("epoch 2 of 6").contains("epoch 6 of 6");
    assertThat(Files.readAllBytes(folder.resolve("parts.model")))
        .isEqualTo(Files.readAllBytes(folder.resolve("whole.model")));
  }

  @Test
  void goingOnNeedsACheckpoint() {
    assertThat(train("--resume"))
        .isEqualTo(
            new Run(
                2,
                "",
                "error: --resume goes on from a checkpoint; add --checkpoint FILE"
                    + System.lineSeparator()));
  }

  @Test
  void goingOnWithAnotherNetworkIsOneLine() {
    assertSucceeded(train("--epochs", "1", "--checkpoint", file("run")));
    Run run = train("--epochs", "2", "--checkpoint", file("run"), "--resume", "--hidden", "5");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").contains(file("run")).hasLineCount(1);
  }

  // ---------------------------------------------------------------- report, metrics, log

  @Test
  void aReportOfClassesTellsHowItWent() throws IOException {
    assertSucceeded(train("--epochs", "5", "--report", file("r.html")));
    String page = Files.readString(folder.resolve("r.html"));
    assertThat(page)
        .contains("Learning &quot;where&quot;", "<td>low</td>", "precision", "Dense", "data.csv")
        .contains("<td>5</td>")
        .doesNotContain("http", "href=", folder.toString());
    assertThat(page.split("data:image/svg", -1)).hasSize(3);
  }

  @Test
  void aReportOfNumbersShowsPredictions() throws IOException {
    Run run =
        Run.of(
            "train",
            table.toString(),
            "--target",
            "y",
            "--epochs",
            "3",
            "--report",
            file("r.html"));
    assertSucceeded(run);
    assertThat(Files.readString(folder.resolve("r.html")))
        .contains("RMSE", "Predicted and actual values");
  }

  @Test
  void theLossesOfEachEpochAreATable() throws IOException {
    Run run = train("--epochs", "5", "--metrics", file("m.csv"));
    assertSucceeded(run);
    List<String> lines = Files.readAllLines(folder.resolve("m.csv"));
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).isEqualTo("epoch,steps,loss,held out,lr,seconds");
    String loss =
        String.format(Locale.ROOT, "%.4f", Double.parseDouble(lines.get(5).split(",", -1)[2]));
    assertThat(run.out()).contains("epoch 5 of 5: loss " + loss);
  }

  @Test
  void aLogForTensorBoardIsWritten() throws IOException {
    assertSucceeded(train("--epochs", "2", "--tensorboard", file("log")));
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      assertThat(files).singleElement().asString().contains("events.out.tfevents");
    }
  }
}
