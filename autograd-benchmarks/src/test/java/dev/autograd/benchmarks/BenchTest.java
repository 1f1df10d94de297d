package dev.autograd.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {

  private final StringWriter errors = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    CommandLine command = Bench.commandLine();
    command.setErr(new PrintWriter(errors));
    return command.execute(arguments);
  }

  private String page() {
    return folder.resolve("page.md").toString();
  }

  @Test
  void onePageHasARowPerBackEnd() throws IOException {
    int status =
        run("--quick", "--no-peer", "--only=W1b4", "--backend=scalar,vector", "--page=" + page());
    assertThat(status).as(errors.toString()).isZero();
    assertThat(Files.readString(Path.of(page())))
        .startsWith("# Benchmarks")
        .contains("tell nothing of speed")
        .contains("| W1b4 | f32 | 1 | ")
        .contains(" | scalar | us_per_step | ")
        .contains(" | vector | us_per_step | ")
        .doesNotContain("W1b64 | f32", "## Kernels", "## The same bits");
  }

  @Test
  void aNameIsItselfOrTheBeginningOfSeveral() {
    assertThat(Bench.selects("W4d1000", "W4d1000")).isTrue();
    assertThat(Bench.selects("W4d1000", "W4d100000")).isFalse();
    assertThat(Bench.selects("W4", "W4d100000")).isTrue();
    assertThat(Bench.selects("mem", "memory")).isTrue();
    assertThat(Bench.selects("W4", "W5")).isFalse();
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThat(run("--only=W1b4,W9", "--page=" + page())).isEqualTo(2);
    assertThat(errors.toString())
        .contains("there is no \"W9\"; there are W1b4, ")
        .contains("W7, memory, bits, micro");
  }

  @Test
  void anUnknownBackEndIsRefused() {
    assertThat(run("--backend=cuda", "--page=" + page())).isEqualTo(2);
    assertThat(errors.toString()).contains("cuda").contains("SCALAR, VECTOR, NATIVE");
  }

  @Test
  void aDirectoryWithoutJavaIsRefused() {
    assertThat(run("--java=" + folder, "--page=" + page())).isEqualTo(2);
    assertThat(errors.toString()).contains("--java: " + folder + " is no Java installation");
  }

  @Test
  void aPageWithoutDirectoryIsRefusedBeforeAnythingIsMeasured() {
    assertThat(run("--page=" + folder.resolve("none").resolve("page.md"))).isEqualTo(2);
    assertThat(errors.toString()).contains("there is no directory for");
  }
}
