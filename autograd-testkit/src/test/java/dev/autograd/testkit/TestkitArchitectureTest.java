package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestkitArchitectureTest {

  private static final List<String> FOR_JQWIK =
      List.of("Graphs.java", "Shapes.java", "Tensors.java");

  @Test
  void onlyTheGeneratorsForJqwikUseIt() throws IOException {
    assertThat(sourcesWith("net.jqwik")).containsExactlyElementsOf(FOR_JQWIK);
  }

  @Test
  void nothingIsPrinted() throws IOException {
    // In a program that is printed, it stands in a string.
    assertThat(sourcesWith("System.out")).containsExactly("GraphProgram.java");
  }

  private static List<String> sourcesWith(String word) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java") && contains(file, word))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return Files.readString(file).contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
