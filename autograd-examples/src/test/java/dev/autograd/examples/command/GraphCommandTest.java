package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphCommandTest {

  @TempDir private Path folder;

  @Test
  void listsTheTapeAndTheGradients() {
    Run run = Run.of("graph");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsSubsequence("\"W1\"", "matmul", "\"Z1\"", "tanh", "\"A1\"", "\"Z2\"", "sigmoid")
        .containsSubsequence("mean", "\"L\"")
        .contains("dW1 = ", "db1 = ", "dW2 = ", "db2 = ")
        .contains("autograd-examples graph --out graph.dot", "dot -Tsvg graph.dot");
  }

  @ParameterizedTest
  @CsvSource({"dot, digraph", "DOT, digraph", "mermaid, flowchart"})
  void printsADrawing(String format, String start) {
    Run run = Run.of("graph", "--format", format);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith(start).contains("tanh", "sigmoid", "W1");
  }

  @ParameterizedTest
  @CsvSource({
    "net.dot, digraph, dot -Tsvg",
    "net.GV, digraph, dot -Tsvg",
    "net.mmd, flowchart, mmdc -i",
  })
  void theNameOfTheFileTellsTheFormat(String name, String start, String rendering)
      throws IOException {
    Path file = folder.resolve(name);
    Run run = Run.of("graph", "--out", file.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("Wrote " + file).contains(rendering + " " + file);
    assertThat(Files.readString(file)).startsWith(start);
  }

  @Test
  void theOptionTellsTheFormat() throws IOException {
    Path file = folder.resolve("net.txt");
    assertThat(Run.of("graph", "--format", "mermaid", "--out", file.toString()).exit()).isZero();
    assertThat(Files.readString(file)).startsWith("flowchart");
  }

  @Test
  void replacesAnOlderDrawingAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("net.dot"), "old");
    assertThat(Run.of("graph", "--out", file.toString()).exit()).isZero();
    assertThat(Files.readString(file)).startsWith("digraph");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anUnknownFormatIsOneLine() {
    Path file = folder.resolve("net.svg");
    assertThat(Run.of("graph", "--out", file.toString()))
        .isEqualTo(
            failed(
                file
                    + ": the name does not tell the format; end it in .dot or .mmd, or add"
                    + " --format"));
    assertThat(Run.of("graph", "--format", "svg"))
        .isEqualTo(
            failed(
                "Invalid value for option '--format': expected one of [DOT, MERMAID]"
                    + " (case-insensitive) but was 'svg'; see autograd-examples graph --help"));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsOneLine() {
    Path file = folder.resolve("none/net.dot");
    assertThat(Run.of("graph", "--out", file.toString()))
        .isEqualTo(
            failed(file + ": there is no directory " + file.getParent() + "; create it first"));
    assertThat(Run.of("graph", "--format", "dot", "--out", folder.toString()))
        .isEqualTo(failed(folder + ": is no ordinary file; choose another name"));
  }

  private static Run failed(String message) {
    return new Run(2, "", "error: " + message + System.lineSeparator());
  }
}
