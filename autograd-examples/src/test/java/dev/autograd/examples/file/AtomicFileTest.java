package dev.autograd.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void writesUtf8AndLeavesNoOtherFile() throws IOException {
    Path file = folder.resolve("text.txt");
    AtomicFile.write(file, "x̂ = 1\n");
    assertThat(Files.readString(file)).isEqualTo("x̂ = 1\n");
    assertThat(files()).containsExactly("text.txt");
  }

  @Test
  void replacesTheWholeFile() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "a longer text");
    AtomicFile.write(file, "short");
    assertThat(Files.readString(file)).isEqualTo("short");
    assertThat(files()).containsExactly("text.txt");
  }

  @Test
  void aReaderOfTheOldFileKeepsTheOldText() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "old");
    try (var reader = Files.newBufferedReader(file)) {
      AtomicFile.write(file, "new");
      assertThat(reader.readLine()).isEqualTo("old");
    }
    assertThat(Files.readString(file)).isEqualTo("new");
  }

  @Test
  void whatIsNoOrdinaryFileIsLeftAlone() {
    assertThatThrownBy(() -> AtomicFile.write(folder, "text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + ": is no ordinary file; choose another name");
    assertThat(folder).isDirectory();
  }

  @Test
  void theFolderMustExist() {
    Path file = folder.resolve("a/b");
    assertThatThrownBy(() -> AtomicFile.write(file, "text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + ": there is no directory " + folder.resolve("a") + "; create it first");
  }

  @Test
  void aFailedWriteNamesThePlace() throws IOException {
    Path file = folder.resolve("n".repeat(250));
    assertThatThrownBy(() -> AtomicFile.write(file, "text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file + ": cannot be written in " + folder + "; check its permissions and free space");
    assertThat(files()).isEmpty();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
